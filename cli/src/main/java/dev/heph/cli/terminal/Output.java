package dev.heph.cli.terminal;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Where a command writes: UTF-8 whatever the locale says, gathered, so that a command makes few writes. */
public final class Output {
    private static final int GATHERED_MAX_BYTES = 64 * 1024;

    private final OutputStream stream;
    private final byte[] gathered = new byte[GATHERED_MAX_BYTES];
    private int size;

    public Output(OutputStream stream) {
        this.stream = stream;
    }

    /** For people: whatever a name in it holds, it stays one line, and the terminal obeys nothing but a {@link Style}. */
    public Output line(String text) {
        return text(Width.line(text)).text("\n");
    }

    /** For programs: as it is. */
    public Output data(String line) {
        return bytes(line.getBytes(StandardCharsets.UTF_8)).text("\n");
    }

    /** Of several lines, or a part of one: what comes from elsewhere has been made harmless. */
    public Output text(String text) {
        return bytes(Style.shown(text).getBytes(StandardCharsets.UTF_8));
    }

    public Output bytes(byte[] bytes) {
        if (size + bytes.length > gathered.length) {
            flush();
        }
        if (bytes.length > gathered.length) {
            write(bytes, bytes.length);
        } else {
            System.arraycopy(bytes, 0, gathered, size, bytes.length);
            size += bytes.length;
        }
        return this;
    }

    public void flush() {
        int full = size;
        size = 0;
        write(gathered, full);
    }

    private void write(byte[] bytes, int count) {
        try {
            stream.write(bytes, 0, count);
            stream.flush();
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
                throw new Closed();
            }
            throw new HephException(Reason.STORAGE, "cannot write the output: " + e.getMessage(), e);
        }
    }

    /** The reader has gone, as {@code head} does when it has seen enough: a reason to stop, not to complain. */
    public static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("the output is closed", null, false, false);
        }
    }
}
