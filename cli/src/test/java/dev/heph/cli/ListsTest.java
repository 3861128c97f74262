package dev.heph.cli;

import static dev.heph.cli.Answers.NEXT;
import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import dev.heph.cli.rpc.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of tasks, of projects and of tags. It is Saturday, 21 November 2026. */
class ListsTest {
    private static final String ROWS = """
            k3f9  ● red     Pay rent          @House  late since Thu 19 Nov
            w8tr  ◐ orange  Water the plants          do Sat 21 Nov 18:00
            zzzz  ○ white   Read
            """;
    private static final String INBOX = "state:outstanding project:none tag:none do:none late:none";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("task.coming", "[]");
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            today                              | 'where':'state:outstanding (do<=today or late<=today)','sort':'do'
            today --limit 3                    | 'where':'state:outstanding (do<=today or late<=today)','sort':'do','limit':3
            inbox                              | 'where':'%s','sort':'created'
            late                               | 'where':'state:outstanding late:passed','sort':'late'
            tasks                              |
            tasks !red -@house                 | 'where':'!red -@house','usual':'state:outstanding'
            tasks #a or #b --sort title        | 'where':'#a or #b','usual':'state:outstanding','sort':'title'
            tasks state:done @house            | 'where':'state:done @house','usual':'state:outstanding'
            tasks -- --limit                   | 'where':'--limit','usual':'state:outstanding'
            """, quoteCharacter = '"')
    void lists_ask(String line, String params) {
        cli.answer("task.list", page(NEXT, 3));

        assertThat(cli.run(line.split(" "))).isEqualTo(new Outcome(0, ROWS, ""));
        assertThat(cli.asked).containsExactly("task.list {" + (params == null ? "" : params.formatted(INBOX)) + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            today   | Nothing is put on today or late. What is next: heph next
            inbox   | The inbox is empty: every task has a project, a tag or a date.
            late    | Nothing is late.
            tasks   | No task matches.
            """)
    void lists_empty(String command, String said) {
        cli.answer("task.list", page("[]", 0));
        assertThat(cli.run(command)).isEqualTo(new Outcome(0, "", said + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"today", "inbox", "late", "tasks"})
    void lists_json(String command) {
        cli.answer("task.list", page(NEXT, 3));
        assertThat(cli.run(command, "--json").out()).isEqualTo(page(NEXT, 3) + "\n");
    }

    @Test
    void lists_sayThatThereIsMore_alsoInAPipe() {
        cli.answer("task.list", page(NEXT, 240));
        assertThat(cli.run("tasks")).isEqualTo(new Outcome(0, ROWS, "3 of 240. More: --limit 240\n"));
        assertThat(cli.run("late").err())
                .isEqualTo("3 of 240. More: heph tasks state:outstanding late:passed --limit 240\n");
        cli.answer("task.list", page(NEXT, 24_000));
        assertThat(cli.run("tasks").err()).isEqualTo("3 of 24000. More: --limit 10000\n");
    }

    @Test
    void lists_onATerminal_theTitleGivesWay() {
        cli.terminal = Cli.TERMINAL;
        assertThat(cli.answer("task.list", page(NEXT.replace("Water the", "Water all of the many"), 3)).run("tasks").out())
                .isEqualTo("""
                k3f9  ● red     Pay rent       @House  late since Thu 19 Nov
                w8tr  ◐ orange  Water all of…          do Sat 21 Nov 18:00
                zzzz  ○ white   Read
                """);
    }

    @Test
    void tasks_doneOnesSaySo_andDatesOfOtherYearsTheirs() {
        cli.answer("task.list", page(json("""
                [{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Pay rent', 'attention': 'blue', 'state': 'done',
                  'do_date': {'local': '2025-11-19', 'at': 1}, 'late_on': {'local': '2027-01-04', 'at': 1}, 'late': false,
                  'project': null, 'context': null, 'created_at': 1}]"""), 1));
        assertThat(cli.run("tasks", "state:done").out())
                .isEqualTo("k3f9  · blue  Pay rent  done · do Wed 19 Nov 2025 · late Mon 4 Jan 2027\n");
    }

    @Test
    void tasks_aFilterThatCannotBeRead() {
        cli.refuse("task.list", -32602, "invalid-params", "There is no state 'don'. Did you mean done?", "");
        assertThat(cli.run("tasks", "state:don"))
                .isEqualTo(new Outcome(65, "", "heph: There is no state 'don'. Did you mean done?\n"));
    }

    @Test
    void onDeck() {
        cli.answer("on_deck", NEXT);
        assertThat(cli.run("on-deck")).isEqualTo(new Outcome(0, ROWS, ""));
        assertThat(cli.run("on-deck", "--json").out()).isEqualTo(NEXT + "\n");
        cli.answer("on_deck", "[]");
        assertThat(cli.run("on-deck"))
                .isEqualTo(new Outcome(0, "", "Nothing is on deck. Put something there: heph attention TASK blue\n"));
    }

    @Test
    void agenda_showsWhatComesAgainApartFromTasks() {
        cli.answer("date.parse", json("{'local': '2026-11-28', 'words': 'in a week'}"));
        cli.answer("task.list", page(json("""
                [{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Water', 'attention': 'white', 'state': 'outstanding',
                  'do_date': {'local': '2026-11-21', 'at': 1}, 'late_on': null, 'late': false, 'project': null,
                  'recurrence': {'words': 'every 3 days', 'rule': 'FREQ=DAILY;INTERVAL=3', 'after_done': false, 'start': '2026-11-18',
                                 'on_missed': 'latest', 'occurrence': '2026-11-21', 'missed': 1}}]"""), 1));
        cli.answer("task.coming", json("[{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Water', 'start': {'local': '2026-11-24', 'at': 1}}]"));
        assertThat(cli.run("agenda").out()).isEqualTo("""
                Sat 21 Nov  k3f9  ○ white  Water  do Sat 21 Nov · every 3 days · missed 1

                to come again
                  ↻ Tue 24 Nov  Water
                """);
    }

    @ParameterizedTest
    @CsvSource({"1200, 1000 of 1200", "10000, 1000 of at least 10000"})
    void agenda_saysThatItLeavesOutDates(int dates, String said) {
        cli.answer("date.parse", json("{'local': '2026-11-28', 'words': 'in a week'}"));
        cli.answer("task.list", page("[]", 0));
        String date = json("{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Water', 'start': {'local': '2026-11-24', 'at': 1}}");
        cli.answer("task.coming", "[" + String.join(",", Collections.nCopies(dates, date)) + "]");
        Outcome outcome = cli.run("agenda");
        assertThat(outcome.out().lines().filter(line -> line.contains("Water"))).hasSize(1000);
        assertThat(outcome.err()).endsWith(said + " dates of repeating tasks. Choose fewer days: heph agenda 1d\n");
    }

    @Test
    void agenda() {
        cli.answer("date.parse", json("{'local': '2026-11-28', 'words': 'in a week'}"));
        cli.answer("task.list", page(json("""
                [{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Pay rent', 'attention': 'red', 'state': 'outstanding',
                  'do_date': {'local': '2026-11-19', 'at': 1}, 'late_on': null, 'late': false, 'project': null},
                 {'id': '01KAHX5T9ZV2Q8R4N6B7C9W8TR', 'title': 'Report', 'attention': 'white', 'state': 'outstanding',
                  'do_date': {'local': '2026-11-21', 'at': 1}, 'late_on': {'local': '2026-11-23T17:00', 'at': 1},
                  'late': false, 'project': {'id': 'x', 'title': 'Work'}},
                 {'id': '01KAHX5T9ZV2Q8R4N6B7C9ZZZZ', 'title': 'Call', 'attention': 'white', 'state': 'outstanding',
                  'do_date': {'local': '2026-11-23', 'at': 1}, 'late_on': {'local': '2026-12-24', 'at': 1},
                  'late': false, 'project': null}]"""), 3));

        assertThat(cli.run("agenda")).isEqualTo(new Outcome(0, """
                before      k3f9  ● red    Pay rent         do Thu 19 Nov
                Sat 21 Nov  w8tr  ○ white  Report    @Work  do Sat 21 Nov · late Mon 23 Nov 17:00
                Mon 23 Nov  w8tr  ○ white  Report    @Work  do Sat 21 Nov · late Mon 23 Nov 17:00
                            zzzz  ○ white  Call             do Mon 23 Nov · late Thu 24 Dec
                """, ""));
        assertThat(cli.asked)
                .containsExactly(
                        "date.parse {'text':'7d'}",
                        "task.list {'where':'state:outstanding (do<=2026-11-28 or late<=2026-11-28)','sort':'do','limit':1000}",
                        "task.coming {'until':'2026-11-28','limit':10000}");
    }

    @Test
    void agenda_daysBeginWhenDayStartsSays() {
        cli.environment.put("HEPH_DAY_STARTS", "10:00");
        cli.answer("date.parse", json("{'local': '2026-11-27'}"));
        cli.answer("task.list", page(json("""
                [{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Pay rent', 'attention': 'red', 'state': 'outstanding',
                  'do_date': {'local': '2026-11-20', 'at': 1}, 'late_on': null, 'late': false, 'project': null}]"""), 1));
        assertThat(cli.run("agenda").out()).startsWith("Fri 20 Nov  k3f9");
    }

    @Test
    void agenda_wordsOfADate_mayBeginWithASign() {
        cli.answer("date.parse", json("{'local': '2026-11-24'}")).answer("task.list", page("[]", 0));
        assertThat(cli.run("agenda", "+3d"))
                .isEqualTo(new Outcome(0, "", "Nothing has a date until Tue 24 Nov. What is next: heph next\n"));
        cli.run("agenda", "24", "dec");
        assertThat(cli.asked).contains("date.parse {'text':'+3d'}", "date.parse {'text':'24 dec'}");
        assertThat(cli.run("agenda", "--json").out()).isEqualTo(page("[]", 0) + "\n[]\n");
    }

    @Test
    void agenda_noDay() {
        cli.answer("date.parse", json("{'local': null}"));
        assertThat(cli.run("agenda", "none"))
                .isEqualTo(new Outcome(65, "", "heph: 'none' is no day. Try: today, fri, -1 or 2026-06-01\n"));
    }

    @Test
    void agenda_tooMuch() {
        cli.answer("date.parse", json("{'local': '2026-11-24'}")).answer("task.list", page(NEXT, 1200));
        assertThat(cli.run("agenda").err()).isEqualTo("3 of 1200 tasks. Choose fewer days: heph agenda 1d\n");
    }

    @Test
    void waiting() {
        String blocked = json("""
                {'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Paint', 'attention': 'red', 'project': null,
                 'blocked_by': [{'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'title': 'Sand'},
                                {'id': '01KAHX5T9ZV2Q8R4N6B7D9K3F9', 'title': 'Buy paint'}]}""");
        cli.answer("waiting", "[" + blocked + "]");

        assertThat(cli.run("waiting"))
                .isEqualTo(new Outcome(0, "c9k3f9  ● red  Paint  waits for c9m2x1 Sand, d9k3f9 Buy paint\n", ""));
        assertThat(cli.asked).containsExactly("waiting {}");
        assertThat(Json.parse(cli.run("waiting", "--json").out())).isEqualTo(Json.parse("[" + blocked + "]"));

        cli.answer("waiting", "[]");
        assertThat(cli.run("waiting"))
                .isEqualTo(new Outcome(0, "", "Nothing waits for anything. Let one: heph block TASK --on TASK\n"));
    }

    @Test
    void tags() {
        String tags = json("[{'tag': 'home', 'count': 12}, {'tag': 'home/garden', 'count': 3}]");
        cli.answer("tag.list", tags);
        assertThat(cli.run("tag")).isEqualTo(new Outcome(0, """
                #home         12
                #home/garden  3
                """, ""));
        assertThat(cli.run("tag", "--json").out()).isEqualTo(tags + "\n");
        cli.answer("tag.list", "[]");
        assertThat(cli.run("tag"))
                .isEqualTo(new Outcome(0, "", "No tags yet. Begin: heph tag TASK home, or heph add 'Buy milk #home'\n"));
    }

    private static String page(String rows, int total) {
        return "{\"tasks\":" + rows + ",\"total\":" + total + "}";
    }

    @Test
    void missedDatesOfOneTaskAreToldApartAndDoneByTheIdThatIsShown() {
        String oldest = TaskAnswers.row("K3F9", "Pills", "white");
        String later = TaskAnswers.with(TaskAnswers.row("K3F9", "Pills", "white"), "'occurrence':'7K7G3X3KTFHMQS9QEPARXVQP86'");
        cli.answer("task.list", TaskAnswers.page(2, oldest, later));
        assertThat(cli.run("tasks").out()).isEqualTo("""
                k3f9  ○ white  Pills
                qp86  ○ white  Pills
                """);

        cli.answer("task.change", TaskAnswers.changed(2, "K3F9", "Pills"));
        assertThat(cli.run("done", "--where", "text:pills", "--yes").exitCode()).isZero();
        assertThat(cli.asked).last().asString().contains("'ids':['01KAHX5T9ZV2Q8R4N6B7C9K3F9','7K7G3X3KTFHMQS9QEPARXVQP86']");
    }

    @Test
    void occurrencesShowTheMarksOfTheirListsAndOnRequestTheWords() {
        cli.answer("node.resolve", json("{'match':'one','candidates':[],'node':{'id':'01KAHX5T9ZV2Q8R4N6B7C9K3F9','kind':'task','title':'Review',"
                + "'task':{'recurrence':{'words':'every week'}}}}"));
        cli.answer("task.occurrences", json("""
                {'past':[{'id':'a','start':'2026-11-09','state':'done','closed':'2026-11-09T10:00','list':[
                {'title':'inbox','mark':'x','state':'done'},{'title':'mail','mark':' ','state':'outstanding'}]},
                {'id':'b','start':'2026-11-16','state':'missed','closed':null}],'marks':'x.','active':[],
                'coming':[{'id':'c','start':'2026-11-23T09:00'}],'missed':0}""".replace("\n", "")));
        assertThat(cli.run("occurrences", "k3f9").out()).isEqualTo("""
                k3f9 Review · every week
                x.   x done  - dropped  > skipped  . missed
                  Mon 9 Nov        done     [x][ ]
                  Mon 16 Nov       missed
                  Mon 23 Nov 9:00  to come
                """);
        assertThat(cli.run("occurrences", "k3f9", "--list").out()).contains("""
                  Mon 9 Nov        done     [x][ ]
                      [x] inbox
                      [ ] mail
                  Mon 16 Nov       missed
                """);
    }
}
