package dev.heph.runtime;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that are open; they never end by themselves, so a stop ends them, or it would wait for its whole grace. */
public final class Streams {
    private final Set<Thread> feeding = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Answers with that stream: returns when the reader has gone or {@link #close} ended it. */
    public void feed(Lines.Source source, ServerResponse response) throws IOException {
        feeding.add(Thread.currentThread());
        response.header(HeaderValues.CONNECTION_CLOSE); // nothing follows a stream
        try (OutputStream out = response.outputStream()) {
            var lines = new Lines(out);
            if (!closed) {
                source.feed(lines);
            }
        } catch (InterruptedException stopped) {
            Thread.interrupted(); // the stop is ours, not the connection's
        } catch (IOException | UncheckedIOException readerIsGone) {
            // it comes back by itself if it wants to
        } finally {
            feeding.remove(Thread.currentThread());
        }
    }

    /** How many are open. */
    public int open() {
        return feeding.size();
    }

    /** Ends them all, and whichever come later at once. */
    public void close() {
        closed = true;
        feeding.forEach(Thread::interrupt);
    }
}
