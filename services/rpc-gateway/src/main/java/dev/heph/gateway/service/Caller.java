package dev.heph.gateway.service;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who is calling. On a device that is always the socket's owner, so one answer of auth holds for every client: it is
 * kept, asked for again now and then beside the requests, and outlives auth being away.
 */
public final class Caller {
    private static final Duration FRESH = Duration.ofSeconds(30);

    private record Known(String space, Instant until) {}

    private final ServiceClient auth;
    private final InstantSource clock;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Known known;

    public Caller(ServiceClient auth, InstantSource clock) {
        this.auth = auth;
        this.clock = clock;
    }

    /**
     * The space whose nodes the caller sees.
     *
     * @throws HephException {@link Reason#AWAY} if auth has never answered yet
     */
    public String space() {
        Known now = known;
        if (now == null) {
            return ask().space();
        }
        if (clock.instant().isAfter(now.until()) && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("identify").start(this::askAgain);
        }
        return now.space();
    }

    private Known ask() {
        String space = auth.call("auth.identify", Json.object()).path("space").asText();
        Known answer = new Known(space, clock.instant().plus(FRESH));
        known = answer;
        return answer;
    }

    private void askAgain() {
        try {
            ask();
        } catch (HephException away) {
            known = new Known(known.space(), clock.instant().plus(FRESH));
        } finally {
            asking.set(false);
        }
    }
}
