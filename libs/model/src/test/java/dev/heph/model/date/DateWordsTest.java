package dev.heph.model.date;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What date words mean, on Friday 20 November 2026, 10:00, for a person whose day starts at 04:00. */
class DateWordsTest {
    private static final Now NOW = at("2026-11-20T10:00");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "today             | Fri 20 Nov",
        "Tomorrow          | Sat 21 Nov",
        "yesterday         | Thu 19 Nov",
        "tonight           | Fri 20 Nov 20:00",
        "sat               | Sat 21 Nov",
        "SATURDAY          | Sat 21 Nov",
        "thurs             | Thu 26 Nov",
        "fri               | Fri 27 Nov",
        "on friday         | Fri 27 Nov",
        "next week         | Mon 23 Nov",
        "next mon          | Mon 23 Nov",
        "next sunday       | Sun 29 Nov",
        "next month        | Tue 1 Dec",
        "next year         | Fri 1 Jan 2027",
        "last week         | Mon 9 Nov",
        "last fri          | Fri 13 Nov",
        "on last thursday  | Thu 19 Nov",
        "last sat 17:00    | Sat 14 Nov 17:00",
        "last month        | Thu 1 Oct",
        "last year         | Wed 1 Jan 2025",
        "3 days ago        | Tue 17 Nov",
        "1 week ago        | Fri 13 Nov",
        "2w ago            | Fri 6 Nov",
        "2 Months ago      | Sun 20 Sep",
        "2026-6-1          | Mon 1 Jun",
        "2024-3-05         | Tue 5 Mar 2024",
        "2026-6-1T17:00    | Mon 1 Jun 17:00",
        "eow               | Sun 22 Nov",
        "eom               | Mon 30 Nov",
        "eoy               | Thu 31 Dec",
        "3d                | Mon 23 Nov",
        "+3d               | Mon 23 Nov",
        "-3d               | Tue 17 Nov",
        "+1                | Sat 21 Nov",
        "-1                | Thu 19 Nov",
        "2w                | Fri 4 Dec",
        "1m                | Sun 20 Dec",
        "1y                | Sat 20 Nov 2027",
        "in 3 days         | Mon 23 Nov",
        "3 days            | Mon 23 Nov",
        "in 1 week         | Fri 27 Nov",
        "2 months          | Wed 20 Jan 2027",
        "15 dec            | Tue 15 Dec",
        "dec 15            | Tue 15 Dec",
        "15dec             | Tue 15 Dec",
        "15 December       | Tue 15 Dec",
        "december 15th     | Tue 15 Dec",
        "tue 15 dec        | Tue 15 Dec",
        "20 nov            | Fri 20 Nov",
        "19 nov            | Fri 19 Nov 2027",
        "15 dec 2027       | Wed 15 Dec 2027",
        "19 nov 2026       | Thu 19 Nov",
        "29 feb            | Tue 29 Feb 2028",
        "2026-06-01        | Mon 1 Jun",
        "2026-06-01T17:00  | Mon 1 Jun 17:00",
        "2026-06-01 17:00  | Mon 1 Jun 17:00",
        "17:00             | Fri 20 Nov 17:00",
        "at 5pm            | Fri 20 Nov 17:00",
        "10:00             | Fri 20 Nov 10:00",
        "9:59              | Sat 21 Nov 9:59",
        "fri 17:00         | Fri 27 Nov 17:00",
        "17:00 fri         | Fri 27 Nov 17:00",
        "at 5pm on fri     | Fri 27 Nov 17:00",
        "tomorrow 9:00     | Sat 21 Nov 9:00",
        "day after tomorrow | Sun 22 Nov",
        "this sunday       | Sun 22 Nov",
        "this friday       | Fri 27 Nov",
        "tomorrow 9am      | Sat 21 Nov 9:00",
        "tomorrow at 9 am  | Sat 21 Nov 9:00",
        "tomorrow 12am     | Sat 21 Nov 0:00",
        "tomorrow 12:30pm  | Sat 21 Nov 12:30",
        "tonight 22:00     | Fri 20 Nov 22:00",
        "in 3 days at 9:00 | Mon 23 Nov 9:00",
        "'  next \t week ' | Mon 23 Nov",
        "none              | none",
    })
    void theseWordsMeanThisDate(String words, String date) {
        assertThat(DateWords.spell(DateWords.parse(words, NOW), NOW)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // clock           | words         | date
        "2026-11-21T01:00  | today         | Fri 20 Nov",
        "2026-11-21T01:00  | tomorrow      | Sat 21 Nov",
        "2026-11-21T01:00  | sat           | Sat 21 Nov",
        "2026-11-21T01:00  | 17:00         | Sat 21 Nov 17:00",
        "2026-11-21T01:00  | 2:00          | Sat 21 Nov 2:00",
        "2026-11-21T04:00  | today         | Sat 21 Nov",
        "2026-11-22T12:00  | eow           | Sun 22 Nov",
        "2026-11-22T12:00  | next mon      | Mon 23 Nov",
        "2026-11-23T12:00  | next mon      | Mon 30 Nov",
        "2026-11-23T12:00  | next week     | Mon 30 Nov",
        "2027-01-31T12:00  | 1m            | Sun 28 Feb",
        "2028-01-31T12:00  | 1m            | Tue 29 Feb",
        "2028-02-29T12:00  | 1y            | Wed 28 Feb 2029",
        "2028-02-29T12:00  | 29 feb        | Tue 29 Feb",
        "2026-12-31T12:00  | next month    | Fri 1 Jan 2027",
        "2026-12-31T12:00  | 1 jan         | Fri 1 Jan 2027",
    })
    void theHourAndTheCalendarMatter(String clock, String words, String date) {
        Now now = at(clock);
        assertThat(DateWords.spell(DateWords.parse(words, now), now)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "frday          | 'frday' is no date. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "''             | No date was given. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "3              | '3' is no date: a number needs a unit, as in 3d, or a month, as in 3 dec. "
                + "Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "31 feb         | '31 feb' is no date: there is no such day. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "29 feb 2027    | '29 feb 2027' is no date: there is no such day. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "2026-02-30     | '2026-02-30' is no date: there is no such day. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "25:00          | '25:00' is no date: there is no such time of day. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "mon 15 dec     | 'mon 15 dec' is no date. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
        "9999y          | '9999y' is no date. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01",
    })
    void whatIsNoDateSaysSo(String words, String message) {
        assertThatThrownBy(() -> DateWords.parse(words, NOW)).isInstanceOf(DateWordsException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"none 17:00", "next", "on", "at", "in", "d", "17", "9999-", "13pm", "0am", "15 15 dec", "today tomorrow", "day", "jan",
        "at fri", "15 foo", "99999d", "mon tue"})
    void neitherAreThese(String words) {
        assertThat(DateWords.find(words, NOW)).isEmpty();
    }

    @Test
    void aMessageIsOneShortLineWhateverWasTyped() {
        assertThatThrownBy(() -> DateWords.parse("x\n\u001B[31m" + "😀".repeat(500), NOW))
                .hasMessageStartingWith("'x ?[31m😀").hasMessageContaining("…' is no date").satisfies(error ->
                        assertThat(error.getMessage()).hasSizeLessThan(200).doesNotContain("\n", "\u001B"));
    }

    @ParameterizedTest
    @CsvSource({"-1, yesterday", "0, today", "1, tomorrow", "2, Sun 22 Nov", "-2, Wed 18 Nov", "365, Sat 20 Nov 2027"})
    void nearDaysAreSaidByName(int days, String said) {
        LocalDate date = NOW.today().plusDays(days);
        assertThat(DateWords.say(new When.Day(date), NOW)).isEqualTo(said);
        assertThat(DateWords.say(new When.Moment(date.atTime(17, 0)), NOW)).isEqualTo(said + " 17:00");
    }

    @Test
    void noDateIsSaidToo() {
        assertThat(DateWords.say(new When.None(), NOW)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"next week call Bob, 2", "fri 17:00 call, 2", "15 dec 2027 17:00, 4", "3 apples, 0", "fri, 1"})
    void theLongestRunIsTheDate(String words, int taken) {
        assertThat(DateWords.longest(List.of(words.split(" ")), NOW, when -> true).map(DateWords.Run::words).orElse(0)).isEqualTo(taken);
    }

    private static Now at(String clock) {
        return new Now(LocalDateTime.parse(clock), LocalTime.of(4, 0));
    }
}
