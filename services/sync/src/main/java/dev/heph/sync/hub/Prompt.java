package dev.heph.sync.hub;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the connections on which a request begins and its headers do not come: a byte now and then would hold one for as long as somebody
 * likes, and there are only so many.
 */
final class Prompt implements Http1ConnectionListener, AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Duration patience;

    /** The threads that read headers, and when each began; a connection has a virtual thread of its own, whose end is the end of it. */
    private final Map<Thread, Long> reading = new ConcurrentHashMap<>();

    private final Thread looking = Thread.ofVirtual().name("slow headers").unstarted(this::look);

    private Prompt(Duration patience) {
        this.patience = patience;
    }

    /** @param patience from the first line of a request to the last of its headers */
    static Prompt within(Duration patience) {
        var prompt = new Prompt(patience);
        prompt.looking.start();
        return prompt;
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        reading.put(Thread.currentThread(), System.nanoTime());
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        reading.remove(Thread.currentThread());
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                reading.forEach((thread, begun) -> {
                    if (System.nanoTime() - begun > patience.toNanos() && reading.remove(thread, begun)) {
                        thread.interrupt(); // which closes the socket that it reads from
                    }
                });
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
