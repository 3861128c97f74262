package dev.heph.model.date;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of all words and all dates. */
class DateWordsPropertiesTest {
    private static final LocalTime FOUR = LocalTime.of(4, 0);
    private static final LocalDateTime EPOCH = LocalDateTime.of(2024, 1, 1, 0, 0);

    /** Dates to come, and those of other years, are read back from what is said of them. */
    @Property
    void whatIsSaidIsUnderstood(@ForAll @IntRange(max = 2_000_000) int minute, @ForAll @IntRange(min = -1, max = 4_000) int days,
            @ForAll boolean timed, @ForAll @IntRange(max = 1439) int at) {
        Now now = new Now(EPOCH.plusMinutes(minute), FOUR);
        LocalDate date = now.today().plusDays(days);
        When when = timed ? new When.Moment(date.atStartOfDay().plusMinutes(at)) : new When.Day(date);
        assertThat(DateWords.parse(DateWords.say(when, now), now)).isEqualTo(when);
        assertThat(days >= 0 ? DateWords.parse(DateWords.spell(when, now), now) : when).isEqualTo(when);
    }

    /** What looks back says the same as what looks ahead, the other way. */
    @Property
    void whatLooksBackIsThePast(@ForAll @IntRange(max = 2_000_000) int minute, @ForAll @IntRange(min = 1, max = 999) int count,
            @ForAll DayOfWeek weekday) {
        Now now = new Now(EPOCH.plusMinutes(minute), FOUR);
        LocalDate last = day("last " + CalendarNames.brief(weekday), now);
        assertThat(last).isBetween(now.today().minusDays(7), now.today().minusDays(1));
        assertThat(last.getDayOfWeek()).isEqualTo(weekday);
        for (String unit : new String[] {"days", "weeks", "months", "years"}) {
            assertThat(day(count + " " + unit + " ago", now)).isEqualTo(day("-" + count + unit.charAt(0), now)).isBefore(now.today());
        }
        for (String unit : new String[] {"week", "month", "year"}) {
            LocalDate first = day("last " + unit, now);
            Now then = new Now(first.atTime(12, 0), FOUR);
            assertThat(first).isBefore(now.today());
            assertThat(day("next " + unit, then)).as("this " + unit).isBeforeOrEqualTo(now.today());
            assertThat(day("next " + unit, new Now(day("next " + unit, then).atTime(12, 0), FOUR))).isEqualTo(day("next " + unit, now));
        }
    }

    @Property
    void aDayNeedsNoZeroes(@ForAll @IntRange(max = 4_000) int days) {
        LocalDate date = EPOCH.toLocalDate().plusDays(days);
        String plain = date.getYear() + "-" + date.getMonthValue() + "-" + date.getDayOfMonth();
        assertThat(day(plain, new Now(EPOCH, FOUR))).isEqualTo(date);
    }

    private static LocalDate day(String words, Now now) {
        return ((When.Day) DateWords.parse(words, now)).date();
    }

    @Property(tries = 5_000)
    void everyWordOfADateIsADateWord(@ForAll("wordy") String words) {
        Now now = new Now(EPOCH, FOUR);
        if (DateWords.find(words, now).isPresent()) {
            assertThat(words.strip().split("\\s+")).allMatch(DateWords::isWord);
        } else {
            assertThat(new DateWordsException(words)).hasMessageContaining("Try: ");
        }
    }

    @Property
    void anyTextIsADateOrNone(@ForAll String words) {
        DateWords.find(words, new Now(EPOCH, FOUR));
    }

    @Provide
    Arbitrary<String> wordy() {
        return Arbitraries.of("next", "last", "ago", "in", "on", "at", "3", "+3d", "-1", "days", "week", "fri", "friday", "dec", "15", "15th", "15dec",
                "dec15", "2027", "2026-06-01", "2026-06-01t17:00", "17:00", "9am", "9", "am", "today", "tonight", "none", "eow",
                "m", "sept").list().ofMinSize(1).ofMaxSize(4).map(words -> String.join(" ", words));
    }
}
