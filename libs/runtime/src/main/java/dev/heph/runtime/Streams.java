package dev.heph.runtime;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
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

    /** Answers with that stream, until {@link #close} ends it. @throws CloseConnectionException when the reader has gone */
    public void feed(Lines.Source source, ServerResponse response) {
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
            // It comes back by itself if it wants to; the server is not to send it the end of what it got, and warn that it cannot.
            throw new CloseConnectionException("the reader of a stream is gone", readerIsGone);
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
