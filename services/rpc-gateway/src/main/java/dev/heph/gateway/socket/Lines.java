package dev.heph.gateway.socket;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts what a client sends into lines. A line over the limit, or for which the budget has no room, is reported once and
 * passed over without being kept.
 */
final class Lines implements AutoCloseable {
    /** What a line may take for nothing; only what is beyond comes out of the budget. */
    static final int USUAL_BYTES = 16 << 10;

    private final ReadableByteChannel in;
    private final int maxBytes;
    private final LineBudget budget;
    /** What is taken out of the budget: for the buffer, and then for the line that was cut from it. */
    private long takenBytes;

    private byte[] buffer = new byte[USUAL_BYTES];
    /** What was read and not yet handed out: from start to end, of which the part before scanned holds no newline. */
    private int start;

    private int scanned;
    private int end;
    private boolean skipping;

    Lines(ReadableByteChannel in, int maxBytes, LineBudget budget) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /**
     * Waits for the next line. The one before is taken to be done with: its share of the budget is given back.
     *
     * @return the line without its newline; the last one may lack it; empty at the end
     * @throws HephException {@link Reason#PARSE} if the line is over the limit, {@link Reason#TOO_LARGE} if the lines of
     *     all clients are; the next call continues behind it
     */
    Optional<byte[]> next() throws IOException {
        shrink();
        giveBackAllBut(buffer.length - USUAL_BYTES);
        while (true) {
            int newline = newline();
            if (newline >= 0) {
                byte[] line = skipping ? null : take(newline);
                skipping = false;
                start = scanned = newline + 1;
                if (line != null) {
                    shrink(); // now, not at the next call: the line is about to be worked on, and twice is too much
                    return Optional.of(line);
                }
            } else if (skipping) {
                start = scanned = end = 0;
            } else if (end - start > maxBytes) {
                throw skip(overLimit());
            }
            if (newline < 0 && !fill()) {
                boolean rest = end > start && !skipping;
                byte[] line = rest ? Arrays.copyOfRange(buffer, start, end) : null;
                start = scanned = end;
                return Optional.ofNullable(line);
            }
        }
    }

    /** Gives back what is left of the budget's. */
    @Override
    public void close() {
        giveBackAllBut(0);
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

    private HephException skip(HephException why) {
        skipping = true;
        start = scanned = end = 0;
        shrink();
        giveBackAllBut(0);
        return why;
    }

    private HephException overLimit() {
        return new HephException(
                Reason.PARSE,
                "the line is longer than " + (maxBytes >> 20) + " MiB; it was passed over, send it in parts");
    }

    private static HephException overBudget() {
        return new HephException(
                Reason.TOO_LARGE,
                "there is no memory for this line beside the long ones of other clients; it was passed over, send it again"
                        + " later or in parts");
    }

    /** Reads more. @return false at the end */
    private boolean fill() throws IOException {
        makeRoom();
        int count = in.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
        end += Math.max(count, 0);
        return count >= 0;
    }

    private void makeRoom() {
        if (start > 0) {
            moveTo(buffer);
        }
        if (end == buffer.length) {
            // one byte above the limit is enough to see that it is passed
            grow((int) Math.min(2L * end, maxBytes + 1L));
        }
    }

    private void grow(int bytes) {
        long more = bytes - USUAL_BYTES - takenBytes;
        if (more > 0) {
            if (!budget.take(more)) {
                throw skip(overBudget());
            }
            takenBytes += more;
        }
        moveTo(new byte[bytes]);
    }

    /** Lets go of a buffer that grew for a large line. */
    private void shrink() {
        if (buffer.length > USUAL_BYTES && end - start < USUAL_BYTES) {
            moveTo(new byte[USUAL_BYTES]);
        }
    }

    private void moveTo(byte[] target) {
        System.arraycopy(buffer, start, target, 0, end - start);
        buffer = target;
        scanned -= start;
        end -= start;
        start = 0;
    }

    private void giveBackAllBut(long bytes) {
        if (takenBytes > bytes) {
            budget.giveBack(takenBytes - bytes);
            takenBytes = bytes;
        }
    }
}
