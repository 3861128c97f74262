package dev.heph.sync.device;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.time.Duration;

/** Why an exchange with the hub cannot go on; the message fits after "offline: ". */
final class HubTrouble extends HephException {
    private static final long serialVersionUID = 1L;

    /** What may help. */
    enum Kind {
        /** The hub is not reached or cannot answer now: waiting helps. */
        OFFLINE,
        /** It answers, but not as a hub of ours does, or not to us: a person must look. */
        REFUSED,
        /** It has another past than was assumed, for instance because it was restored between two requests: beginning anew helps. */
        CONFLICT
    }

    private final Kind kind;
    private final Duration retryAfter;

    private HubTrouble(Kind kind, String message, Duration retryAfter, Throwable cause) {
        this(kind, kind == Kind.OFFLINE ? Reason.AWAY : Reason.CONFLICT, message, retryAfter, cause);
    }

    private HubTrouble(Kind kind, Reason reason, String message, Duration retryAfter, Throwable cause) {
        super(reason, message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    static HubTrouble offline(String message, Throwable cause) {
        return new HubTrouble(Kind.OFFLINE, message, Duration.ZERO, cause);
    }

    /** @param retryAfter how long the hub wants to be left alone; zero if it did not say */
    static HubTrouble busy(String message, Duration retryAfter) {
        return new HubTrouble(Kind.OFFLINE, message, retryAfter, null);
    }

    static HubTrouble refused(String message) {
        return new HubTrouble(Kind.REFUSED, message, Duration.ZERO, null);
    }

    /** It does not know us, or not any more. */
    static HubTrouble stranger(String message) {
        return new HubTrouble(Kind.REFUSED, Reason.UNAUTHENTICATED, message, Duration.ZERO, null);
    }

    /** It knows us and does not let us in. @param reason which of the two that there are for that */
    static HubTrouble forbidden(Reason reason, String message) {
        return new HubTrouble(Kind.REFUSED, reason, message, Duration.ZERO, null);
    }

    static HubTrouble conflict(String message) {
        return new HubTrouble(Kind.CONFLICT, message, Duration.ZERO, null);
    }

    Kind kind() {
        return kind;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
