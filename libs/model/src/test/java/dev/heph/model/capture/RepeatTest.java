package dev.heph.model.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.date.Now;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repetitions in words, the rule that they make, and the words in which it is said again. */
class RepeatTest {
    private static final Now NOW = new Now(LocalDateTime.parse("2026-11-20T10:00"), LocalTime.of(4, 0));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "every day                          | FREQ=DAILY                                | every day",
        "week                               | FREQ=WEEKLY                               | every week",
        "Every Month                        | FREQ=MONTHLY                              | every month",
        "every year                         | FREQ=YEARLY                               | every year",
        "every 1 week                       | FREQ=WEEKLY                               | every week",
        "every 2 weeks                      | FREQ=WEEKLY;INTERVAL=2                    | every 2 weeks",
        "every other day                    | FREQ=DAILY;INTERVAL=2                     | every 2 days",
        "every 3rd month                    | FREQ=MONTHLY;INTERVAL=3                   | every 3 months",
        "every second week                  | FREQ=WEEKLY;INTERVAL=2                    | every 2 weeks",
        "every thu, mon                     | FREQ=WEEKLY;BYDAY=MO,TH                   | every mon,thu",
        "every monday and thursday          | FREQ=WEEKLY;BYDAY=MO,TH                   | every mon,thu",
        "every mon, wed and fri             | FREQ=WEEKLY;BYDAY=MO,WE,FR                | every mon,wed,fri",
        "every week on tue                  | FREQ=WEEKLY;BYDAY=TU                      | every tue",
        "every 2 weeks on mon,thu           | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH        | every 2 weeks on mon,thu",
        "every weekday                      | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR          | every weekday",
        "every weekend                      | FREQ=WEEKLY;BYDAY=SA,SU                   | every weekend",
        "every 2 weeks on weekend           | FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU        | every 2 weeks on sat,sun",
        "every last friday                  | FREQ=MONTHLY;BYDAY=-1FR                   | every last friday",
        "every 1st monday of the month      | FREQ=MONTHLY;BYDAY=1MO                    | every 1st monday",
        "every second tue                   | FREQ=MONTHLY;BYDAY=2TU                    | every 2nd tuesday",
        "every 3rd                          | FREQ=MONTHLY;BYMONTHDAY=3                 | every 3rd",
        "every 22nd of the month            | FREQ=MONTHLY;BYMONTHDAY=22                | every 22nd",
        "every first day                    | FREQ=MONTHLY;BYMONTHDAY=1                 | every 1st",
        "every 2nd day                      | FREQ=DAILY;INTERVAL=2                     | every 2 days",
        "every 2nd day of the month         | FREQ=MONTHLY;BYMONTHDAY=2                 | every 2nd",
        "every last day                     | FREQ=MONTHLY;BYMONTHDAY=-1                | every last day",
        "every 3 months on the 11th         | FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=11     | every 3 months on the 11th",
        "every 2 months on the last sun     | FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU        | every 2 months on the last sunday",
        "every 15 dec                       | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15      | every 15 dec",
        "every 2 years on march 1st         | FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=1 | every 2 years on 1 mar",
        "every month until 2026-12-01       | FREQ=MONTHLY;UNTIL=20261201               | every month until 2026-12-01",
        "every mon until next month         | FREQ=WEEKLY;BYDAY=MO;UNTIL=20261201       | every mon until 2026-12-01",
    })
    void theseWordsMakeThisRule(String words, String rule, String said) {
        assertThat(Repeat.parse(words, NOW)).isEqualTo(new Repeat(rule, false)).extracting(Repeat::words).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "every month after done, every month after done",
        "every 3 days until 1 dec after done, every 3 days until 2026-12-01 after done",
        "every 3 days after done until 1 dec, every 3 days until 2026-12-01 after done",
    })
    void theNextOneCanWaitForThisOne(String words, String said) {
        assertThat(Repeat.parse(words, NOW).afterDone()).isTrue();
        assertThat(Repeat.parse(words, NOW).words()).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"every", "''", "every cloud", "every 3", "every second", "every last", "every 0 days", "every 1000 days", "every 32nd",
        "every 0th", "every 6th friday of march", "every week on the 3rd", "every month on mon", "every mon and tomorrow", "every hour",
        "every month after", "every month until", "every month until frday", "every 31 feb", "every ,"})
    void theseMakeNone(String words) {
        assertThatThrownBy(() -> Repeat.parse(words, NOW)).isInstanceOf(CaptureException.class).hasMessage("'" + words
                + "' is no repetition. Try: every day, every 2 weeks on mon,thu, every last friday, every month after done");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU", "FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;UNTIL=20261399", "FREQ=YEARLY;BYDAY=MO", "rubbish"})
    void aRuleThatNoWordsMakeIsShownAsItIs(String rule) {
        assertThat(new Repeat(rule, false).words()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "every FREQ=DAILY;COUNT=3                   | FREQ=DAILY;COUNT=3                    | FREQ=DAILY;COUNT=3",
        "rrule:freq=monthly;bysetpos=-1;byday=tu,mo | FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1  | FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=WEEKLY;BYDAY=TH,MO;INTERVAL=1         | FREQ=WEEKLY;BYDAY=MO,TH               | every mon,thu",
    })
    void aRuleItselfIsReadToo(String words, String rule, String said) {
        assertThat(Repeat.parse(words, NOW)).isEqualTo(new Repeat(rule, false)).extracting(Repeat::words).isEqualTo(said);
        assertThat(Repeat.parse(words + " after done", NOW)).isEqualTo(new Repeat(rule, true));
    }

    @Test
    void aWrongRuleSaysWhatIsWrong() {
        assertThatThrownBy(() -> Repeat.parse("every FREQ=DAILY;COUNT=0", NOW)).isInstanceOf(CaptureException.class)
                .hasMessage("'FREQ=DAILY;COUNT=0' is no repetition: COUNT takes 1 to 999999999, not 0");
    }

    @Test
    void aRuleFromElsewhereIsSaidInWordsWhateverTheOrderOfItsParts() {
        assertThat(new Repeat("BYDAY=TH,MO;WKST=MO;FREQ=WEEKLY;INTERVAL=1", false).words()).isEqualTo("every mon,thu");
    }

    @Property
    void whatIsSaidIsUnderstood(@ForAll("rules") String rule, @ForAll boolean afterDone) {
        Repeat repeat = new Repeat(rule, afterDone);
        assertThat(repeat.words()).startsWith("every ");
        assertThat(Repeat.parse(repeat.words(), NOW)).isEqualTo(repeat);
    }

    @Provide
    Arbitrary<String> rules() {
        Arbitrary<Integer> monthDay = Arbitraries.integers().between(1, 31);
        Arbitrary<String> week = Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).map(RepeatTest::codes);
        Arbitrary<String> weekday = Arbitraries.of(DayOfWeek.class).map(day -> codes(Set.of(day)));
        Arbitrary<String> rule = Arbitraries.oneOf(
                frequency("DAILY", Arbitraries.just("")), frequency("WEEKLY", Arbitraries.just("")),
                frequency("MONTHLY", Arbitraries.just("")), frequency("YEARLY", Arbitraries.just("")),
                frequency("WEEKLY", week.map(days -> ";BYDAY=" + days)),
                frequency("MONTHLY", Combinators.combine(Arbitraries.of(-1, 1, 2, 3, 4, 5), weekday).as((n, day) -> ";BYDAY=" + n + day)),
                frequency("MONTHLY", Arbitraries.oneOf(monthDay, Arbitraries.just(-1)).map(day -> ";BYMONTHDAY=" + day)),
                frequency("YEARLY", Combinators.combine(Arbitraries.integers().between(1, 12), Arbitraries.integers().between(1, 29))
                        .as((month, day) -> ";BYMONTH=%d;BYMONTHDAY=%d".formatted(month, day))));
        Arbitrary<String> until = Arbitraries.integers().between(0, 9_999)
                .map(days -> ";UNTIL=" + LocalDate.of(2026, 1, 1).plusDays(days).format(DateTimeFormatter.BASIC_ISO_DATE));
        return Combinators.combine(rule, Arbitraries.oneOf(Arbitraries.just(""), until)).as(String::concat);
    }

    private static Arbitrary<String> frequency(String frequency, Arbitrary<String> days) {
        Arbitrary<String> interval = Arbitraries.integers().between(1, 999).map(n -> n == 1 ? "" : ";INTERVAL=" + n)
                .edgeCases(edges -> edges.add(""));
        return Combinators.combine(interval, days).as((every, on) -> "FREQ=" + frequency + every + on);
    }

    private static String codes(Set<DayOfWeek> days) {
        return new TreeSet<>(days).stream().map(day -> day.name().substring(0, 2)).collect(Collectors.joining(","));
    }
}
