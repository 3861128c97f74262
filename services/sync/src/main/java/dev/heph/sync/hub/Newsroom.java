package dev.heph.sync.hub;

import dev.heph.runtime.Lines;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The news of many spaces: of each the log is listened to for as long as a device wants to hear of it. */
final class Newsroom implements AutoCloseable {
    private final HubStore store;
    private final InstantSource clock;
    private final Map<String, Open> open = new HashMap<>();

    Newsroom(HubStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    News.Desk of(String space) {
        return (number, until) -> lines -> feed(space, number, until, lines);
    }

    private void feed(String space, long number, Instant until, Lines lines) throws IOException, InterruptedException {
        News news = enter(space);
        try {
            news.after(number, until).feed(lines);
        } finally {
            leave(space);
        }
    }

    private synchronized News enter(String space) {
        Open news = open.computeIfAbsent(space, missing -> new Open(new News(store.in(space), clock)));
        news.listeners++;
        return news.news;
    }

    private synchronized void leave(String space) {
        Open news = open.get(space);
        if (news != null && --news.listeners == 0) {
            news.news.close();
            open.remove(space);
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(each -> each.news.close());
        open.clear();
    }

    private static final class Open {
        private final News news;
        private int listeners;

        private Open(News news) {
            this.news = news;
        }
    }
}
