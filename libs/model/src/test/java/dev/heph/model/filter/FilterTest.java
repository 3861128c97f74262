package dev.heph.model.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed, and what it finds among seven items, on Friday 20 November 2026, 10:00, for a person whose day starts at 04:00. */
class FilterTest {
    private static final Now NOW = new Now(LocalDateTime.parse("2026-11-20T10:00"), LocalTime.of(4, 0));
    private static final Map<String, Item> ITEMS = items();

    private static Map<String, Item> items() {
        Map<String, Item> items = new LinkedHashMap<>();
        items.put("rent", task(State.OUTSTANDING, Attention.RED, Set.of("house"), Set.of("home", "money"),
                "2026-11-21", "2026-12-01", "Pay rent", "To the landlord, by bank."));
        items.put("beds", task(State.OUTSTANDING, Attention.WHITE, Set.of("house", "house/attic"), Set.of("home/garden"),
                "2026-11-20", "2026-11-19", "Dig the beds", "Rent a digger."));
        items.put("call", task(State.OUTSTANDING, Attention.ORANGE, Set.of(), Set.of(),
                "2026-11-20T17:00", "2026-11-20", "Call Zoë", ""));
        items.put("book", task(State.DONE, Attention.WHITE, Set.of("reading list"), Set.of("fun"), "", "2026-11-20T09:30", "Return the book", ""));
        items.put("sail", task(State.DROPPED, Attention.BLUE, Set.of(), Set.of("fun"), "2027-06-01", "", "Learn to sail", "And not to rent."));
        items.put("note", new Item(Kind.DOC, Optional.empty(), Optional.empty(), Set.of("house"), Set.of("home"), Optional.empty(),
                Optional.empty(), List.of("The house", "Rent or buy? Pay!")));
        items.put("diary", new Item(Kind.JOURNAL, Optional.empty(), Optional.empty(), Set.of(), Set.of(), Optional.empty(),
                Optional.empty(), List.of("2026-11-20", "日本語 and https://heph.dev/x #12, Straße, οδος")));
        return items;
    }

    private static Item task(State state, Attention attention, Set<String> projects, Set<String> tags, String doDate, String lateOn,
            String title, String body) {
        return new Item(Kind.TASK, Optional.of(state), Optional.of(attention), projects, tags, when(doDate), when(lateOn),
                List.of(title, body));
    }

    private static Optional<When> when(String date) {
        return date.isEmpty() ? Optional.empty() : Optional.of(date.contains("T")
                ? new When.Moment(LocalDateTime.parse(date)) : new When.Day(LocalDate.parse(date)));
    }

