package dev.heph.cli;

import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import dev.heph.cli.rpc.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a pipe: a line for each key. */
class ReviewTest {
    private static final String PROMPT = "d x t w e m  r o n b k  s p u q ? ";
    private static final String UNDONE = json("{'label': 'done Read', 'ids': ['01KAHX5T9ZV2Q8R4N6B7C9AAAA'], 'done': true}");
    private static final long NOW = Cli.NOW.toEpochMilli();
    private static final long DAY = 86_400_000L;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("board", board(7, 6)).answer("waiting", waiting());
        cli.answer("task.list", this::tasks);
        cli.answer("on_deck", "[" + task("D111", "Young", NOW - 29 * DAY) + "," + task("D222", "Stale", NOW - 31 * DAY) + "]");
        cli.answer("task.change", "{\"changed\":1,\"tasks\":[]}");
        cli.answer("date.parse", params -> "\"result\":{\"local\":\""
                + (params.at("text").text().equals("tomorrow") ? "2026-11-22" : "2026-11-23") + "\"}");
        cli.answer("undo", UNDONE);
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void everyReason_eachTaskOnce() {
        Outcome outcome = review("s", "s", "s", "s", "s");
        assertThat(outcome).isEqualTo(new Outcome(0, """
                1 of 5 · inbox
                aaaa  ○ white  Read
                2 of 5 · late
                bbbb  ○ white  Tax
                3 of 5 · 7 orange, limit 6
                cccc  ○ white  Shed
                4 of 5 · on deck for more than 30 days
                d222  ○ white  Stale
                5 of 5 · waits for m2x1 Sand
                eeee  ○ white  Paint
                """, PROMPT.repeat(5) + "Reviewed 5 of 5, changed 0.\n"));
    }

