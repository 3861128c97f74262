package dev.heph.model.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.node.Attention;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed, and what is echoed, on Friday 20 November 2026, 10:00. */
class CaptureTest {
    private static final Now NOW = new Now(LocalDateTime.parse("2026-11-20T10:00"), LocalTime.of(4, 0));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Pay rent tomorrow !red #home @house late:1dec every month "
                + "| Pay rent · do Sat 21 Nov · late Tue 1 Dec · red · @house · #home · every month",
        "Pay rent tomorrow !red #home @house do:fri late:1dec "
                + "| Pay rent tomorrow · do Fri 27 Nov · late Tue 1 Dec · red · @house · #home",
        "Buy milk                           | Buy milk",
        "  Buy \t milk  and\u00A0bread  | Buy milk and bread",
        "#home Buy milk                     | Buy milk · #home",
        "Buy #home milk +shop               | Buy milk · #home · #shop",
        "Buy milk #home/kitchen             | Buy milk · #home/kitchen",
        "Buy milk #home #HOME #shop         | Buy milk · #home · #shop",
        "Läuft weiter #büro @straße         | Läuft weiter · @straße · #büro",
        "牛乳を買う #買い物 明日              | 牛乳を買う 明日 · #買い物",
        "Party 🎉 #🎉                       | Party 🎉 · #🎉",
        "Paint wall @house/attic            | Paint wall · @house/attic",
        "Return it @\"Reading list\" today  | Return it · do Fri 20 Nov · @\"Reading list\"",
        "Call Bob !later                    | Call Bob · blue",
        "Call Bob !later fri                | Call Bob · do Fri 27 Nov · blue",
        "Call Bob red!                      | Call Bob · red",
        "Call Bob !ORANGE                   | Call Bob · orange",
    })
    void marksGoToTheirFields(String line, String echo) {
        assertThat(Capture.parse(line, NOW).echo(NOW)).isEqualTo(echo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Call Bob due:fri                   | Call Bob due:fri · due:fri is text (a deadline is late:fri)",
        "Call Bob BY:1dec !red              | Call Bob BY:1dec · red · BY:1dec is text (a deadline is late:1dec)",
        "Call Bob scheduled:3d              | Call Bob scheduled:3d · scheduled:3d is text (a day to do it is do:3d)",
        "Read about due:diligence           | Read about due:diligence",
        "Call Bob \\due:fri                 | Call Bob \\due:fri",
        "Call due:fri start:mon late:fri    | Call due:fri start:mon · late Fri 27 Nov · start:mon is text (a day to do it is do:mon)",
        "Buy milk project:Kitchen           | Buy milk project:Kitchen · project:Kitchen is text (a project is @Kitchen)",
        "Buy milk proj:Kitchen @house       | Buy milk proj:Kitchen · @house",
        "Call mum pri:H                     | Call mum pri:H · pri:H is text (attention is !red)",
        "Call mum priority:low !red         | Call mum priority:low · red",
        "Note the priority:of things        | Note the priority:of things",
        "Water every 3 days from friday     | Water · do Fri 27 Nov · every 3 days",
        "every week starting 1 dec Water    | Water · do Tue 1 Dec · every week",
        "Walk every day from here           | Walk from here · every day",
        "Walk every day from                | Walk from · every day",
        "Compare due:fri late:fri           | Compare due:fri · late Fri 27 Nov",
    })
    void wordsOfOtherProgramsAreTextAndItIsSaid(String line, String echo) {
        assertThat(Capture.parse(line, NOW).echo(NOW)).isEqualTo(echo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Call Bob fri                       | Call Bob · do Fri 27 Nov",
        "Call Bob on friday                 | Call Bob · do Fri 27 Nov",
        "Call Bob fri 17:00                 | Call Bob · do Fri 27 Nov 17:00",
        "Call Bob tomorrow at 9am           | Call Bob · do Sat 21 Nov 9:00",
        "Call Bob 17:00                     | Call Bob · do Fri 20 Nov 17:00",
        "Call Bob tonight                   | Call Bob · do Fri 20 Nov 20:00",
        "Call Bob next week                 | Call Bob · do Mon 23 Nov",
        "Call Bob eom                       | Call Bob · do Mon 30 Nov",
        "Call Bob 2w                        | Call Bob · do Fri 4 Dec",
        "Call Bob +3d                       | Call Bob · do Mon 23 Nov",
        "Call Bob in 3 days                 | Call Bob · do Mon 23 Nov",
        "Call Bob 15 dec                    | Call Bob · do Tue 15 Dec",
        "Call Bob 15 dec 2027 17:00         | Call Bob · do Wed 15 Dec 2027 17:00",
        "Call Bob 2026-12-01                | Call Bob · do Tue 1 Dec",
        "Call Bob tomorrow !red #work       | Call Bob · do Sat 21 Nov · red · #work",
        "Call Bob fri #work 17:00           | Call Bob · do Fri 27 Nov 17:00 · #work",
        "Call Bob every day at 9:00         | Call Bob · do Sat 21 Nov 9:00 · every day",
        "Enjoy sat sun                      | Enjoy sat · do Sun 22 Nov",
    })
    void aDateAtTheEndIsTheDoDate(String line, String echo) {
        assertThat(Capture.parse(line, NOW).echo(NOW)).isEqualTo(echo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Pay tomorrow the rent", "tomorrow", "next week", "15 dec", "Buy milk 3", "Buy milk -1", "Buy milk +1", "Count to 3 days",
        "Run 100m",
        "Go back -3d",
        "The notes of yesterday", "Notes of last week", "The film of last friday 17:00", "Ran 3 days ago", "At last", "Long ago", "Say none", "One more d", "Meet in the week",
        "wow!", "!", "!! now", "Is a != b", "![[Picture]]", "Fix #12", "a # b", "a @ b", "a + b", "Write to a@b.c",
        "See https://x.org/#a?b=@c",
        "The language c++", "C# rocks", "Say #hello, world", "(see #home)", "mail@", "@#!", "#home/", "@/attic", "@a//b",
        "every cloud has a lining", "Read every", "every 3 apples", "Things to do: call Bob", "late: night", "a -- b ", "a --b",
        "\\o/ and C:\\new and \\\\server\\share", "x\\#y", "Nächstes Jahr 😀",
    })
    void allElseIsText(String line) {
        String title = line.strip().replace(" -- ", " ");
        assertThat(Capture.parse(line, NOW)).isEqualTo(new Captured(title, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Call Bob do:fri                    | Call Bob · do Fri 27 Nov",
        "do:fri Call Bob                    | Call Bob · do Fri 27 Nov",
        "do:next week Call Bob              | Call Bob · do Mon 23 Nov",
        "do:15 dec Call Bob                 | Call Bob · do Tue 15 Dec",
        "do:fri 17:00 Call Bob              | Call Bob · do Fri 27 Nov 17:00",
        "do:\"next week\" 9:00 train        | 9:00 train · do Mon 23 Nov",
        "do:'fri 17:00' 2 calls             | 2 calls · do Fri 27 Nov 17:00",
        "Do:-1 Call Bob                     | Call Bob · do Thu 19 Nov",
        "do:3 days Call Bob                 | Call Bob · do Mon 23 Nov",
        "Call Bob late:1 dec do:15 dec      | Call Bob · do Tue 15 Dec · late Tue 1 Dec",
        "Call Bob late:eow fri              | Call Bob · do Fri 27 Nov · late Sun 22 Nov",
        "Call Bob fri late:eow              | Call Bob · do Fri 27 Nov · late Sun 22 Nov",
        "Call Bob do:none late:none         | Call Bob · do none · late none",
        "Call Bob the day after tomorrow    | Call Bob · do Sun 22 Nov",
        "Call Bob do:the day after tomorrow | Call Bob · do Sun 22 Nov",
        "Get ready for tomorrow do:today    | Get ready for tomorrow · do Fri 20 Nov",
    })
    void datesCanBeNamed(String line, String echo) {
        assertThat(Capture.parse(line, NOW).echo(NOW)).isEqualTo(echo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Pay rent every month               | Pay rent · every month",
        "every month Pay rent               | Pay rent · every month",
        "Pay every month the rent tomorrow  | Pay the rent · do Sat 21 Nov · every month",
        "Bins out every 2 weeks on mon, thu | Bins out · every 2 weeks on mon,thu",
        "Bins out Every mon and thu today   | Bins out · do Fri 20 Nov · every mon,thu",
        "Filter every 3 months after done   | Filter · every 3 months after done",
        "Bins every other tuesday           | Bins · every 2 weeks on tue",
        "Run every mon wed fri              | Run · every mon,wed,fri",
        "Med every day 9:00 after done      | Med · do Sat 21 Nov 9:00 · every day after done",
        "Gym every mon,thu at 18:00 until 1 may | Gym · do Fri 20 Nov 18:00 · every mon,thu until 2027-05-01",
        "Course every day from 1 dec until 24 dec | Course · do Tue 1 Dec · every day until 2026-12-24",
        "Rent do:1 dec every mon at 9:00    | Rent · do Tue 1 Dec 9:00 · every mon",
        "Rent every mon at 9:00 do:1 dec    | Rent · do Tue 1 Dec 9:00 · every mon",
        "Call every fri the boss            | Call the boss · every fri",
        "Review every month the last invoice | Review the last invoice · every month",
        "Clean every week the 3rd floor     | Clean the 3rd floor · every week",
        "Train every day and last longer    | Train and last longer · every day",
        "Exercise every day and may feel it | Exercise and may feel it · every day",
        "Hike every day until last light    | Hike until last light · every day",
        "Buy every month weekday pass       | Buy weekday pass · every month",
        "Prepare every friday Monday slides | Prepare Monday slides · every fri",
        "Order every friday sun cream       | Order sun cream · every fri",
        "Run every mon wed at 7:00 #fit     | Run · do Sat 21 Nov 7:00 · #fit · every mon,wed",
        "Med every day at 9 am after done   | Med · do Sat 21 Nov 9:00 · every day after done",
        "Rent every month at 9:00 late:1 dec | Rent · do Tue 1 Dec 9:00 · late Tue 1 Dec · every month",
        "Rent do:none every day at 9:00     | Rent · do Sat 21 Nov 9:00 · every day",
        "Out every other weekend            | Out · every 2 weeks on sat,sun",
        "Pay every month and be glad        | Pay and be glad · every month",
        "Report every last friday at 16:00  | Report · do Fri 20 Nov 16:00 · every last friday",
        "Run every day until 1 dec #fit     | Run · #fit · every day until 2026-12-01",
    })
    void repetitionsStandAnywhere(String line, String echo) {
        assertThat(Capture.parse(line, NOW).echo(NOW)).isEqualTo(echo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\\#1 fan                           | #1 fan",
        "\\@home \\+more \\!red             | @home +more !red",
        "Be red\\! and \\red!               | Be red\\! and red!",
        "\\every day                        | every day",
        "Song \\tomorrow                    | Song tomorrow",
        "Song next \\week                   | Song next week",
        "Buy rope \\10m                     | Buy rope 10m",
        "Write \\do:fri and \\late:x        | Write do:fri and late:x",
        "a \\-- b                           | a -- b",
        "\\\\#x is \\#x                     | \\#x is #x",
        "Learn -- #x @y !z do:k \\#a every day tomorrow | Learn #x @y !z do:k \\#a every day tomorrow",
        "-- tomorrow                        | tomorrow",
        "Song tomorrow --                   | Song · do Sat 21 Nov",
        "Song tomorrow -- never dies        | Song tomorrow never dies",
    })
    void whatIsEscapedIsText(String line, String echo) {
        assertThat(Capture.parse(line, NOW).echo(NOW)).isEqualTo(echo);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                          | There is nothing to capture. Write a title, as in: Pay rent tomorrow #home",
        "!red #home                  | '!red #home' has no title. Write one; if these words are the title, put -- before them",
        "every day                   | 'every day' has no title. Write one; if these words are the title, put -- before them",
        "Call !rde                   | '!rde' is no mark. Known are !red, !orange, !white, !blue and !later; as text write \\ before it",
        "Call @a @b                  | The line gives two projects. Keep one, or write \\ before the other if it is text",
        "Call !red blue!             | The line gives two attentions. Keep one, or write \\ before the other if it is text",
        "Call do:fri do:sat          | The line gives two do-dates. Keep one, or write \\ before the other if it is text",
        "Call late:fri late:sat      | The line gives two late-on dates. Keep one, or write \\ before the other if it is text",
        "Call every day every week   | The line gives two repetitions. Keep one, or write \\ before the other if it is text",
        "Pills every 2nd and 4th tuesday | 'and 4th' is not understood after 'every 2nd'. Make a task for each, or give a rule such as "
                + "FREQ=MONTHLY;BYDAY=2TU,4TU; as text write \\and",
        "Taxes every 1 jan and 1 jul | 'and 1' is not understood after 'every 1 jan'. Make a task for each, or give a rule such as "
                + "FREQ=MONTHLY;BYDAY=2TU,4TU; as text write \\and",
        "Call every day at 9:00 do:1dec 8:00 | The line gives two hours. Keep one, or write \\ before the other if it is text",
        "Call do:frday               | do: 'frday' is no date. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01; as text write \\do:",
        "Call late:\"31 feb\"        | late: '31 feb' is no date: there is no such day. "
                + "Try: fri, tomorrow, 3d, 15 dec, 2026-06-01; as text write \\late:",
        "Call do:\"next week         | The quote in 'do:\"next' is not closed. Write \" at its end, or \\ before it",
        "Call @\"\"                  | There is nothing between \" and \". Write a name or a date, or leave the mark out",
    })
    void aLineThatCannotBeMeantIsRefused(String line, String message) {
        assertThatThrownBy(() -> Capture.parse(line, NOW)).isInstanceOf(CaptureException.class).hasMessage(message);
    }

    @Test
    void allOfItIsInTheRecord() {
        assertThat(Capture.parse("Pay rent tomorrow !red #home #money @house late:1dec every month after done", NOW)).isEqualTo(
                new Captured("Pay rent", Optional.of(Attention.RED), Optional.of(new When.Day(LocalDate.of(2026, 11, 21))),
                        Optional.of(new When.Day(LocalDate.of(2026, 12, 1))), Optional.of("house"), List.of("home", "money"),
                        Optional.of(new Repeat("FREQ=MONTHLY", true))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Buy milk              | Buy milk",
        "Be there tomorrow     | Be there \\tomorrow",
        "tomorrow is fine wow! | tomorrow is fine wow!",
        "every @home is red!   | \\every \\@home is \\red!",
        "\\o/ \\#x C:\\new     | \\o/ \\\\#x C:\\new",
    })
    void onlyWhatNeedsItIsEscaped(String title, String escaped) {
        assertThat(Capture.escape(title)).isEqualTo(escaped);
    }
}
