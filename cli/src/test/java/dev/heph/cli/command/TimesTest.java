package dev.heph.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.rpc.Json;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void local() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(Times.date(new Json(1_795_302_000_000L), berlin)).isEqualTo("2026-11-22");
        assertThat(Times.minute(1_795_302_061_000L, berlin)).isEqualTo("2026-11-22 00:01");
    }

    @Test
    void seconds() {
        assertThat(Times.seconds(4)).isEqualTo("0.00 s");
        assertThat(Times.seconds(420)).isEqualTo("0.42 s");
        assertThat(Times.seconds(1_260)).isEqualTo("1.2 s");
        assertThat(Times.seconds(61_000)).isEqualTo("61.0 s");
    }
}