    private static String found(String filter) {
        Filter read = Filter.parse(filter, NOW);
        return ITEMS.entrySet().stream().filter(item -> read.matches(item.getValue())).map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", value = {
        "kind:task                       | rent beds call book sail",
        "kind:doc                        | note",
        "KIND=Note                       | note",
        "kind:doc,journal                | note diary",
        "state:done                      | book",
        "state:open                      | rent beds call",
        "state!=open                     | book sail note diary",
        "state = done, dropped           | book sail",
        "attention:red                   | rent",
        "!red                            | rent",
        "!red,orange                     | rent call",
        "red! or !later                  | rent sail",
    })
    void wordsOfAFixedSet(String filter, String items) {
        assertThat(found(filter)).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", value = {
        "project:house                   | rent beds note",
        "@house                          | rent beds note",
        "@HOUSE/Attic                    | beds",
        "project:\"Reading  list\"       | book",
        "@'Reading list'                 | book",
        "project:reading\\ list          | book",
        "project:reading                 | ``",
        "project:none                    | call sail diary",
        "project:any                     | rent beds book note",
        "@none                           | call sail diary",
        "project:\"none\"                | ``",
        "tag:home                        | rent beds note",
        "#home                           | rent beds note",
        "+home                           | rent beds note",
        "#home/garden                    | beds",
        "#hom                            | ``",
        "#money,fun                      | rent book sail",
        "tag:none                        | call diary",
        "-tag:any                        | call diary",
        "#home @house/attic              | beds",
    })
    void projectsAndTags(String filter, String items) {
        assertThat(found(filter)).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", value = {
        "do:today                        | beds call",
        "do=tomorrow                     | rent",
        "do!=today                       | rent book sail note diary",
        "do<=today                       | beds call",
        "do<today                        | ``",
        "do>today                        | rent sail",
        "do:>today                       | rent sail",
        "do >= 21 nov                    | rent sail",
        "do:today,tomorrow               | rent beds call",
        "do<=eom                         | rent beds call",
        "do>3d                           | sail",
        "do<fri 17:00                    | rent beds call",
        "do<\"today 17:00\"              | beds",
        "do<=17:00                       | beds call",
        "do:17:00                        | call",
        "do:1 jun 2027 learn             | sail",
        "do:none                         | book note diary",
        "do:none kind:task               | book",
        "do:any                          | rent beds call sail",
        "late:passed                     | beds book",
        "late:passed state:open          | beds",
        "late<today                      | beds",
        "late:today                      | call book",
        "late<=12:00                     | beds book",
        "late>tonight                    | rent call",
        "late:passed,none                | beds book sail note diary",
    })
    void dates(String filter, String items) {
        assertThat(found(filter)).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", value = {
        "rent                            | rent beds sail note",
        "pay rent                        | rent note",
        "\"pay rent\"                    | rent",
        "'PAY  rent'                     | rent",
        "text:rent                       | rent beds sail note",
        "text:landlord,digger            | rent beds",
        "ren                             | ``",
        "zoe                             | call",
        "日本                            | diary",
        "STRAẞE                          | diary",
        "strasse                         | ``",
        "ΟΔΌΣ                            | diary",
        "https://heph.dev/x              | diary",
        "#12                             | diary",
        "2026-11-20                      | diary",
        "landlord,                       | rent",
        "\\and                           | sail diary",
        "\\not                           | sail",
        "\"not to\"                      | sail",
        "\\#home                         | ``",
        "late                            | ``",
        "& - + @ # ! : < \\              | ``",
    })
    void allElseIsText(String filter, String items) {
        assertThat(found(filter)).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", value = {
        "``                              | rent beds call book sail note diary",
        "@house state:open               | rent beds",
        "@house and state:open           | rent beds",
        "@house AND NOT state:open       | note",
        "@house -state:open              | note",
        "@house -!red                    | beds note",
        "@house -rent                    | ``",
        "-kind:task -@house              | diary",
        "!red or #fun                    | rent book sail",
        "!red or #fun state:done         | rent book",
        "(!red or #fun) state:done       | book",
        "not !red or #fun                | beds call book sail note diary",
        "not (!red or #fun)              | beds call note diary",
        "not(!red or #fun)and kind:task  | beds call",
        "-(#home or #fun) kind:task      | call",
        "not not !red                    | rent",
        "((!red))                        | rent",
        "( !red ) (@house)               | rent",
        "kind:note (rent or \"Mr Bo\")   | note",
        "#home -@house/attic do<=eow     | rent",
        "project:none tag:none do:none   | diary",
    })
    void andOrNot(String filter, String items) {
        assertThat(found(filter)).isEqualTo(items);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "prio:1          | 'prio:' is no key. Known are kind, state, attention, project, tag, do, late and text; as text put it in quotes",
        "Stat=done       | 'Stat=' is no key. Did you mean state? "
                + "Known are kind, state, attention, project, tag, do, late and text; as text put it in quotes",
        "tags<x          | 'tags<' is no key. Did you mean tag? "
                + "Known are kind, state, attention, project, tag, do, late and text; as text put it in quotes",
        "state:don       | 'don' is no state. Did you mean done? Known are outstanding, done and dropped",
        "state:xyz       | 'xyz' is no state. Known are outstanding, done and dropped",
        "state:none      | 'none' is no state. Did you mean done? Known are outstanding, done and dropped",
        "kind:tasks      | 'tasks' is no kind. Did you mean task? Known are doc, task, project, tag and journal",
        "!rde            | 'rde' is no attention. Known are white, orange, red and blue",
        "attention:pink  | 'pink' is no attention. Known are white, orange, red and blue",
        "kind<task       | kind has no order: < is for do and late only. Write kind:task",
        "kind:           | kind has no value. Write one, as in kind:task; as text write \\kind",
        "project:\" \"   | project has no value. Write one, as in project:house; as text write \\project",
        "@house,         | project has no value. Write one, as in project:house; as text write \\project",
        "(do:)           | do has no value. Write one, as in do:today; as text write \\do",
        "do:frday        | do: 'frday' is no date. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01; as text write \\do",
        "late<\"no day\" | late: 'no day' is no date. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01; as text write \\late",
        "do:passed       | do: 'passed' is no date. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01; as text write \\do",
        "do<none         | do<none cannot be: nothing is before or after no date. Write do:none, or a date",
        "(rent           | A ( is not closed. Write ) where it ends, or \\( if it is text",
        "rent)           | A ) has no beginning. Write ( where it begins, or \\) if it is text",
        "()              | There is nothing after '('. Write a term there, as in kind:task; as text write \\(",
        "rent and        | There is nothing after 'and'. Write a term there, as in kind:task; as text write \\and",
        "rent not        | There is nothing after 'not'. Write a term there, as in kind:task; as text write \\not",
        "or rent         | There is nothing before 'or'. Write a term there, as in kind:task; as text write \\or",
        "a or and b      | There is nothing before 'and'. Write a term there, as in kind:task; as text write \\and",
        "\"pay rent      | The quote in '\"pay rent' is not closed. Write \" at its end, or \\ before it",
        "\"\"            | There is nothing to look for between the quotes. Write a word there, or leave them out",
    })
    void whatCannotBeMeantIsRefused(String filter, String message) {
        assertThatThrownBy(() -> Filter.parse(filter, NOW)).isInstanceOf(FilterException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", value = {
        "``                              | ``",
        "@House !red -rent               | project:house and attention:red and not rent",
        "@House -do:today,sat            | project:house and not (do:2026-11-20 or do:2026-11-21)",
        "a b or c                        | (a and b) or c",
        "-(do:today,fri)                 | not (do:2026-11-20 or do:2026-11-27)",
        "do:none late:passed #any        | do:none and late:passed and tag:any",
        "do<17:00 \\or \"a \\\"b\\\"\"   | do<2026-11-20T17:00 and \"or\" and \"a \\\"b\\\"\"",
        "((a) and (b and c)) or (d or e) | (a and b and c) or d or e",
    })
    void wordsAreCanonical(String filter, String words) {
        assertThat(Filter.parse(filter, NOW).words()).isEqualTo(words);
    }

    @Test
    void aBareLateOnPassesWhenTheDayEndsForThatPerson() {
        Filter passed = Filter.parse("late:passed", new Now(LocalDateTime.parse("2026-11-21T03:00"), LocalTime.of(4, 0)));
        assertThat(passed.matches(ITEMS.get("call"))).isFalse();
        assertThat(passed.matches(ITEMS.get("book"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'x ' | 300   | The filter is too long. It may have 300 terms: make it two",
        "'(a b) or -(c or d) ' | 75   | The filter is too long. It may have 300 terms: make it two",
        "'#a,b,c ' | 100   | The filter is too long. It may have 300 terms: make it two",
        "(    | 300   | The filter is too deep. At most 300 ( may be open at once: leave some out",
    })
    void aFilterMayBeLongButNotWithoutEnd(String piece, int times, String message) {
        String longest = piece.equals("(") ? "(".repeat(times) + "x" + ")".repeat(times) : piece.repeat(times);
        Filter filter = Filter.parse(longest, NOW);
        assertThat(Filter.parse(filter.words(), NOW)).isEqualTo(filter);
        assertThatThrownBy(() -> Filter.parse(piece + longest, NOW)).isInstanceOf(FilterException.class).hasMessage(message);
    }
}
