package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stream of news: at once, to many, for as long as the hub lives. */
class NewsTest extends RunningHub {
    @Test
    void newsComeAtOnceWhenThereAreAnyAndThenAsTheHubGrows() throws Exception {
        await().until(() -> listeners.get() == 1);
        try (var behind = new NewsReader(0);
                var even = new NewsReader(7)) {
            assertThat(behind.next()).isEqualTo("7");
            log.add(8L);
            assertThat(behind.next()).isEqualTo("8");
            assertThat(even.next()).isEqualTo("8");
        }
    }

    @Test
    void manyListenAndTheStoreIsListenedToOnce() throws Exception {
        List<NewsReader> readers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            readers.add(new NewsReader(7));
        }
        await().untilAsserted(() -> assertThat(hub.listening()).isEqualTo(300));
        log.add(8L);
        for (NewsReader reader : readers) {
            assertThat(reader.next()).isEqualTo("8");
        }
        assertThat(listeners).hasValue(1);

        for (NewsReader reader : readers) {
            reader.close();
        }
        log.add(9L); // who has gone is noticed when there is something to say
        log.add(10L);
        await().untilAsserted(() -> {
            log.add(n.incrementAndGet() + 10);
            assertThat(hub.listening()).isZero();
        });
    }

    @Test
    void theyGoOnAfterTheStoreWasAwayAndTellWhatItTookMeanwhile() throws Exception {
        await().until(() -> listeners.get() == 1);
        try (var reader = new NewsReader(7)) {
            store.close();
            n.set(12);
            store = startStore();
            assertThat(reader.next()).isEqualTo("12");
        }
    }

    @Test
    void itsStopEndsThem() throws Exception {
        try (var reader = new NewsReader(7)) {
            await().until(() -> hub.listening() == 1);
            long before = System.nanoTime();
            hub.close();
            assertThat(reader.next()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }
    }

    /** A device that listens for news. */
    private final class NewsReader implements AutoCloseable {
        private final Socket socket;
        private final Reply reply;

        NewsReader(long after) throws IOException {
            socket = connect();
            socket.getOutputStream()
                    .write(("GET /sync/v1/news?space=personal&after=" + after + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            reply = Reply.head(socket.getInputStream());
            assertThat(reply.status()).isEqualTo(200);
        }

        /** The next line that says something; null at the end. */
        String next() throws IOException {
            String line = reply.chunk();
            while (line != null && line.isBlank()) {
                line = reply.chunk();
            }
            return line == null ? null : line.strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
