package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.heph.testing.Seed;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dates of a rule: a table, asking anywhere in them, and the rules that would hang. */
class SeriesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        // the 31st, and 29 February, are only where they are
        "FREQ=MONTHLY                               | 2026-01-31T09:00 | 2026-01-31T09:00 2026-03-31T09:00 2026-05-31T09:00",
        "FREQ=YEARLY                                | 2024-02-29T09:00 | 2024-02-29T09:00 2028-02-29T09:00 2032-02-29T09:00",
        "FREQ=YEARLY;INTERVAL=100                   | 2000-02-29T09:00 | 2000-02-29T09:00 2400-02-29T09:00 2800-02-29T09:00",
        "FREQ=MONTHLY;BYMONTHDAY=-1                 | 2026-01-31T09:00 | 2026-01-31T09:00 2026-02-28T09:00 2026-03-31T09:00",
        // the start is a date only if the rule says so
        "FREQ=DAILY;BYDAY=MO;COUNT=2                | 2026-01-06T09:00 | 2026-01-12T09:00 2026-01-19T09:00",
        // what is left open is as at the start
        "FREQ=YEARLY;BYMONTH=2,3                    | 2026-01-06T09:00 | 2026-02-06T09:00 2026-03-06T09:00 2027-02-06T09:00",
        "FREQ=YEARLY;BYMONTHDAY=13                  | 2026-01-06T09:00 | 2026-01-13T09:00 2027-01-13T09:00 2028-01-13T09:00",
        "FREQ=YEARLY;BYWEEKNO=20                    | 1997-09-02T09:00 | 1998-05-12T09:00 1999-05-18T09:00 2000-05-16T09:00",
        // a year of weeks may begin in December
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU         | 2024-12-30T09:00 | 2024-12-30T09:00 2025-01-05T09:00 2025-12-29T09:00",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,SU        | 2027-01-01T09:00 | 2027-01-03T09:00 2032-12-27T09:00 2033-01-02T09:00",
        "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR;WKST=SU   | 2026-01-01T09:00 | 2026-01-02T09:00 2027-01-01T09:00 2027-12-31T09:00",
        // ends
        "FREQ=DAILY;UNTIL=20260107                  | 2026-01-06T09:00 | 2026-01-06T09:00 2026-01-07T09:00",
        "FREQ=DAILY;UNTIL=20260107T090000           | 2026-01-06T09:00 | 2026-01-06T09:00 2026-01-07T09:00",
        "FREQ=DAILY;UNTIL=20260107T085959Z          | 2026-01-06T09:00 | 2026-01-06T09:00",
        "FREQ=DAILY;UNTIL=20250107                  | 2026-01-06T09:00 | -",
        "FREQ=YEARLY                                | 9998-06-01T00:00 | 9998-06-01T00:00 9999-06-01T00:00",
        // positions are those of the whole period, also of the first
        "FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=2      | 2026-01-07T09:00 | 2026-01-13T09:00 2026-01-20T09:00 2026-01-27T09:00",
        "FREQ=YEARLY;BYMONTH=1,2,3;BYSETPOS=1       | 2026-02-06T09:00 | 2027-01-06T09:00 2028-01-06T09:00 2029-01-06T09:00",
        "FREQ=DAILY;BYHOUR=8,20;BYSETPOS=-1         | 2026-01-06T09:00 | 2026-01-06T20:00 2026-01-07T20:00 2026-01-08T20:00",
        "FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=-1      | 2026-01-06T09:15 | 2026-01-06T09:30 2026-01-06T10:30 2026-01-06T11:30",
        "FREQ=HOURLY;INTERVAL=5;BYHOUR=9            | 2026-01-06T09:00 | 2026-01-06T09:00 2026-01-11T09:00 2026-01-16T09:00",
        "FREQ=SECONDLY;INTERVAL=3600;BYMONTH=2      | 2026-01-06T09:00 | 2026-02-01T00:00 2026-02-01T01:00 2026-02-01T02:00",
        "FREQ=MINUTELY;BYYEARDAY=-1;BYHOUR=23       | 2026-01-06T09:00 | 2026-12-31T23:00 2026-12-31T23:01 2026-12-31T23:02",
    })
    void theFirstDatesOf(String rule, String start, String dates) {
        assertThat(Rule.parse(rule).from(at(start)).stream().limit(3).map(LocalDateTime::toString).collect(Collectors.joining(" ")))
                .isEqualTo(dates == null ? "" : dates);
    }

    @Test
    void itCanBeAskedAnywhere() {
        long seed = Seed.next();
        Random random = new Random(seed);
        RandomRules rules = new RandomRules(seed);
        for (int i = 0; i < 1_000; i++) {
            String rule = rules.rule();
            LocalDateTime start = rules.start();
            Series series = Rule.parse(rule).from(start);
            List<LocalDateTime> dates = series.stream().limit(60).toList();
            LocalDateTime last = dates.isEmpty() ? start.plusYears(1) : dates.getLast();
            long span = Math.max(1, Duration.between(start, last).toSeconds());
            LocalDateTime moment = random.nextBoolean() || dates.isEmpty() ? start.plusSeconds((long) (random.nextDouble() * span))
                    : dates.get(random.nextInt(dates.size()));
            String what = "%s from %s at %s, -Dheph.seed=%d".formatted(rule, start, moment, seed);
            List<LocalDateTime> from = dates.stream().filter(date -> !date.isBefore(moment)).toList();
            assertThat(series.from(moment).limit(from.size()).toList()).as(what).isEqualTo(from);
            assertThat(series.lastAtOrBefore(moment)).as(what)
                    .isEqualTo(dates.stream().filter(date -> !date.isAfter(moment)).reduce((one, next) -> next));
            assertThat(series.count(start, moment, 1_000)).as(what)
                    .isEqualTo((int) dates.stream().filter(date -> !date.isAfter(moment)).count());
            if (dates.size() < 60) {
                assertThat(series.after(last)).as(what).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;BYYEARDAY=1;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=DAILY;BYSETPOS=2;BYDAY=MO", "FREQ=WEEKLY;BYSETPOS=8;BYDAY=MO,TU",
        "FREQ=SECONDLY;BYSETPOS=2;BYSECOND=1",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=10", "FREQ=SECONDLY;INTERVAL=60;BYSECOND=59", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=35;BYDAY=WE;BYHOUR=9", "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYYEARDAY=59",
        "FREQ=DAILY;UNTIL=20000101", "FREQ=DAILY;INTERVAL=999999999;BYMONTH=2", "FREQ=YEARLY;INTERVAL=999999999;BYMONTH=2;BYMONTHDAY=30"})
    void aRuleWithoutDatesSaysSoAtOnce(String rule) {
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            Series series = Rule.parse(rule).from(at("2026-01-05T09:00"));
            assertThat(series.stream().limit(1)).isEmpty();
            assertThat(series.lastAtOrBefore(at("2036-01-05T09:00"))).isEmpty();
            assertThat(series.after(at("2036-01-05T09:00"))).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "FREQ=SECONDLY;INTERVAL=999999999           | 2057-09-13T10:46:39",
        "FREQ=MINUTELY;INTERVAL=999999999           | 3927-05-04T19:39",
        "FREQ=SECONDLY;COUNT=999999999              | 2026-01-05T09:00:01",
        "FREQ=YEARLY;BYHOUR=0,1,23;BYSETPOS=-1 | 2027-01-05T23:00",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA | 2048-02-29T09:00",
    })
    void aStrangeRuleIsNotSlow(String rule, String second) {
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            Series series = Rule.parse(rule).from(at("2026-01-05T09:00"));
            assertThat(series.after(at(second).minusSeconds(1))).contains(at(second));
            assertThat(series.lastAtOrBefore(at(second))).contains(at(second));
        });
    }

    @Test
    void everySecondOfAYearIsNotHeldAtOnce() {
        String all = "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=%s;BYMINUTE=%s;BYSECOND=%2$s".formatted(below(24), below(60));
        Series series = Rule.parse(all).from(at("2026-01-05T09:00"));
        assertThat(series.lastAtOrBefore(at("2036-07-01T12:34:56"))).contains(at("2036-07-01T12:34:56"));
    }

    @Test
    void tenYearsOfDaysAreNotWalked() {
        Series series = Rule.parse("FREQ=DAILY").from(at("2016-01-05T09:00"));
        Series counted = Rule.parse("FREQ=DAILY;COUNT=5000").from(at("2016-01-05T09:00"));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 20_000; i++) {
                LocalDateTime moment = at("2026-01-05T10:00").plusMinutes(i);
                Optional<LocalDateTime> today = series.lastAtOrBefore(moment);
                assertThat(today.orElseThrow().getHour()).isEqualTo(9);
                if (i % 1_000 == 0) {
                    assertThat(counted.lastAtOrBefore(moment)).isEqualTo(today);
                }
            }
        });
    }

    @Test
    void afterTheLastDateThereIsNone() {
        Iterator<LocalDateTime> dates = Rule.parse("FREQ=DAILY;COUNT=1").from(at("2026-01-05T09:00")).iterator();
        assertThat(dates.next()).isEqualTo(at("2026-01-05T09:00"));
        assertThat(dates.hasNext()).isFalse();
        assertThatThrownBy(dates::next).isInstanceOf(NoSuchElementException.class);
    }

    private static String below(int end) {
        return IntStream.range(0, end).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }
}
