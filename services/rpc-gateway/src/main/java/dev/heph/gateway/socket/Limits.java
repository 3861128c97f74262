package dev.heph.gateway.socket;

import java.time.Duration;

/**
 * What clients may take of us.
 *
 * @param lineBytes the longest line a client may send
 * @param longLinesBytes how much the long lines of all clients may take together
 * @param queueBytes how much may wait for a client to read, beside a single answer
 * @param patience how long it may leave that unread before it is cut off
 * @param clients how many may be connected at once
 */
public record Limits(int lineBytes, long longLinesBytes, long queueBytes, Duration patience, int clients) {
    public static final Limits USUAL = new Limits(64 << 20, 160 << 20, 8 << 20, Duration.ofSeconds(30), 1_000);
}
