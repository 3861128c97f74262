package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two nights on which the clock is moved. Berlin skips 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October. */
class ZoneTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "FREQ=DAILY                 | 2026-03-28T09:00 | 03-28T09:00 03-29T09:00 03-30T09:00",
        "FREQ=DAILY                 | 2026-10-24T09:00 | 10-24T09:00 10-25T09:00 10-26T09:00",
        // a day keeps its date although that time is skipped
        "FREQ=DAILY                 | 2026-03-28T02:30 | 03-28T02:30 03-29T02:30 03-30T02:30",
        "FREQ=DAILY                 | 2026-10-24T02:30 | 10-24T02:30 10-25T02:30 10-26T02:30",
        // an hour that is skipped is none; one that comes twice is one
        "FREQ=HOURLY                | 2026-03-29T01:30 | 03-29T01:30 03-29T03:30 03-29T04:30",
        "FREQ=HOURLY;COUNT=2        | 2026-03-29T01:30 | 03-29T01:30 03-29T03:30",
        "FREQ=HOURLY                | 2026-10-25T01:30 | 10-25T01:30 10-25T02:30 10-25T03:30",
        "FREQ=MINUTELY;INTERVAL=30  | 2026-03-29T01:30 | 03-29T01:30 03-29T03:00 03-29T03:30",
        // UNTIL in UTC is looked up in the zone: 07:00 UTC is 08:00 in winter, and 09:00 in summer
        "FREQ=DAILY;UNTIL=20260328T070000Z | 2026-03-27T09:00 | 03-27T09:00",
        "FREQ=DAILY;UNTIL=20260329T070000Z | 2026-03-28T09:00 | 03-28T09:00 03-29T09:00",
    })
    void theFirstDatesOf(String rule, String start, String dates) {
        assertThat(Rule.parse(rule).from(LocalDateTime.parse(start), Optional.of(BERLIN)).stream().limit(3)
                .map(date -> date.toString().substring("2026-".length())).collect(Collectors.joining(" "))).isEqualTo(dates);
    }

    @Test
    void aFloatingRuleKnowsNoSuchNight() {
        assertThat(Rule.parse("FREQ=HOURLY").from(LocalDateTime.parse("2026-03-29T01:30")).stream().limit(2))
                .containsExactly(LocalDateTime.parse("2026-03-29T01:30"), LocalDateTime.parse("2026-03-29T02:30"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T09:00, 2026-03-29T07:00:00Z",
        "2026-03-28T09:00, 2026-03-28T08:00:00Z",
        "2026-03-29T02:30, 2026-03-29T01:30:00Z", // the clock then shows 03:30
        "2026-10-25T02:30, 2026-10-25T00:30:00Z", // the first of the two
    })
    void aDateIsThisMoment(LocalDateTime date, Instant moment) {
        Recurrence recurrence = new Recurrence(Rule.parse("FREQ=DAILY"), Optional.of(BERLIN), date, date, false, Missed.LATEST);
        assertThat(recurrence.moment(date, ZoneId.of("Asia/Tokyo"))).isEqualTo(moment);
        assertThat(Recurrence.from(recurrence.rule(), date).moment(date, BERLIN)).isEqualTo(moment);
    }

    /** What is due stays due while the clock shows the same hour again, and is due a moment after its moment, never before. */
    @ParameterizedTest
    @CsvSource({"2026-03-29T02:30", "2026-10-25T02:30", "2026-10-25T03:00", "2026-06-01T09:00"})
    void onceDueItStaysDue(LocalDateTime date) {
        Recurrence recurrence = new Recurrence(Rule.parse("FREQ=DAILY;COUNT=1"), Optional.of(BERLIN), date, date, false, Missed.LATEST);
        Occurrences occurrences = new Occurrences(OccurrencesTest.DEFINITION, recurrence, List.of());
        Instant moment = recurrence.moment(date, BERLIN);
        for (int minute = -180; minute < 180; minute++) {
            ZonedDateTime now = moment.plusSeconds(minute * 60L).atZone(BERLIN);
            assertThat(occurrences.active(now)).as("at %s", now).hasSize(minute < 0 ? 0 : 1);
            assertThat(occurrences.coming(now)).as("at %s", now).hasSize(minute < 0 ? 1 : 0);
        }
    }
}
