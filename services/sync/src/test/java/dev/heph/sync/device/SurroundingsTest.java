package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private static final InetAddress HOME = InetAddress.ofLiteral("192.168.1.7");
    private static final InetAddress TRAIN = InetAddress.ofLiteral("10.3.4.5");

    private Instant time = Instant.parse("2026-11-21T12:00:00Z");
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(25).toNanos();
    private Set<InetAddress> addresses = Set.of(HOME);

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time;
        }
    };

    private final Surroundings surroundings = new Surroundings(clock, () -> nanos, () -> addresses);

    @Test
    void awakeAtOnePlaceNothingChanges() {
        passes(Duration.ofSeconds(10));
        assertThat(surroundings.changed()).isFalse();
        time = time.plusSeconds(3); // set right
        assertThat(surroundings.changed()).isFalse();
        time = time.minusSeconds(3_600); // set back
        assertThat(surroundings.changed()).isFalse();
        passes(Duration.ofSeconds(10));
        assertThat(surroundings.changed()).isFalse();
    }

    @Test
    void aSleepIsNoticedOnce() {
        time = time.plus(Duration.ofHours(8));
        assertThat(surroundings.changed()).isTrue();
        passes(Duration.ofSeconds(10));
        assertThat(surroundings.changed()).isFalse();
    }

    @Test
    void anotherNetworkIsNoticedOnce_andTheLossOfOneToo() {
        addresses = Set.of(TRAIN);
        assertThat(surroundings.changed()).isTrue();
        assertThat(surroundings.changed()).isFalse();
        addresses = Set.of();
        assertThat(surroundings.changed()).isTrue();
    }

    @Test
    void thisMachineIsSomewhere() {
        assertThat(Surroundings.of(clock, System::nanoTime).changed()).isFalse();
    }

    private void passes(Duration duration) {
        time = time.plus(duration);
        nanos += duration.toNanos();
    }
}
