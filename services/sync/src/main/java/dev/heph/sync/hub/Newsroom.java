package dev.heph.sync.hub;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The news of many spaces: of each the log is listened to for as long as a device wants to hear of it. */
final class Newsroom implements AutoCloseable {
    /** As many devices of one person listen; each holds a connection, and there are not so many of those. */
    static final int MOST_LISTENERS = 32;

    private final HubStore store;
    private final InstantSource clock;
    private final Map<String, Open> open = new HashMap<>();

    Newsroom(HubStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    News.Desk of(String space) {
        return (number, until) -> {
            News news = enter(space);
            return lines -> {
                try {
                    news.after(number, until).feed(lines);
                } finally {
                    leave(space);
                }
            };
        };
    }

    private synchronized News enter(String space) {
        Open news = open.computeIfAbsent(space, missing -> new Open(new News(store.in(space), clock)));
        if (news.listeners == MOST_LISTENERS) {
            throw new HephException(Reason.TOO_MANY, "more than " + MOST_LISTENERS + " devices of yours listen for news; they sync all the"
                    + " same, some of them half a minute later");
        }
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
