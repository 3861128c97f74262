package dev.heph.sync.device;

import dev.heph.sync.wire.Exchange;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The hub's stream of news as it comes in: a number a line, an empty line now and then. The client's threads fill it, one reads. */
final class NewsLines implements BodyHandler<Void> {
    private static final byte[] END = {};
    private static final int MAX_DIGITS = 18;

    /** A hub has news a few times a second, and they are read at once. */
    private static final int MOST_UNREAD = 1_000;

    private final HubAddress hub;
    private final Duration silence;
    private final Runnable opened;
    private final LongConsumer number;
    private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>(MOST_UNREAD);
    private final StringBuilder line = new StringBuilder();
    private volatile HubTrouble refused;

    /**
     * @param hub who tells them
     * @param silence after which the stream is taken for dead: a connection may be, and nobody says so
     */
    NewsLines(HubAddress hub, Duration silence, Runnable opened, LongConsumer number) {
        this.hub = hub;
        this.silence = silence;
        this.opened = opened;
        this.number = number;
    }

    @Override
    public BodySubscriber<Void> apply(ResponseInfo response) {
        var answer = new HubAnswer(hub, response.statusCode(), response.headers(), END);
        try {
            answer.body(Exchange.LINES, Exchange.MAX_JSON_BYTES);
            return BodySubscribers.ofByteArrayConsumer(part -> came(part.orElse(END)));
        } catch (HubTrouble trouble) {
            refuse(trouble);
            return BodyHandlers.discarding().apply(response);
        }
    }

    private void came(byte[] part) {
        if (refused == null && !parts.offer(part)) {
            refuse(HubTrouble.refused("it has more news than can be"));
        }
    }

    private void refuse(HubTrouble trouble) {
        refused = trouble;
        parts.clear();
        parts.offer(END);
    }

    /** The connection has ended, whichever way. */
    void ended() {
        while (!parts.offer(END)) {
            parts.poll();
        }
    }

    /** Reads until the end. @throws HubTrouble if this is no stream of news, or it is silent */
    void read() {
        boolean first = true;
        for (byte[] part = next(); part.length > 0; part = next()) {
            if (first) {
                opened.run();
                first = false;
            }
            for (byte b : part) {
                take(b);
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    private byte[] next() {
        try {
            byte[] part = parts.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (part == null) {
                throw HubTrouble.offline("its news were silent for " + silence.toSeconds() + " s", null);
            }
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HubTrouble.offline("listening was stopped", e);
        }
    }

    private void take(byte b) {
        if (b == '\n') {
            if (!line.isEmpty()) {
                number.accept(Long.parseLong(line, 0, line.length(), 10));
                line.setLength(0);
            }
        } else if (b >= '0' && b <= '9' && line.length() < MAX_DIGITS) {
            line.append((char) b);
        } else if (b != '\r') {
            throw HubTrouble.refused("its news are not a hub's");
        }
    }
}
