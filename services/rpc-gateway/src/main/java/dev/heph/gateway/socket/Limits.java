package dev.heph.gateway.socket;

import java.time.Duration;

/**
 * What one client may take of us.
 *
 * @param lineBytes the longest line it may send
 * @param queueBytes how much may wait for it to read, beside a single answer
 * @param patience how long it may leave that unread before it is cut off
 * @param clients how many may be connected at once
 */
public record Limits(int lineBytes, long queueBytes, Duration patience, int clients) {
    public static final Limits USUAL = new Limits(64 << 20, 8 << 20, Duration.ofSeconds(30), 1_000);
}