    @Test
    void orangeWithinTheLimit_isNoReason() {
        cli.answer("board", board(6, 6)).answer("waiting", waiting());
        assertThat(review("q").out()).startsWith("1 of 4 · inbox");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            d | 'state':'done'
            x | 'state':'dropped'
            t | 'do_date':'2026-11-22'
            w | 'do_date':'2026-11-23'
            r | 'attention':'red'
            o | 'attention':'orange'
            n | 'attention':'white'
            b | 'attention':'blue'
            l | 'attention':'blue'
            """, quoteCharacter = '"')
    void keys(String key, String change) {
        assertThat(review(key, "q").err()).endsWith("Reviewed 1 of 5, changed 1. Take back the last: heph undo\n");
        assertThat(cli.asked).endsWith("task.change {'ids':['" + id("AAAA") + "']," + change + "}");
    }

    @Test
    void move_asksInto() {
        assertThat(review("m", "@house", "m", "").err())
                .isEqualTo(PROMPT + "into which project? " + PROMPT + "into which project? Left as it is\n" + PROMPT
                        + "Reviewed 1 of 5, changed 1. Take back the last: heph undo\n");
        assertThat(cli.asked).endsWith("task.change {'ids':['" + id("AAAA") + "'],'project':'house'}");
    }

    @Test
    void move_q_quitsTheQuestion() {
        assertThat(review("m", "q", "q").err()).endsWith("into which project? Left as it is\n" + PROMPT + "Reviewed 0 of 5, changed 0.\n");
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("task.change"));
    }

    @Test
    void late_asksFromWhen() {
        assertThat(review("e", "next friday", "e", "", "q").err()).contains("late from when on (none: never)? ");
        assertThat(cli.asked).filteredOn(asked -> asked.startsWith("task.change"))
                .containsExactly("task.change {'ids':['" + id("AAAA") + "'],'late_on':'2026-11-23'}");
    }

    @Test
    void startingLater_doesNotEndBeingLate_andIsSaid() {
        cli.answer("task.list", "{\"tasks\":[" + task("LATE", "Tax", NOW).replace("\"late\": false", "\"late\": true") + "],\"total\":1}");
        assertThat(review("t", "q").err()).contains("It stays late: p goes back to it, e says from when it is late\n");
    }

    @Test
    void keep_andBack() {
        assertThat(review("k", "p", "p", "d", "q").out()).startsWith("1 of 5 · inbox").contains("2 of 5 · late");
        assertThat(cli.asked).endsWith("task.change {'ids':['" + id("AAAA") + "'],'state':'done'}");
    }

    @Test
    void undo_goesBackToWhatWasChanged_andNoFurther() {
        Outcome outcome = review("d", "s", "u", "u", "q");
        assertThat(outcome.out()).endsWith("""
                3 of 5 · 7 orange, limit 6
                cccc  ○ white  Shed
                Undid: done Read
                1 of 5 · inbox
                aaaa  ○ white  Read
                """);
        assertThat(outcome.err())
                .endsWith("Nothing was changed yet. What was done before: heph undo\n" + PROMPT + "Reviewed 0 of 5, changed 0.\n");
        assertThat(cli.asked).filteredOn(asked -> asked.startsWith("undo")).containsExactly("undo {'dry_run':true}", "undo {}");
    }

    @Test
    void undo_ofWhatSomebodyElseDid_isNotForHere() {
        cli.answer("undo", json("{'label': 'done Elsewhere', 'ids': ['01KAHX5T9ZV2Q8R4N6B7C9ZZZZ'], 'done': true}"));
        assertThat(review("d", "u", "q").err())
                .contains("The last action was another one, somewhere else: done Elsewhere. Take it back: heph undo\n");
        assertThat(cli.asked).doesNotContain("undo {}");
    }

    @Test
    void whatChangesNothing_isNothingToUndo() {
        cli.answer("task.change", "{\"changed\":0,\"tasks\":[]}");
        assertThat(review("n", "u", "q").err())
                .contains("Nothing was changed yet. What was done before: heph undo\n")
                .endsWith("Reviewed 1 of 5, changed 0.\n");
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("undo"));
    }

    @Test
    void keysThatMeanNothing_andHelp() {
        assertThat(review("?", "z", "").err())
                .contains("d done   x drop   t tomorrow   w next week   e when it is late   m move into a project\n")
                .contains("No such key. ? says which there are\n");
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("task.change"));
    }

    @Test
    void whatFails_isSaid_andTheTaskStays() {
        cli.refuse("task.change", -32011, "no-space", "the disk is full; nothing was written", "");
        assertThat(review("d", "q").err()).isEqualTo(PROMPT + "heph: the disk is full; nothing was written\n" + PROMPT
                + "Reviewed 0 of 5, changed 0.\n");
    }

    @Test
    void json_resultsOnly() {
        cli.in = "d\nu\n".getBytes(StandardCharsets.UTF_8);
        assertThat(cli.run("review", "--json").out())
                .isEqualTo("{\"changed\":1,\"tasks\":[]}\n" + UNDONE + "\n");
    }

    @Test
    void nothing() {
        cli.answer("board", json("{'rows': [], 'counts': {'orange': 1, 'orange_limit': 6}}"));
        cli.answer("task.list", "{\"tasks\":[],\"total\":0}").answer("on_deck", "[]").answer("waiting", "[]");
        assertThat(cli.run("review"))
                .isEqualTo(new Outcome(
                        0, "", "Nothing to review: the inbox is empty, nothing is late, nothing waits for too long.\n"));
    }

    private Outcome review(String... keys) {
        cli.in = (String.join("\n", List.of(keys)) + "\n").getBytes(StandardCharsets.UTF_8);
        return cli.run("review");
    }

    private String tasks(Json params) {
        String where = params.at("where").text();
        String inbox = task("AAAA", "Read", NOW);
        String tasks = where.contains("late:passed") ? inbox + "," + task("BBBB", "Tax", NOW)
                : where.contains("attention:orange") ? task("CCCC", "Shed", NOW) : inbox;
        return "\"result\":{\"tasks\":[" + tasks + "],\"total\":1}";
    }

    private static String board(int orange, int limit) {
        return json("{'rows': [], 'counts': {'orange': %d, 'orange_limit': %d}}").formatted(orange, limit);
    }

    private static String waiting() {
        return "[" + task("EEEE", "Paint", NOW).replace("\"title\"", json("'blocked_by': [{'id': '")
                + id("M2X1") + json("', 'title': 'Sand'}], 'title'")) + "]";
    }

    private static String task(String end, String title, long created) {
        return json("""
                {'id': '%s', 'title': '%s', 'attention': 'white', 'state': 'outstanding', 'do_date': null, 'late_on': null,
                 'late': false, 'project': null, 'created_at': %d}""").formatted(id(end), title, created);
    }

    private static String id(String end) {
        return "01KAHX5T9ZV2Q8R4N6B7C9" + end;
    }
}
