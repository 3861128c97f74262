package dev.heph.cli;

import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.candidates;
import static dev.heph.cli.Answers.found;
import static dev.heph.cli.TaskAnswers.PLANTS;
import static dev.heph.cli.TaskAnswers.READ;
import static dev.heph.cli.TaskAnswers.changed;
import static dev.heph.cli.TaskAnswers.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes tasks. */
class TasksCommandsTest {
    private static final String OTHER = RENT.replace("Pay rent", "Pay rates").replace("C9K3F9", "C9M2X1");
    private static final String OTHER_ID = Answers.BUDGET_ID;

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("node.resolve", params -> "\"result\":" + switch (params.at("name").text()) {
            case "k3f9", "Pay rent" -> found(RENT);
            case "m2x1" -> found(OTHER);
            default -> candidates();
        });
        cli.answer("task.change", changed(1, "K3F9", "Pay rent"));
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            done k3f9              | Done k3f9 Pay rent                  | 'state':'done'
            drop k3f9              | Dropped k3f9 Pay rent               | 'state':'dropped'
            reopen k3f9            | Reopened k3f9 Pay rent              | 'state':'outstanding'
            attention k3f9 red     | Attention k3f9 Pay rent · red       | 'attention':'red'
            attention k3f9 !later  | Attention k3f9 Pay rent · blue      | 'attention':'blue'
            move k3f9 house        | Moved k3f9 Pay rent · @house        | 'project':'house'
            move k3f9 @a/b         | Moved k3f9 Pay rent · @a/b          | 'project':'a/b'
            move k3f9 none         | Moved k3f9 Pay rent · no project    | 'project':'none'
            tag k3f9 home          | Tagged k3f9 Pay rent · #home        | 'tag':'home'
            untag k3f9 #home       | Untagged k3f9 Pay rent · #home      | 'untag':'home'
            """)
    void oneTask(String typed, String said, String sent) {
        assertThat(cli.run(typed.split(" "))).isEqualTo(new Outcome(0, said + "\n", ""));
        assertThat(cli.asked)
                .containsExactly("node.resolve {'name':'k3f9','kind':'task'}", "task.change {'ids':['" + RENT_ID + "']," + sent + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            do k3f9 fri             | fri         | Do k3f9 Pay rent · Fri 27 Nov        | 'do_date':'2026-11-27'
            do k3f9 +3d             | +3d         | Do k3f9 Pay rent · Tue 24 Nov        | 'do_date':'2026-11-24'
            do k3f9 -1              | -1          | Do k3f9 Pay rent · Fri 20 Nov        | 'do_date':'2026-11-20'
            do k3f9 -- -1           | -1          | Do k3f9 Pay rent · Fri 20 Nov        | 'do_date':'2026-11-20'
            do k3f9 next week 9:00  | next week 9:00 | Do k3f9 Pay rent · Mon 23 Nov 9:00  | 'do_date':'2026-11-23T09:00'
            defer k3f9 none         | none        | Deferred k3f9 Pay rent · no date     | 'do_date':'none'
            late k3f9 1 dec 2027    | 1 dec 2027  | Late k3f9 Pay rent · Wed 1 Dec 2027  | 'late_on':'2027-12-01'
            """)
    void aDate_isAsManyWordsAsMakeOne(String typed, String date, String said, String sent) {
        String local = sent.contains("none") ? "null" : sent.substring(sent.indexOf(':') + 1);
        cli.answer("date.parse", params -> params.at("text").text().equals(date)
                ? Answers.json("'result':{'local':" + local + ",'words':'x'}")
                : Answers.json("'error':{'code':-32602,'message':'no date','data':{'reason':'invalid-params'}}"));

        assertThat(cli.run(typed.split(" "))).isEqualTo(new Outcome(0, said + "\n", ""));
        assertThat(cli.asked).contains("date.parse {'text':'" + date + "'}").last()
                .isEqualTo("task.change {'ids':['" + RENT_ID + "']," + sent + "}");
    }

    @Test
    void severalTasks_oneCall() {
        cli.answer("task.change", changed(2, "K3F9", "Pay rent", "M2X1", "Pay rates"));

        assertThat(cli.run("done", "Pay rent", "m2x1", "k3f9").out()).isEqualTo("Done k3f9 Pay rent\nDone m2x1 Pay rates\n");
        assertThat(cli.asked).last().isEqualTo("task.change {'ids':['" + RENT_ID + "','" + OTHER_ID + "'],'state':'done'}");
    }

    @Test
    void manyTasks_areCounted() {
        cli.answer("task.change", changed(4, Collections.nCopies(6, new String[] {"K3F9", "x"}).stream()
                .flatMap(java.util.Arrays::stream).toArray(String[]::new)));
        assertThat(cli.run("tag", "k3f9", "m2x1", "home").out()).isEqualTo("Tagged 6 tasks · #home, 2 of them already\n");
    }

    @Test
    void whatWasSoAlready_isSaid_andThereIsNothingToUndo() {
        cli.terminal = Cli.TERMINAL;
        cli.answer("task.change", changed(0, "K3F9", "Pay rent"));
        assertThat(cli.run("done", "k3f9").out()).isEqualTo("Done k3f9 Pay rent (already)\n");
    }

    @Test
    void onATerminal_howToTakeItBack() {
        cli.terminal = Cli.TERMINAL;
        assertThat(cli.run("done", "k3f9").out()).isEqualTo("Done k3f9 Pay rent\nundo: heph undo\n");
    }

    @Test
    void oneThatIsNotFound_andNothingIsChanged() {
        assertThat(cli.run("done", "nope")).isEqualTo(new Outcome(66, "", "heph: no task 'nope'. Try: heph list --kind task\n"));
        assertThat(cli.run("done", "k3f9", "nope"))
                .isEqualTo(new Outcome(66, "", "heph: nothing was changed: no task 'nope'. Try: heph list --kind task\n"));
        assertThat(cli.asked).noneMatch(call -> call.startsWith("task.change"));
    }

    @Test
    void aProjectThatTheCommandMakesIsSaidToBeNew() {
        cli.answer("task.change", "{'changed':1,'tasks':[" + RENT + "],'new_project':'hosue'}");
        assertThat(cli.run("move", "k3f9", "hosue").out()).isEqualTo("Moved k3f9 Pay rent · @hosue (new project)\n");
    }

    @Test
    void ids_fromAPipe_theFirstWordOfEachLine() {
        cli.in = "k3f9  ● red  Pay rent\n\n  m2x1\n".getBytes(StandardCharsets.UTF_8);
        cli.run("attention", "--ids", "-", "red");
        assertThat(cli.asked).last().isEqualTo("task.change {'ids':['" + RENT_ID + "','" + OTHER_ID + "'],'attention':'red'}");

        cli.in = "\n".getBytes(StandardCharsets.UTF_8);
        assertThat(cli.run("done", "--ids", "-")).isEqualTo(new Outcome(0, "", "No task matches; nothing was changed\n"));
    }

    @Test
    void where_one_isNotAsked_andMeansOutstandingOnes() {
        cli.answer("task.list", page(1, READ));
        assertThat(cli.run("done", "--where", "#home or rent").exitCode()).isZero();
        assertThat(cli.asked)
                .containsExactly(
                        "task.list {'where':'#home or rent','usual':'state:outstanding','limit':10000}",
                        "task.change {'ids':['01KAHX5T9ZV2Q8R4N6B7C9ZZZZ'],'state':'done'}");

        cli.asked.clear();
        cli.run("reopen", "--where", "#home");
        cli.run("done", "--where", "State:dropped");
        assertThat(cli.asked)
                .contains(
                        "task.list {'where':'#home','usual':'not state:outstanding','limit':10000}",
                        "task.list {'where':'State:dropped','usual':'state:outstanding','limit':10000}");
    }

    @Test
    void where_several_previewsAndAsks() {
        cli.terminal = Cli.TERMINAL;
        cli.answer("task.list", page(12, Collections.nCopies(12, PLANTS).toArray(String[]::new)));
        cli.in = "y\n".getBytes(StandardCharsets.UTF_8);

        Outcome agreed = cli.run("done", "--where", "#home");
        assertThat(agreed.out())
                .startsWith("w8tr  ◐ orange  Water the plants  do Wed 18 Nov\n")
                .contains("do Wed 18 Nov\n… and 2 more\nDone k3f9 Pay rent\n")
                .hasLineCount(13);
        assertThat(agreed.err()).isEqualTo("Done 12 tasks? [y/N] ");

        cli.asked.clear();
        cli.in = "\n".getBytes(StandardCharsets.UTF_8);
        Outcome declined = cli.run("done", "--where", "#home");
        assertThat(declined.exitCode()).isEqualTo(1);
        assertThat(declined.err()).isEqualTo("Done 12 tasks? [y/N] Nothing was changed\n");
        assertThat(cli.asked).hasSize(1);
    }

    @Test
    void where_several_withNobodyToAsk() {
        cli.answer("task.list", page(2, PLANTS, READ));
        assertThat(cli.run("drop", "--where", "#home"))
                .isEqualTo(new Outcome(
                        64, "", "heph: 2 tasks match, and nobody is here to be asked: add --yes, or look first with --dry-run\n"));
        assertThat(cli.asked).hasSize(1);

        assertThat(cli.run("drop", "--where", "#home", "--yes").exitCode()).isZero();
        assertThat(cli.asked).last().asString().startsWith("task.change");
    }

    @Test
    void where_pageAfterPage() {
        cli.answer("task.list", params -> "\"result\":" + (params.at("after").isNull()
                ? page(2, READ).replace("\"total\"", "\"next\":\"1\",\"total\"")
                : page(2, PLANTS)));
        cli.run("move", "--where", "#home", "--yes", "house");
        assertThat(cli.asked).last().isEqualTo(
                "task.change {'ids':['01KAHX5T9ZV2Q8R4N6B7C9ZZZZ','01KAHX5T9ZV2Q8R4N6B7C9W8TR'],'project':'house'}");
    }

    @Test
    void where_tooMany() {
        cli.answer("task.list", page(10_001));
        assertThat(cli.run("done", "--where", "#home", "--yes"))
                .isEqualTo(new Outcome(
                        65, "", "heph: 10001 tasks match, and at most 10,000 can be changed at once; narrow the filter\n"));
    }

    @Test
    void dryRun_showsOnly() {
        cli.answer("task.list", page(1, PLANTS));
        assertThat(cli.run("done", "k3f9", "--dry-run"))
                .isEqualTo(new Outcome(
                        0,
                        "k3f9  ● red  Pay rent  do Sun 22 Nov · late Tue 1 Dec 9:00\n",
                        "Nothing was changed: this was --dry-run\n"));
        assertThat(cli.run("done", "--where", "#home", "--dry-run", "--json").out())
                .isEqualTo(changed(0, "W8TR", "Water the plants") + "\n");
        assertThat(cli.asked).noneMatch(call -> call.startsWith("task.change"));
    }

    @Test
    void json_isTheResult() {
        assertThat(cli.run("done", "k3f9", "--json").out()).isEqualTo(changed(1, "K3F9", "Pay rent") + "\n");
        cli.answer("task.list", page(0));
        assertThat(cli.run("done", "--where", "#home", "--json")).isEqualTo(new Outcome(0, changed(0) + "\n", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            done                       | done needs a TASK. Try: heph help done
            do                         | do needs a TASK and a DATE. Try: heph help do
            do k3f9                    | do needs a TASK and a DATE. Try: heph help do
            move --where x             | move needs a PROJECT. Try: heph help move
            done k3f9 --where x        | done takes TASKs, --where or --ids, not two of them. Try: heph help done
            tag k3f9 home --where x    | tag takes TASKs, --where or --ids, not two of them. Try: heph help tag
            done --where x --ids -     | done takes TASKs, --where or --ids, not two of them. Try: heph help done
            done --wher x              | unknown option '--wher'. Did you mean --where? Try: heph help done
            """)
    void usage(String typed, String message) {
        assertThat(cli.run(typed.split(" "))).isEqualTo(new Outcome(64, "", "heph: " + message + "\n"));
    }

    @Test
    void ids_onlyFromAPipe() {
        assertThat(cli.run("done", "--ids", "all").err())
                .isEqualTo("heph: --ids takes - only, and reads the ids from a pipe. Try: heph tasks | heph done --ids -\n");
    }

    @Test
    void where_ofNothing_isNotEverything() {
        assertThat(cli.run("drop", "--where", " ").err())
                .isEqualTo("heph: --where needs a filter, such as '#home do<=today'; for every task: --where state:outstanding\n");
    }

    @Test
    void noDate() {
        cli.refuse("date.parse", -32602, "invalid-params", "'frday' is no date. Try fri", "");
        assertThat(cli.run("do", "k3f9", "frday")).isEqualTo(new Outcome(65, "", "heph: 'frday' is no date. Try fri\n"));
        cli.refuse("date.parse", -32003, "away", "the store is away; try again", "");
        assertThat(cli.run("do", "k3f9", "fri").exitCode()).isEqualTo(69);
    }

    @Test
    void promote() {
        cli.answer("task.promote", RENT);
        assertThat(cli.run("promote", "k3f9", "--attention", "later", "--project", "@house").out())
                .isEqualTo("Promoted k3f9 Pay rent · red · do Sun 22 Nov · late Tue 1 Dec 9:00 · @house\n");
        assertThat(cli.asked).last().isEqualTo("task.promote {'id':'" + RENT_ID + "','attention':'blue','project':'house'}");
        assertThat(cli.run("promote", "nope", "k3f9").err()).startsWith("heph: nothing was changed: no task 'nope'.");
        cli.answer("task.promote", changed(2, "K3F9", "Pay rent", "M2X1", "Budget"));
        assertThat(cli.run("promote", "k3f9", "m2x1", "--attention", "RED").out())
                .isEqualTo("Promoted k3f9 Pay rent · red\nPromoted m2x1 Budget · red\n");
        assertThat(cli.asked).last().isEqualTo("task.promote {'ids':['" + RENT_ID + "','" + OTHER_ID + "'],'attention':'red'}");
    }

    @Test
    void undo_redo() {
        String done = "{'label':'done Pay rent','ids':['" + RENT_ID + "'],'done':true}";
        cli.answer("undo", done).answer("redo", done);

        assertThat(cli.run("undo").out()).isEqualTo("Undid: done Pay rent\n");
        assertThat(cli.run("redo").out()).isEqualTo("Redid: done Pay rent\n");
        assertThat(cli.run("undo", "--dry-run").out()).isEqualTo("Would undo: done Pay rent\n");
        assertThat(cli.run("redo", "--dry-run").out()).isEqualTo("Would redo: done Pay rent\n");
        assertThat(cli.run("undo", "--json").out()).isEqualTo(Answers.json(done) + "\n");
        assertThat(cli.asked).containsExactly("undo {}", "redo {}", "undo {'dry_run':true}", "redo {'dry_run':true}", "undo {}");

        cli.refuse("undo", -32004, "not-found", "there is nothing to undo on this device", "");
        assertThat(cli.run("undo")).isEqualTo(new Outcome(66, "", "heph: there is nothing to undo on this device\n"));
    }

    @Test
    void whatUndoKeptIsNamed() {
        cli.answer("undo", "{'label': 'rename Soup', 'ids': ['A'], 'done': true, 'kept': [{'id': 'A', 'title': 'Soup', 'field': 'do_date', 'device_name': 'phone'}]}");
        assertThat(cli.run("undo").out()).isEqualTo("Undid: rename Soup. Kept: its do-date, which phone changed since\n");
        cli.answer("undo", "{'label': 'add 2 tasks', 'ids': ['A', 'B'], 'done': true, 'kept': [{'id': 'A', 'title': 'Soup', 'field': 'node', 'device_name': 'phone'},"
                + " {'id': 'B', 'title': 'House', 'field': 'node'}, {'id': 'B', 'title': 'Cook', 'field': 'body', 'device_name': 'tablet'}]}");
        assertThat(cli.run("undo").out()).isEqualTo("Undid: add 2 tasks. Kept: Soup, which phone changed since; House, which is in use by now;"
                + " the text of Cook, which tablet changed since\n");
    }
}
