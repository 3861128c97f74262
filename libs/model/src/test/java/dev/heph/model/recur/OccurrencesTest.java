package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.Golden;
import dev.heph.model.id.Id;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which occurrences are active, coming and past. Unless it says otherwise: every day at 09:00 from 1 January 2026 on; 5x is the one of
 * 5 January done (on its day at 12:00), 5- dropped, 5&gt; skipped; now is a day of January at 10:00.
 */
class OccurrencesTest {
    static final Id DEFINITION = Id.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").orElseThrow();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", value = {
        // missed | closed    | now | active    | missed | coming | history
        "LATEST   | ''          | 1   | 1         | 0      | 2      | ''",
        "LATEST   | 1x          | 1   | ''        | 0      | 2      | 1x",
        "LATEST   | 1x          | 2   | 2         | 0      | 3      | 1x",
        "LATEST   | 1x          | 5   | 5         | 3      | 6      | 1x 2. 3. 4.",
        "LATEST   | 1x 5x       | 5   | ''        | 0      | 6      | 1x 2. 3. 4. 5x",
        "LATEST   | 1x 5x       | 6   | 6         | 0      | 7      | 1x 2. 3. 4. 5x",
        "LATEST   | 1x 3x       | 5   | 5         | 1      | 6      | 1x 2. 3x 4.",
        "LATEST   | 1x 2- 3>    | 3   | ''        | 0      | 4      | 1x 2- 3>",
        "LATEST   | 2x          | 1   | 1         | 0      | 3      | 2x",
        "ALL      | 1x          | 5   | 2 3 4 5   | 0      | 6      | 1x",
        "ALL      | 1x 4-       | 5   | 2 3 5     | 0      | 6      | 1x 4-",
        "ALL      | 1x 2x       | 2   | ''        | 0      | 3      | 1x 2x",
        "KEEP     | 1x          | 5   | 2         | 3      | 6      | 1x",
        "KEEP     | 1x 2>       | 5   | 3         | 2      | 6      | 1x 2>",
        "KEEP     | 1x 2> 3x 4x | 4   | ''        | 0      | 5      | 1x 2> 3x 4x",
    })
    void whereItStands(Missed missed, String closed, int now, String active, int passed, int coming, String history) {
        Recurrence recurrence = recurrence("FREQ=DAILY", 1, 1, missed);
        Occurrences occurrences = new Occurrences(DEFINITION, recurrence, closed(closed));
        assertThat(days(occurrences.active(at(now)))).isEqualTo(active);
        assertThat(occurrences.missed(at(now))).isEqualTo(passed);
        assertThat(occurrences.coming(at(now)).findFirst().orElseThrow().start()).isEqualTo(day(coming));
        assertThat(history(occurrences, now)).isEqualTo(history);
    }

    @Test
    void aPreviewOfWhatIsCountedFromCompletionIsAsIfEachWereDoneOnItsDay() {
        LocalDateTime start = LocalDateTime.parse("2026-01-31T09:00");
        assertThat(new Recurrence(Rule.parse("FREQ=MONTHLY;COUNT=3"), Optional.empty(), start, start, true, Missed.LATEST).inTime().map(LocalDateTime::toString))
                .containsExactly("2026-01-31T09:00", "2026-02-28T09:00", "2026-03-28T09:00");
        assertThat(new Recurrence(Rule.parse("FREQ=WEEKLY;UNTIL=20260214"), Optional.empty(), start, start, true, Missed.LATEST).inTime()).hasSize(3);
    }

    @Test
    void beforeItsTimeItIsNotDue() {
        Occurrences occurrences = new Occurrences(DEFINITION, recurrence("FREQ=DAILY", 1, 1, Missed.LATEST), List.of());
        ZonedDateTime early = at(1).minusMinutes(61);
        assertThat(occurrences.active(early)).isEmpty();
        assertThat(occurrences.current(early).orElseThrow().start()).isEqualTo(day(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20260103", "FREQ=DAILY;UNTIL=20260103T090000"})
    void whenTheRuleHasEndedNothingIsLeft(String rule) {
        Recurrence recurrence = recurrence(rule, 1, 1, Missed.LATEST);
        assertThat(days(new Occurrences(DEFINITION, recurrence, closed("1x 2x")).active(at(9)))).isEqualTo("3");
        Occurrences ended = new Occurrences(DEFINITION, recurrence, closed("1x 2x 3-"));
        assertThat(ended.current(at(3))).isEmpty();
        assertThat(ended.coming(at(1))).isEmpty();
        assertThat(history(ended, 9)).isEqualTo("1x 2x 3-");
    }

    @Test
    void anEditKeepsThePast() {
        Recurrence edited = recurrence("FREQ=DAILY;INTERVAL=2", 1, 6, Missed.ALL);
        Occurrences occurrences = new Occurrences(DEFINITION, edited, closed("1x 2x 4>"));
        assertThat(days(occurrences.active(at(9)))).as("none before the edit").isEqualTo("7 9");
        assertThat(history(occurrences, 9)).isEqualTo("1x 2x 4>");
    }

    @Test
    void reopeningIsForgettingTheClosing() {
        Recurrence recurrence = recurrence("FREQ=DAILY", 1, 1, Missed.LATEST);
        Occurrences done = new Occurrences(DEFINITION, recurrence, closed("1x 2x"));
        assertThat(done.lastClosed().orElseThrow().start()).isEqualTo(day(2));
        assertThat(days(new Occurrences(DEFINITION, recurrence, closed("1x")).active(at(2)))).isEqualTo("2");
    }

    /** Due on 1 January; closed then, in order: what, on which day. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "FREQ=DAILY;INTERVAL=3            | ''       | 01-01T09:00",
        "FREQ=DAILY;INTERVAL=3            | x5       | 01-08T09:00",
        "FREQ=DAILY;INTERVAL=3            | x5 x8    | 01-11T09:00",
        "FREQ=DAILY;INTERVAL=3            | x5 -6    | 01-09T09:00",
        "FREQ=DAILY;INTERVAL=3            | x5 x6    | 01-09T09:00",
        "FREQ=DAILY;INTERVAL=3            | x5 >6    | 01-11T09:00", // skipped before it was due, on the 8th
        "FREQ=DAILY;INTERVAL=3            | x5 >9    | 01-12T09:00",
        "FREQ=MONTHLY                     | x31      | 02-28T09:00",
        "FREQ=WEEKLY;BYDAY=MO,TH          | x2       | 01-05T09:00",
        "FREQ=WEEKLY;BYDAY=MO,TH          | x5       | 01-08T09:00",
        "FREQ=MONTHLY;BYMONTHDAY=3        | x3       | 02-03T09:00",
        "FREQ=MONTHLY;BYDAY=-1FR          | x2       | 01-30T09:00",
        "FREQ=HOURLY;INTERVAL=30          | x2       | 01-03T18:00",
        "FREQ=DAILY;COUNT=2               | x2       | 01-03T09:00",
        "FREQ=DAILY;COUNT=2               | x2 x4    | -",
        "FREQ=DAILY;UNTIL=20260104        | x3       | 01-04T09:00",
        "FREQ=DAILY;UNTIL=20260104        | x4       | -",
    })
    void afterDone(String rule, String closings, String next) {
        Recurrence recurrence = new Recurrence(Rule.parse(rule), Optional.empty(), day(1), day(1), true, Missed.LATEST);
        List<Closed> closed = new ArrayList<>();
        for (String closing : closings.isEmpty() ? new String[0] : closings.split(" ")) {
            ZonedDateTime now = at(Integer.parseInt(closing.substring(1)));
            Occurrence open = new Occurrences(DEFINITION, recurrence, closed).current(now).orElseThrow();
            closed.add(new Closed(open.id(), open.start(), outcome(closing.charAt(0)), now.toLocalDateTime().plusHours(2)));
        }
        Optional<Occurrence> current = new Occurrences(DEFINITION, recurrence, closed).current(at(1));
        assertThat(current.map(occurrence -> occurrence.start().toString().substring("2026-".length())).orElse(null)).isEqualTo(next);
        assertThat(new Occurrences(DEFINITION, recurrence, closed.reversed()).current(at(1))).as("in any order").isEqualTo(current);
    }

    /** Fixed dates until 5 January, when the rule becomes "every 3 days after done"; and that becomes "every 10 days after done". */
    @Test
    void anEditGoesOnFromWhatWasClosedLast() {
        List<Closed> fixed = closed("1x 2x 4>");
        Recurrence edited = new Recurrence(Rule.parse("FREQ=DAILY;INTERVAL=3"), Optional.empty(), day(1), day(5), true, Missed.LATEST);
        Occurrence next = new Occurrences(DEFINITION, edited, fixed).current(at(5)).orElseThrow();
        assertThat(next.start()).isEqualTo(day(7));
        Recurrence again = new Recurrence(Rule.parse("FREQ=DAILY;INTERVAL=10"), Optional.empty(), day(1), day(6), true, Missed.LATEST);
        assertThat(new Occurrences(DEFINITION, again, fixed).current(at(6))).contains(new Occurrence(next.id(), day(14)));
    }

    @Test
    void afterDoneTheIdOfTheNextDoesNotDependOnWhenItIsDue() {
        Recurrence recurrence = new Recurrence(Rule.parse("FREQ=DAILY"), Optional.empty(), day(1), day(1), true, Missed.LATEST);
        Occurrence first = new Occurrences(DEFINITION, recurrence, List.of()).current(at(1)).orElseThrow();
        List<Occurrence> next = IntStream.of(3, 7).mapToObj(day -> new Occurrences(DEFINITION, recurrence,
                List.of(new Closed(first.id(), first.start(), Outcome.DONE, day(day)))).current(at(1)).orElseThrow()).toList();
        assertThat(next.get(0).id()).isEqualTo(next.get(1).id()).isNotEqualTo(first.id());
        assertThat(next.get(0).start()).isNotEqualTo(next.get(1).start());
    }

    @Test
    void theIdsAreFrozen() {
        Recurrence days = recurrence("FREQ=DAILY;UNTIL=20260104", 1, 1, Missed.ALL);
        Recurrence seconds = recurrence("FREQ=SECONDLY;INTERVAL=31;COUNT=2", 1, 1, Missed.ALL);
        Recurrence afterDone = new Recurrence(Rule.parse("FREQ=DAILY"), Optional.empty(), day(1), day(1), true, Missed.LATEST);
        Occurrence first = new Occurrences(DEFINITION, afterDone, List.of()).current(at(1)).orElseThrow();
        Occurrence second = new Occurrences(DEFINITION, afterDone, List.of(new Closed(first.id(), first.start(), Outcome.DONE, day(3))))
                .current(at(1)).orElseThrow();
        Golden.check("recur/occurrences.txt", "# occurrences of " + DEFINITION + ": start = id\n"
                + ids(new Occurrences(DEFINITION, days, List.of()).active(at(9)))
                + ids(new Occurrences(DEFINITION, seconds, List.of()).active(at(9)))
                + "# from completion: the first, and the one after it\n" + ids(List.of(first, second)));
    }

    @Test
    void tenYearsUnheededAreNoBurden() {
        ZonedDateTime now = at(1).plusYears(10);
        Occurrences occurrences = new Occurrences(DEFINITION, recurrence("FREQ=DAILY", 1, 1, Missed.LATEST), List.of());
        assertThat(occurrences.active(now)).hasSize(1);
        assertThat(occurrences.missed(now)).isEqualTo(Plan.MOST);
        assertThat(occurrences.history(now, 30)).hasSize(30);
        assertThat(new Occurrences(DEFINITION, recurrence("FREQ=SECONDLY", 1, 1, Missed.ALL), List.of()).active(now)).hasSize(Plan.MOST);
    }

    static Recurrence recurrence(String rule, int start, int from, Missed missed) {
        return new Recurrence(Rule.parse(rule), Optional.empty(), day(start), day(from), false, missed);
    }

    private static List<Closed> closed(String days) {
        return days.isEmpty() ? List.of() : List.of(days.split(" ")).stream().map(closed -> {
            LocalDateTime day = day(Integer.parseInt(closed.substring(0, closed.length() - 1)));
            return new Closed(Occurrence.on(DEFINITION, day).id(), day, outcome(closed.charAt(closed.length() - 1)), day.plusHours(3));
        }).toList();
    }

    private static Outcome outcome(char mark) {
        return switch (mark) {
            case 'x' -> Outcome.DONE;
            case '-' -> Outcome.DROPPED;
            default -> Outcome.SKIPPED;
        };
    }

    private static String history(Occurrences occurrences, int now) {
        return occurrences.history(at(now), 100).stream()
                .map(past -> "" + past.occurrence().start().getDayOfMonth() + past.mark()).collect(Collectors.joining(" "));
    }

    private static String days(List<Occurrence> occurrences) {
        return occurrences.stream().map(one -> String.valueOf(one.start().getDayOfMonth())).collect(Collectors.joining(" "));
    }

    private static String ids(List<Occurrence> occurrences) {
        return occurrences.stream().map(one -> "%s = %s%n".formatted(one.start(), one.id())).collect(Collectors.joining());
    }

    static LocalDateTime day(int day) {
        return LocalDate.of(2026, 1, 1).plusDays(day - 1L).atTime(9, 0);
    }

    private static ZonedDateTime at(int day) {
        return day(day).plusHours(1).atZone(ZoneOffset.UTC);
    }
}
