package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:30:00Z");
    private static final String HUB = "http://127.0.0.1:7800";

    private final Words words = new Words(ZoneId.of("Europe/Berlin"));
    private final Standing beginning = Standing.beginning(NOW.minusSeconds(5_400), Optional.empty(), 0);

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "3600, 1 h", "86399, 23 h", "86400, 1 day", "172800, 2 days", "-5, 0 s"})
    void aDurationIsToldInItsLargestUnit(long seconds, String text) {
        assertThat(Words.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void timesAreLocalAndHaveADateWhenItIsNotToday() {
        Standing today = beginning.succeeded(NOW, Duration.ZERO).failed(State.OFFLINE, "connection refused", NOW.minusSeconds(5_400), Duration.ZERO);
        assertThat(line(today, 12)).isEqualTo("offline since 14:00 (connection refused): 12 changes wait here");
        assertThat(line(today, 1)).isEqualTo("offline since 14:00 (connection refused): 1 change waits here");
        assertThat(line(today, 0)).isEqualTo("offline since 14:00 (connection refused)");
        Standing before = beginning.succeeded(NOW, Duration.ZERO).failed(State.REFUSED, "no hub", NOW.minusSeconds(80_000), Duration.ZERO);
        assertThat(line(before, 0)).isEqualTo("refused by " + HUB + " since 2026-11-20 17:16 (no hub)");
    }

    @Test
    void whoIsRevokedWaitsForNothing() {
        Standing revoked = beginning.succeeded(NOW, Duration.ZERO).revoked("it was revoked", NOW);
        assertThat(words.line(revoked, HUB, 2, NOW.minus(Duration.ofDays(2)), NOW)).isEqualTo("revoked: it was revoked; changes that are here only: 2");
        assertThat(line(revoked, 0)).isEqualTo("revoked: it was revoked");
    }

    @Test
    void aLongPullTellsHowFarItIs() {
        Standing pulling = beginning.moving(NOW).reached(1_000, 50_000);

        assertThat(line(pulling, 0)).isEqualTo("syncing with " + HUB + ": 1000 of 50000");
    }

    @Test
    void aDayWithoutSuccessIsLoudWhateverTheState() {
        Standing idle = beginning.succeeded(NOW.minusSeconds(3), Duration.ZERO);
        assertThat(line(idle, 0)).isEqualTo("synced 3 s ago with " + HUB);
        assertThat(words.line(idle, HUB, 0, NOW.minus(Duration.ofDays(2)), NOW)).startsWith("NOT SYNCED FOR 2 DAYS: synced");
        assertThat(words.line(Standing.off(NOW), "", 0, NOW.minus(Duration.ofDays(9)), NOW)).startsWith("no hub is configured");
    }

    @Test
    void clocksThatAreWrongAreNamedByTheirDevice() {
        JsonNode others = Json.read("[{\"device\":\"01AB\",\"device_name\":\"phone\",\"ms\":7200000},{\"device\":\"01CD\",\"device_name\":\"\",\"ms\":360000}]"
                .getBytes(StandardCharsets.UTF_8));
        assertThat(words.clocks(others, Optional.of(Duration.ofMinutes(-3)))).isEqualTo("; this device's clock is 3 min behind the hub's; the clock of phone is 2 h ahead"
                + "; the clock of 01CD is 6 min ahead");
        assertThat(words.clocks(Json.object().path("skew"), Optional.of(Duration.ofSeconds(-59)))).isEmpty();
        assertThat(words.clocks(Json.object().path("skew"), Optional.empty())).isEmpty();
    }

    private String line(Standing standing, long pending) {
        return words.line(standing, HUB, pending, NOW.minusSeconds(10), NOW);
    }
}
