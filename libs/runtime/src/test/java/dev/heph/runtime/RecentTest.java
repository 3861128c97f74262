package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATE = NOW.plus(Duration.ofHours(1));

    private final Recent<String> recent = new Recent<>(Duration.ofSeconds(5));

    @Test
    void itHoldsForItsTimeAndNoLonger() {
        recent.add("token", "ada", LATE, NOW);
        assertThat(recent.of("token", NOW)).contains("ada");
        assertThat(recent.of("token", NOW.plusMillis(4_999))).contains("ada");
        assertThat(recent.of("token", NOW.plusSeconds(5))).isEmpty();
        assertThat(recent.of("tokeN", NOW)).isEmpty();
    }

    @Test
    void itNeverHoldsPastTheEndOfTheToken() {
        recent.add("brief", "ada", NOW.plusSeconds(2), NOW);
        recent.add("over", "ada", NOW.minusSeconds(2), NOW);
        assertThat(recent.of("brief", NOW.plusMillis(1_999))).contains("ada");
        assertThat(recent.of("brief", NOW.plusSeconds(2))).isEmpty();
        assertThat(recent.of("over", NOW)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackMakesItHoldNoLonger() {
        recent.add("token", "ada", LATE, NOW);
        assertThat(recent.of("token", NOW.minusMillis(1))).isEmpty();
    }

    @Test
    void howeverManyThereAreTheyTakeNoMoreRoom() {
        IntStream.range(0, 10_001).forEach(each -> recent.add("token " + each, "ada", LATE, NOW));
        assertThat(recent.of("token 0", NOW)).as("forgotten").isEmpty();
        assertThat(recent.of("token 1", NOW)).contains("ada");
        assertThat(recent.of("token 10000", NOW)).contains("ada");
    }
}
