package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaceTest {
    /** Near the end of the range: a clock of nanoseconds may overflow. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(40).toNanos();

    private long now = START;
    private final Pace pace = new Pace(now, () -> 0.5);

    @Test
    void theFirstCycleIsDueAtOnceAndTheNextAfterHalfAMinute() {
        assertThat(pace.until(now)).isZero();
        cycleSucceeds();
        assertThat(pace.until(now)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aBurstOfWritesIsOneCycleFiveMillisecondsAfterTheFirst() {
        cycleSucceeds();
        pace.wanted(now);
        passes(Duration.ofMillis(3));
        pace.wanted(now);

        assertThat(pace.until(now)).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void whatIsWrittenDuringACycleIsFollowedByAnother() {
        pace.begins();
        pace.wanted(now);
        pace.succeeded(now);

        assertThat(pace.until(now)).isEqualTo(Duration.ofMillis(5));
        cycleSucceeds();
        assertThat(pace.until(now)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void afterASleepAtOnce_andFailuresCountFromTheFirstAgain() {
        for (int i = 0; i < 12; i++) {
            pace.begins();
            pace.failed(now, Duration.ZERO);
        }
        pace.afresh(now);
        assertThat(pace.until(now)).isZero();
        pace.begins();
        pace.failed(now, Duration.ZERO);
        assertThat(pace.until(now)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));

        pace.begins();
        pace.failed(now, Duration.ofMinutes(2));
        pace.afresh(now);
        assertThat(pace.until(now)).as("the hub has asked for it").isEqualTo(Duration.ofMinutes(2));
    }

    /** A long first sync over a poor network gets on a little each time: it must not wait ever longer for that. */
    @Test
    void aFailureAfterSomethingWasMovedIsTheFirst() {
        for (int i = 0; i < 5; i++) {
            pace.begins();
            pace.failed(now, Duration.ZERO);
        }
        pace.begins();
        pace.gotOn();
        pace.failed(now, Duration.ZERO);

        assertThat(pace.until(now)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));
    }

    @Test
    void failuresWaitTwiceAsLongEachTimeUpToFiveMinutes() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300}) {
            cycleFails(Duration.ZERO);
            assertThat(pace.until(now)).isEqualTo(Duration.ofSeconds(seconds));
        }
        cycleSucceeds();
        cycleFails(Duration.ZERO);
        assertThat(pace.until(now)).isEqualTo(Duration.ofSeconds(1));
    }

    @Property
    void theyWaitAFifthMoreOrLess(@ForAll @IntRange(min = 1, max = 40) int failures, @ForAll @DoubleRange(min = 0, max = 1) double dice) {
        var jittered = new Pace(START, () -> dice);
        var even = new Pace(START, () -> 0.5);
        for (int i = 0; i < failures; i++) {
            for (Pace one : List.of(jittered, even)) {
                one.begins();
                one.failed(START, Duration.ZERO);
            }
        }

        double share = (double) jittered.until(START).toNanos() / even.until(START).toNanos();
        assertThat(share).isCloseTo(0.8 + 0.4 * dice, within(1e-6));
    }

    @Test
    void aWriteDoesNotHastenARetry() {
        cycleFails(Duration.ZERO);
        pace.wanted(now);

        assertThat(pace.until(now)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPersonWhoAsksDoes() {
        cycleFails(Duration.ZERO);
        pace.asked(now);

        assertThat(pace.until(now)).isZero();
    }

    @Test
    void butNotBeforeTheHubAllowsIt() {
        for (int i = 0; i < 9; i++) {
            cycleFails(Duration.ofSeconds(90));
        }
        assertThat(pace.until(now)).isEqualTo(Duration.ofSeconds(256));
        pace.asked(now);

        assertThat(pace.until(now)).isEqualTo(Duration.ofSeconds(90));
        assertThat(pace.held(now)).isEqualTo(Duration.ofSeconds(90));
        passes(Duration.ofSeconds(90));
        assertThat(pace.held(now)).isZero();
    }

    @Test
    void whatCanNeverSucceedIsTriedOnlyWhenSomebodyAsks() {
        pace.begins();
        pace.ended(now);
        pace.wanted(now);
        assertThat(pace.until(now)).isGreaterThan(Duration.ofDays(10_000));
        pace.asked(now);
        assertThat(pace.until(now)).isZero();
    }

    @Test
    void aHubCannotAskForAYear() {
        cycleFails(Duration.ofDays(365));

        assertThat(pace.until(now)).isEqualTo(Duration.ofHours(1));
    }

    private void cycleSucceeds() {
        pace.begins();
        pace.succeeded(now);
    }

    private void cycleFails(Duration retryAfter) {
        pace.begins();
        pace.failed(now, retryAfter);
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
