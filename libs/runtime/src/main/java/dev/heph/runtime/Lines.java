package dev.heph.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The open end of a stream of lines to one reader. */
public final class Lines {
    private final OutputStream out;

    Lines(OutputStream out) {
        this.out = out;
    }

    /** Sends a line, or several with a newline between them, at once. @throws IOException if the reader is gone */
    public void send(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /**
     * What {@code GET path} runs, on a virtual thread, for as long as the reader stays; interrupted when the service stops. It
     * sends an empty line as soon as the reader misses nothing more: only then does the reader take the stream for open.
     */
    @FunctionalInterface
    public interface Source {
        void feed(Lines lines) throws IOException, InterruptedException;
    }
}
