package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.BUDGET_ID;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.candidates;
import static dev.heph.cli.Answers.found;
import static dev.heph.cli.Answers.json;
import static dev.heph.cli.TaskAnswers.changed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hangs on a task or note: what it waits for, its items, its log; and the journal of a day. */
class AttachedCommandsTest {
    private static final String JOURNAL = json("""
            {'id': '01KAHX5T9ZV2Q8R4N6B7C9J0UR', 'kind': 'journal', 'title': '2026-11-20', 'body': '# Fri\\n', 'rev': 'r1'}
            """);

    @TempDir
    Path directory;

    private static final String SAND_ID = RENT_ID.replace("K3F9", "W8TR");
    private static final String BLOCKS = json("{'src': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'type': 'blocks', 'title': 'Budget', 'kind': 'task'}");

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("node.resolve", params -> "\"result\":" + switch (params.at("name").text()) {
            case "k3f9" -> found(RENT);
            case "m2x1" -> found(BUDGET);
            case "w8tr" -> found(RENT.replace("K3F9", "W8TR").replace("Pay rent", "Sand"));
            case "2026-11-20" -> found(JOURNAL);
            default -> candidates();
        });
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void block_isOneAction() {
        cli.answer("task.change", changed(1)).answer("links.backlinks", "[]").answer("waiting", "[]");
        assertThat(cli.run("block", "k3f9", "m2x1", "--on", "w8tr"))
                .isEqualTo(new Outcome(0, "k3f9 Pay rent waits for w8tr Sand\nm2x1 Budget waits for w8tr Sand\n", ""));
        assertThat(cli.asked).filteredOn(asked -> asked.startsWith("task.change"))
                .containsExactly("task.change {'ids':['" + RENT_ID + "','" + BUDGET_ID + "'],'block':'" + SAND_ID + "'}");
        assertThat(cli.run("block", "k3f9", "--on", "m2x1", "--json").out()).isEqualTo(changed(1) + "\n");

        cli.answer("task.change", changed(0)).answer("links.backlinks", "[" + BLOCKS + "]");
        assertThat(cli.run("block", "k3f9", "--on", "m2x1").out()).isEqualTo("k3f9 Pay rent waits already for m2x1 Budget\n");
    }

