package dev.heph.gateway.socket;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/** Cuts what a client sends into lines. A line over the limit is reported once and passed over without being kept. */
final class Lines {
    private static final int USUAL_BYTES = 16 << 10;

    /** A buffer that grew beyond this for a large line is given back after it. */
    private static final int KEPT_BYTES = 1 << 20;

    private final ReadableByteChannel in;
    private final int maxBytes;

    private byte[] buffer = new byte[USUAL_BYTES];
    /** What was read and not yet handed out: from start to end, of which the part before scanned holds no newline. */
    private int start;

    private int scanned;
    private int end;
    private boolean skipping;

    Lines(ReadableByteChannel in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * Waits for the next line.
     *
     * @return the line without its newline; the last one may lack it; empty at the end
     * @throws HephException {@link Reason#PARSE} if the line is over the limit; the next call continues behind it
     */
    Optional<byte[]> next() throws IOException {
        while (true) {
            int newline = newline();
            if (newline >= 0) {
                byte[] line = skipping ? null : take(newline);
                skipping = false;
                start = scanned = newline + 1;
                if (line != null) {
                    return Optional.of(line);
                }
            } else if (skipping) {
                start = scanned = end = 0;
            } else if (end - start > maxBytes) {
                throw tooLong();
            }
            if (newline < 0 && !fill()) {
                boolean rest = end > start && !skipping;
                byte[] line = rest ? Arrays.copyOfRange(buffer, start, end) : null;
                start = scanned = end;
                return Optional.ofNullable(line);
            }
        }
    }

    private int newline() {
        for (; scanned < end; scanned++) {
            if (buffer[scanned] == '\n') {
                return scanned;
            }
        }
        return -1;
    }

    private byte[] take(int newline) {
        if (newline - start > maxBytes) {
            start = scanned = newline + 1;
            throw overLimit();
        }
        return Arrays.copyOfRange(buffer, start, newline);
    }

    private HephException tooLong() {
        skipping = true;
        start = scanned = end = 0;
        buffer = new byte[USUAL_BYTES];
        return overLimit();
    }

    private HephException overLimit() {
        return new HephException(
                Reason.PARSE,
                "the line is longer than " + (maxBytes >> 20) + " MiB; it was passed over, send it in parts");
    }

    /** Reads more. @return false at the end */
    private boolean fill() throws IOException {
        makeRoom();
        int count = in.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
        end += Math.max(count, 0);
        return count >= 0;
    }

    private void makeRoom() {
        int held = end - start;
        if (held < buffer.length && start > 0) {
            byte[] target = buffer.length > KEPT_BYTES && held < USUAL_BYTES ? new byte[USUAL_BYTES] : buffer;
            System.arraycopy(buffer, start, target, 0, held);
            buffer = target;
        }
        if (held == buffer.length) {
            grow(held);
        }
        scanned -= start;
        end = held;
        start = 0;
    }

    private void grow(int held) {
        try {
            // one byte above the limit is enough to see that it is passed
            buffer = Arrays.copyOfRange(buffer, start, start + (int) Math.min(2L * held, maxBytes + 1L));
        } catch (OutOfMemoryError e) {
            throw tooLong();
        }
    }
}
