package dev.heph.sync.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of the cycles so far.
 *
 * @param reason why it is offline or refused; empty in every other state
 * @param since when it began to be so
 * @param n the hub's number up to which everything is here
 * @param hubN the last number of the hub that is known
 */
record Standing(
        State state,
        String reason,
        Instant since,
        Optional<Instant> lastSuccess,
        Optional<Instant> lastAttempt,
        Optional<Instant> nextAttempt,
        long n,
        long hubN) {
    private static final Optional<Instant> NEVER = Optional.empty();

    /** @param lastSuccess of an earlier life of this process */
    static Standing beginning(Instant now, Optional<Instant> lastSuccess, long n) {
        return new Standing(State.OFFLINE, "not asked yet", now, lastSuccess, NEVER, NEVER, n, n);
    }

    static Standing off(Instant now) {
        return new Standing(State.OFF, "no hub is configured: this device keeps everything to itself", now, NEVER, NEVER, NEVER, 0, 0);
    }

    /** Why there is no hub to speak to, though there may be one. */
    static Standing without(State state, Instant now, String reason) {
        return new Standing(state, reason, now, NEVER, NEVER, NEVER, 0, 0);
    }

    /** Whether the hub answered when it was last asked. */
    boolean online() {
        return state == State.IDLE || state == State.SYNCING;
    }

    Standing attempted(Instant now) {
        return new Standing(state, reason, since, lastSuccess, Optional.of(now), NEVER, n, hubN);
    }

    Standing moving(Instant now) {
        return state == State.SYNCING ? this : new Standing(State.SYNCING, "", now, lastSuccess, lastAttempt, nextAttempt, n, hubN);
    }

    Standing reached(long n, long hubN) {
        return new Standing(state, reason, since, lastSuccess, lastAttempt, nextAttempt, n, hubN);
    }

    Standing heard(long hubN) {
        return reached(n, Math.max(this.hubN, hubN));
    }

    Standing succeeded(Instant now, Duration untilNext) {
        return new Standing(State.IDLE, "", now, Optional.of(now), lastAttempt, Optional.of(now.plus(untilNext)), n, hubN);
    }

    /** It is not tried again. */
    Standing revoked(String reason, Instant now) {
        Standing failed = failed(State.REVOKED, reason, now, Duration.ZERO);
        return new Standing(failed.state, reason, failed.since, lastSuccess, lastAttempt, NEVER, n, hubN);
    }

    Standing failed(State state, String reason, Instant now, Duration untilNext) {
        Instant began = this.state == state ? since : now;
        return new Standing(state, reason, began, lastSuccess, lastAttempt, Optional.of(now.plus(untilNext)), n, hubN);
    }
}
