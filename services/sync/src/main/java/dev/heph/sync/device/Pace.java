package dev.heph.sync.device;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When the next cycle is due. Times are nanoseconds of a clock that only goes forward; nothing here waits.
 *
 * <table>
 * <caption>What happens, and when the next cycle is then</caption>
 * <tr><td>something to move while all is well</td><td>5 ms later, so that a burst is one push</td></tr>
 * <tr><td>something to move while the hub is away</td><td>no sooner than it was: a person's typing must not drum on it</td></tr>
 * <tr><td>somebody asks</td><td>at once, or when the pause is over that the hub has asked for</td></tr>
 * <tr><td>this machine has slept, or has come to another network</td><td>at once, with the same exception, and back-off begins again</td></tr>
 * <tr><td>a cycle succeeded</td><td>30 s later</td></tr>
 * <tr><td>a cycle failed</td><td>1 s later, then twice as long each time, up to 5 minutes, give or take a fifth, and from 1 s again when something was moved; never before the hub's
 * {@code Retry-After}</td></tr>
 * <tr><td>no cycle will ever succeed</td><td>when somebody asks</td></tr>
 * </table>
 */
final class Pace {
    static final Duration SHORT = Duration.ofMillis(5);
    static final Duration USUAL = Duration.ofSeconds(30);
    static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    /** What a hub may ask for; a slip of one must not silence a device for a year. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private static final Duration NEVER = Duration.ofDays(36_500);

    private static final double JITTER = 0.2;

    private final DoubleSupplier chance;
    private long next;
    private long heldUntil;
    private int failures;
    private boolean running;
    private boolean wantedMeanwhile;

    /** @param now when the first cycle is due
     *  @param chance evenly from 0 to 1 */
    Pace(long now, DoubleSupplier chance) {
        this.chance = chance;
        this.next = now;
        this.heldUntil = now;
    }

    /** How long until the next cycle is due; not positive: now. */
    Duration until(long now) {
        return Duration.ofNanos(next - now);
    }

    /** How long the hub wants to be left alone; not positive: it does not. */
    Duration held(long now) {
        return Duration.ofNanos(heldUntil - now);
    }

    /** There is something to move. */
    void wanted(long now) {
        if (running) {
            wantedMeanwhile = true;
        } else if (failures == 0) {
            next = earlier(next, now + SHORT.toNanos());
        }
    }

    /** Somebody waits for a cycle. */
    void asked(long now) {
        next = earlier(next, heldUntil - now > 0 ? heldUntil : now);
    }

    /** The machine has slept, or is elsewhere: what failed there says nothing of here. */
    void afresh(long now) {
        failures = 0;
        asked(now);
    }

    boolean running() {
        return running;
    }

    void begins() {
        running = true;
        wantedMeanwhile = false;
    }

    /** A cycle moved something: if it fails after that, it fails for the first time. */
    void gotOn() {
        failures = 0;
    }

    void succeeded(long now) {
        running = false;
        failures = 0;
        next = now + (wantedMeanwhile ? SHORT : USUAL).toNanos();
    }

    void failed(long now, Duration retryAfter) {
        running = false;
        long pause = Math.min(FIRST_BACK_OFF.toNanos() << Math.min(failures, 10), LONGEST_BACK_OFF.toNanos());
        failures++;
        long jittered = (long) (pause * (1 - JITTER + 2 * JITTER * chance.getAsDouble()));
        long asked = Math.min(retryAfter.toNanos(), LONGEST_RETRY_AFTER.toNanos());
        heldUntil = now + asked;
        next = now + Math.max(jittered, asked);
    }

    /** What came of the last cycle will come of all that follow. */
    void ended(long now) {
        running = false;
        failures++;
        next = now + NEVER.toNanos();
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b; // such a clock may overflow
    }
}
