package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The clock of docs/design/merge.md, "stamps" (H-088). */
class HlcClockTest {
    private static final long NOW = 1_795_237_200_000L;

    private final HlcClock clock = new HlcClock(Hlc.ZERO);

    @Test
    void aStampIsTheWallClock() {
        assertThat(clock.tick(NOW)).isEqualTo(new Hlc(NOW, 0));
        assertThat(clock.tick(NOW + 1)).isEqualTo(new Hlc(NOW + 1, 0));
    }

    @Test
    void aClockThatStandsStillCounts() {
        clock.tick(NOW);
        assertThat(clock.tick(NOW)).isEqualTo(new Hlc(NOW, 1));
        assertThat(clock.tick(NOW)).isEqualTo(new Hlc(NOW, 2));
    }

    @Test
    void aClockThatGoesBackNeverLowersAStamp() {
        clock.tick(NOW);
        assertThat(clock.tick(NOW - 3_600_000)).isEqualTo(new Hlc(NOW, 1));
    }

    @Test
    void aTickFollowsWhatWasReceived() {
        Hlc remote = new Hlc(NOW + 60_000, 7);
        clock.receive(remote, NOW);
        assertThat(clock.tick(NOW)).isEqualTo(new Hlc(NOW + 60_000, 8)).isGreaterThan(remote);
    }

    @Test
    void anOldStampChangesNothing() {
        clock.tick(NOW);
        clock.receive(new Hlc(NOW - 1, 99), NOW);
        assertThat(clock.last()).isEqualTo(new Hlc(NOW, 0));
    }

    @Test
    void aRemoteClockPullsAtMostFiveMinutesAhead() {
        clock.receive(new Hlc(NOW + HlcClock.MAX_LEAD_MILLIS, 4), NOW);
        assertThat(clock.last()).as("five minutes are believed").isEqualTo(new Hlc(NOW + 300_000, 4));
        clock.receive(new Hlc(NOW + 86_400_000, 0), NOW);
        assertThat(clock.last()).as("a day is not").isEqualTo(new Hlc(NOW + 300_000, 4));
    }

    @Test
    void aRemoteClockThatIsNotBelievedMovesNothing() {
        clock.tick(NOW);
        clock.receive(new Hlc(NOW + HlcClock.MAX_LEAD_MILLIS + 1, 0), NOW);
        assertThat(clock.tick(NOW + 1)).isEqualTo(new Hlc(NOW + 1, 0));
    }

    @Test
    void aClockContinuesWhereItStopped() {
        HlcClock restarted = new HlcClock(new Hlc(NOW, 5));
        assertThat(restarted.tick(NOW - 1)).isEqualTo(new Hlc(NOW, 6));
    }

    @Test
    void aFullCounterTakesTheNextMillisecond() {
        HlcClock full = new HlcClock(new Hlc(NOW, Integer.MAX_VALUE));
        assertThat(full.tick(NOW)).isEqualTo(new Hlc(NOW + 1, 0));
    }

    @Property
    void stampsAlwaysAscendAndStayNearTheWallClock(
            @ForAll List<@LongRange(min = 0, max = 2_000_000) Long> walls,
            @ForAll List<@LongRange(min = 0, max = 4_000_000) Long> remotes,
            @ForAll @IntRange(max = 5) int counter) {
        HlcClock any = new HlcClock(Hlc.ZERO);
        Hlc before = Hlc.ZERO;
        long greatestWall = 0;
        for (int i = 0; i < walls.size(); i++) {
            greatestWall = Math.max(greatestWall, walls.get(i));
            if (i < remotes.size()) {
                any.receive(new Hlc(remotes.get(i), counter), walls.get(i));
            }
            Hlc stamp = any.tick(walls.get(i));
            assertThat(stamp).isGreaterThan(before);
            assertThat(stamp.millis()).isLessThanOrEqualTo(greatestWall + HlcClock.MAX_LEAD_MILLIS);
            before = stamp;
        }
    }
}
