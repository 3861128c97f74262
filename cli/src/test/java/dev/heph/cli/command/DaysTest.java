package dev.heph.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.rpc.Json;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, Sun 22 Nov",
        "2026-12-01, Tue 1 Dec",
        "2027-01-01, Fri 1 Jan 2027",
        "2026-11-21T09:00, Sat 21 Nov 9:00",
        "2026-11-21T17:05, Sat 21 Nov 17:05",
        "2026-11-21T00:30, Sat 21 Nov 0:30",
    })
    void named(String local, String name) {
        assertThat(Days.of(new Json(Json.object("local", local, "at", 1)), TODAY)).isEqualTo(name);
    }

    @Test
    void none() {
        assertThat(Days.of(Json.NULL, TODAY)).isEmpty();
    }

    @Test
    void everyDayOfAYear_asTheFormatterOfTheJdkHasIt() {
        var formatter = DateTimeFormatter.ofPattern("EEE d MMM", Locale.US);
        for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() == 2026; day = day.plusDays(1)) {
            assertThat(Days.of(day, TODAY)).isEqualTo(formatter.format(day));
        }
    }
}
