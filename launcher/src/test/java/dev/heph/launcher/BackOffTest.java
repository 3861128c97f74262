package dev.heph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff();

    @Test
    void thePauseDoublesToTenSeconds() {
        assertThat(IntStream.range(0, 10).mapToLong(i -> backOff.after(Duration.ofSeconds(1)).toMillis()))
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void aMinuteOfLifeForgetsWhatWasBefore() {
        for (int i = 0; i < 5; i++) {
            backOff.after(Duration.ZERO);
        }

        assertThat(backOff.after(Duration.ofSeconds(60))).isEqualTo(Duration.ofMillis(100));
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
    }
}