    @Test
    void block_oneIsNotThere_andNothingIsDone() {
        assertThat(cli.run("block", "k3f9", "nope", "--on", "m2x1"))
                .isEqualTo(new Outcome(66, "", "heph: nothing was changed: no task 'nope'. Try: heph list --kind task\n"));
        assertThat(cli.run("block", "k3f9"))
                .isEqualTo(new Outcome(64, "", "heph: block needs --on TASK: what is waited for. Try: heph help block\n"));
        assertThat(cli.run("block", "k3f9", "--on", "nope").exitCode()).isEqualTo(66);
        assertThat(cli.run("block", "m2x1", "k3f9", "--on", "m2x1").err()).startsWith("heph: a task cannot wait for itself");
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("task.change"));
    }

    @Test
    void block_inACircle_isSaid() {
        cli.answer("task.change", changed(1)).answer("links.backlinks", "[]").answer("waiting", json("""
                [{'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'blocked_by': [{'id': '01KAHX5T9ZV2Q8R4N6B7C9W8TR', 'title': 'Sand'}]},
                 {'id': '01KAHX5T9ZV2Q8R4N6B7C9W8TR', 'blocked_by': [{'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Pay rent'}]},
                 {'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'blocked_by': [{'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'title': 'Budget'}]}]"""));
        assertThat(cli.run("block", "k3f9", "--on", "m2x1").err())
                .isEqualTo("That is a circle: Budget waits for Pay rent too. Break it: heph unblock k3f9 --on m2x1\n");
    }

    @Test
    void unblock() {
        cli.answer("task.change", changed(1)).answer("links.backlinks", "[" + BLOCKS + "]");
        assertThat(cli.run("unblock", "k3f9", "--on", "m2x1").out()).isEqualTo("k3f9 Pay rent no longer waits for m2x1 Budget\n");
        assertThat(cli.asked).endsWith("task.change {'ids':['" + RENT_ID + "'],'unblock':'" + BUDGET_ID + "'}");
        cli.answer("task.change", changed(0)).answer("links.backlinks", "[]");
        assertThat(cli.run("unblock", "k3f9", "--on", "m2x1").out()).isEqualTo("k3f9 Pay rent did not wait for m2x1 Budget\n");
    }

    @Test
    void unblock_fromWhateverItWaitsFor() {
        cli.answer("task.change", changed(1)).answer("links.backlinks", "[" + BLOCKS + "," + json("""
                {'src': '01KAHX5T9ZV2Q8R4N6B7C9WWWW', 'type': 'wiki', 'title': 'Plan', 'kind': 'doc'}""") + "]");
        assertThat(cli.run("unblock", "k3f9")).isEqualTo(new Outcome(0, "k3f9 Pay rent no longer waits for m2x1 Budget\n", ""));
        assertThat(cli.asked).endsWith("task.change {'ids':['" + RENT_ID + "'],'unblock':'any'}");
        assertThat(cli.run("unblock", "k3f9", "--json").out()).isEqualTo(changed(1) + "\n");
        cli.answer("links.backlinks", "[]");
        assertThat(cli.run("unblock", "k3f9")).isEqualTo(new Outcome(0, "", "k3f9 Pay rent waits for nothing.\n"));
    }

    @Test
    void log() {
        cli.answer("log.append", RENT);
        assertThat(cli.run("log", "k3f9", "Called", "-", "they", "call", "back"))
                .isEqualTo(new Outcome(0, "Logged k3f9 Pay rent · Called - they call back\n", ""));
        assertThat(cli.asked).endsWith("log.append {'id':'" + RENT_ID + "','text':'Called - they call back'}");
        cli.run("log", "k3f9", "-1", "degree");
        assertThat(cli.asked).endsWith("log.append {'id':'" + RENT_ID + "','text':'-1 degree'}");
        assertThat(cli.run("log", "k3f9", "x", "--json").out()).isEqualTo(RENT + "\n");
        assertThat(cli.run("log", "nope", "x").exitCode()).isEqualTo(66);
    }

    @Test
    void log_shown() {
        String entries = json("""
                [{'at': 1795219200000, 'text': 'Called', 'device': 'd'},
                 {'at': 1795222860000, 'text': 'Two\\nlines', 'device': 'd'}]""");
        cli.answer("log.list", entries);
        assertThat(cli.run("log", "k3f9")).isEqualTo(new Outcome(0, """
                2026-11-21 00:00  Called
                2026-11-21 01:01  Two lines
                """, ""));
        assertThat(cli.run("log", "k3f9", "--json").out()).isEqualTo(entries + "\n");
        cli.answer("log.list", "[]");
        assertThat(cli.run("log", "k3f9"))
                .isEqualTo(new Outcome(0, "", "Pay rent has no log yet. Begin: heph log k3f9 'What happened'\n"));
    }

    @Test
    void item() {
        cli.answer("item.add", RENT);
        assertThat(cli.run("item", "m2x1", "Pay", "rent")).isEqualTo(new Outcome(0, "Added k3f9 Pay rent · in Budget\n", ""));
        assertThat(cli.asked).endsWith("item.add {'container':'" + BUDGET_ID + "','title':'Pay rent'}");
        assertThat(cli.run("item", "m2x1", "Pay", "--json").out()).isEqualTo(RENT + "\n");
        assertThat(cli.run("item", "nope", "x").exitCode()).isEqualTo(66);
    }

    @Test
    void items() {
        String items = json("""
                [{'id': '01KAHX5T9ZV2Q8R4N6B7C9AAAA', 'title': 'Cable', 'state': 'outstanding'},
                 {'id': '01KAHX5T9ZV2Q8R4N6B7C9BBBB', 'title': 'Plug', 'state': 'done'},
                 {'id': '01KAHX5T9ZV2Q8R4N6B7C9CCCC', 'title': 'Lamp', 'state': 'dropped'}]""");
        cli.answer("item.list", items);
        assertThat(cli.run("item", "m2x1")).isEqualTo(new Outcome(0, """
                aaaa  [ ]  Cable
                bbbb  [x]  Plug
                cccc  [-]  Lamp
                """, ""));
        assertThat(cli.run("item", "m2x1", "--json").out()).isEqualTo(items + "\n");
        cli.answer("item.list", "[]");
        assertThat(cli.run("item", "m2x1"))
                .isEqualTo(new Outcome(0, "", "Budget has no items. Begin: heph item m2x1 'Something to tick off'\n"));
    }

    @Test
    void check() {
        cli.answer("item.set_state", RENT);
        assertThat(cli.run("check", "k3f9", "m2x1")).isEqualTo(new Outcome(0, "Checked k3f9 Pay rent\nChecked m2x1 Budget\n", ""));
        assertThat(cli.asked).endsWith("item.set_state {'ids':['" + RENT_ID + "','" + BUDGET_ID + "'],'state':'done'}");
        assertThat(cli.run("uncheck", "k3f9").out()).isEqualTo("Unchecked k3f9 Pay rent\n");
        assertThat(cli.asked).endsWith("item.set_state {'id':'" + RENT_ID + "','state':'outstanding'}");
        assertThat(cli.run("check", "k3f9", "--json").out()).isEqualTo(RENT + "\n");
        cli.asked.clear();
        assertThat(cli.run("check", "k3f9", "nope"))
                .isEqualTo(new Outcome(66, "", "heph: nothing was changed: no task 'nope'. Try: heph list --kind task\n"));
        assertThat(cli.asked).noneMatch(asked -> asked.startsWith("item.set_state"));
    }

    @Test
    void skip() {
        cli.answer("task.skip", RENT);
        assertThat(cli.run("skip", "k3f9").out()).isEqualTo("Skipped k3f9 Pay rent · next Sun 22 Nov\n");
        assertThat(cli.asked).endsWith("task.skip {'id':'" + RENT_ID + "'}");
        cli.answer("task.skip", changed(2, "K3F9", "Pay rent", "M2X1", "Budget")
                .replace("\"title\":\"Pay rent\"", "\"title\":\"Pay rent\",\"next\":\"2026-11-23T09:00\""));
        assertThat(cli.run("skip", "k3f9", "m2x1").out())
                .isEqualTo("Skipped k3f9 Pay rent · next Mon 23 Nov 9:00\nSkipped m2x1 Budget · that was the last\n");
        assertThat(cli.asked).endsWith("task.skip {'ids':['" + RENT_ID + "','" + BUDGET_ID + "']}");
    }

    @Test
    void journal_ofADayThatHasNone_isNotMadeByLooking() {
        cli.answer("date.parse", json("{'local': '2026-11-19'}")).refuse("journal.open_or_create", -32004, "not-found", "there is none", "");
        assertThat(cli.run("journal", "thu")).isEqualTo(new Outcome(
                66, "", "heph: there is no journal of Thu 19 Nov yet. Begin it: heph journal 2026-11-19 --edit\n"));
        assertThat(cli.asked).containsExactly("date.parse {'text':'thu'}", "journal.open_or_create {'date':'2026-11-19','make':false}");

        cli.answer("journal.open_or_create", JOURNAL).answer("node.get", JOURNAL);
        cli.answer("date.parse", json("{'local': '2026-11-21'}"));
        assertThat(cli.run("journal").exitCode()).isZero();
        assertThat(cli.asked).contains("journal.open_or_create {'date':'2026-11-21'}");
    }

    @Test
    void journal_aTimeIsNoDay() {
        cli.answer("date.parse", json("{'local': '2026-11-22T09:00'}"));
        assertThat(cli.run("journal", "9am"))
                .isEqualTo(new Outcome(65, "", "heph: '9am' is a time, and a day is wanted. Try: today, fri, -1 or 2026-06-01\n"));
    }

    @Test
    void journal() {
        cli.answer("date.parse", json("{'local': '2026-11-20'}"));
        cli.answer("journal.open_or_create", JOURNAL).answer("node.get", JOURNAL);
        assertThat(cli.run("journal", "-1")).isEqualTo(new Outcome(0, "j0ur 2026-11-20\n\n# Fri\n", ""));
        assertThat(cli.asked)
                .containsExactly(
                        "date.parse {'text':'-1'}",
                        "journal.open_or_create {'date':'2026-11-20','make':false}",
                        "node.get {'id':'01KAHX5T9ZV2Q8R4N6B7C9J0UR'}");
        assertThat(cli.run("journal", "--json").out()).isEqualTo(JOURNAL + "\n");
        assertThat(cli.asked).contains("date.parse {'text':'today'}");
        cli.run("journal", "20", "nov");
        assertThat(cli.asked).contains("date.parse {'text':'20 nov'}");
    }

    @Test
    void journal_previousAndNext() {
        cli.answer("date.parse", "{'local':'2026-11-21','words':'today'}").answer("node.get", JOURNAL);
        cli.answer("journal.near", "{'previous':" + JOURNAL + ",'next':null}");

        assertThat(cli.run("journal", "--prev")).isEqualTo(new Outcome(0, "j0ur 2026-11-20\n\n# Fri\n", ""));
        assertThat(cli.asked).containsExactly(
                "date.parse {'text':'today'}", "journal.near {'date':'2026-11-21'}", "node.get {'id':'01KAHX5T9ZV2Q8R4N6B7C9J0UR'}");
        assertThat(cli.run("journal", "fri", "--next")).isEqualTo(new Outcome(
                66, "", "heph: there is no journal after 2026-11-21. See all: heph list --kind journal --sort title\n"));
        assertThat(cli.run("journal", "--prev", "--next").exitCode()).isEqualTo(64);
    }

    @Test
    void journal_empty() {
        cli.answer("date.parse", json("{'local': '2026-11-20'}"));
        cli.answer("journal.open_or_create", JOURNAL).answer("node.get", JOURNAL.replace("# Fri\\n", ""));
        assertThat(cli.run("journal", "fri"))
                .isEqualTo(new Outcome(
                        0, "j0ur 2026-11-20\n", "Nothing in it yet. Write: heph journal 2026-11-20 --edit\n"));
    }

    @Test
    void journal_edit() {
        cli.environment.put("EDITOR", "printf 'more\\n' >>");
        cli.answer("date.parse", json("{'local': '2026-11-20'}"));
        cli.answer("journal.open_or_create", JOURNAL).answer("node.get", JOURNAL);
        cli.answer("node.update", JOURNAL.replace("# Fri\\n", "# Fri\\nmore\\n"));
        assertThat(cli.run("journal", "yesterday", "--edit")).isEqualTo(new Outcome(0, "Saved j0ur 2026-11-20\n", ""));
        assertThat(cli.asked.getLast()).contains("'body':'# Fri\\nmore\\n','base':'r1'");
    }

    @Test
    void journal_noDay() {
        cli.refuse("date.parse", -32602, "invalid-params", "I do not know the date 'frday'. Did you mean friday?", "");
        assertThat(cli.run("journal", "frday"))
                .isEqualTo(new Outcome(65, "", "heph: I do not know the date 'frday'. Did you mean friday?\n"));
    }
}
