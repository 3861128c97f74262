package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.found;
import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to a note, and bringing it back. */
class HistoryTest {
    private static final long NOW = Cli.NOW.toEpochMilli();
    private static final String HISTORY = json("{'rows': ["
            + row(4, "phone", "done", "{'field': 'state', 'before': 'outstanding', 'after': 'done'}, {'field': 'box', 'line': '- [ ] roses',"
                    + " 'before': null, 'after': 'x', 'occurrence': '2026-11-20'}") + ","
            + row(3, "laptop", "edit", "{'field': 'body', 'hunks': [{'line': 2, 'before': 'cold\\nsoup\\n', 'after': 'hot\\n'}]}") + ","
            + row(2, "laptop", "tag", "{'field': 'link', 'link': 'tagged', 'before': false, 'after': true, 'to': {'id': 'T', 'title': 'dinner'}}") + ","
            + row(1, "laptop", "schedule", "{'field': 'do_date', 'before': null, 'after': {'day': '2026-11-28'}},"
                    + " {'field': 'project', 'before': {'ref': 'P', 'title': 'House'}, 'after': null}")
            + "], 'total': 9, 'next': '1'}");

    private static final String CHANGES = "'changes': [{'field': 'title', 'before': 'Plan', 'after': 'Budget'}, {'field': 'deleted', 'before': true, 'after': false}],"
            + " 'left': [{'field': 'link', 'link': 'alias', 'key': 'Costs', 'before': true, 'after': false}], 'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'title': 'Budget'";

    @TempDir
    Path directory;

    private Cli cli;

    private static String row(int number, String device, String what, String changes) {
        return "{'number': " + number + ", 'id': 'A', 'at': " + NOW + ", 'device': 'D', 'device_name': '" + device + "', 'what': '" + what
                + "', 'changes': [" + changes + "]}";
    }

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("node.resolve", found(BUDGET)).answer("history", HISTORY);
        cli.answer("node.restore", params -> "\"result\":" + json("{" + CHANGES + ", 'done': " + (params.at("dry_run").truth() ? "false" : "true") + "}"));
        cli.answer("date.parse", "{\"local\":\"2026-11-20\"}");
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void aRowForEachActionWithBeforeAndAfter() {
        assertThat(cli.run("history", "Budget")).isEqualTo(new Outcome(0, """
                m2x1 Budget
                4  2026-11-21 09:05  phone   done
                     state: outstanding → done
                     - [ ] roses: [ ] → [x] (of Fri 20 Nov)
                3  2026-11-21 09:05  laptop  edit
                     - cold
                     - soup
                     + hot
                2  2026-11-21 09:05  laptop  tag
                     + #dinner
                1  2026-11-21 09:05  laptop  schedule
                     do date: none → Sat 28 Nov
                     project: House → none
                """, "4 of 9. More: --limit 9\n"));
        assertThat(cli.asked.getFirst()).isEqualTo("node.resolve {'name':'Budget','deleted':true}");
    }

    @Test
    void longTextsAreCutUnlessAllIsWanted() {
        cli.answer("history", "{'rows': [" + row(1, "laptop", "add", "{'field': 'body', 'hunks': [{'line': 1, 'before': '', 'after': '"
                + "line\\n".repeat(20) + "'}]}") + "], 'total': 1}");
        assertThat(cli.run("history", "Budget").out()).contains("… 8 more lines: --full").satisfies(out -> assertThat(out.lines().count()).isEqualTo(15));
        assertThat(cli.run("history", "Budget", "--full").out()).doesNotContain("more lines").satisfies(out -> assertThat(out.lines().count()).isEqualTo(22));
    }

    @Test
    void aNoteIsBroughtBack() {
        assertThat(cli.run("restore", "Budget", "--to", "3")).isEqualTo(new Outcome(0, """
                Restored m2x1 Budget
                  title: Plan → Budget
                  + comes back
                  left, since it leads to something that is deleted:
                    - also called Costs
                """, ""));
        assertThat(cli.asked.getLast()).isEqualTo("node.restore {'id':'01KAHX5T9ZV2Q8R4N6B7C9M2X1','to':'3'}");
        assertThat(cli.run("restore", "Budget", "--to", "yesterday", "--dry-run").err()).isEqualTo("Nothing was changed: this was --dry-run\n");
        assertThat(cli.asked.getLast()).isEqualTo("node.restore {'id':'01KAHX5T9ZV2Q8R4N6B7C9M2X1','to':'2026-11-20','dry_run':true}");
    }

    @Test
    void anHourIsOneOfToday() {
        cli.run("restore", "Budget", "--to", "8:30");
        assertThat(cli.asked).contains("date.parse {'text':'today 8:30'}");
    }

    /** Five months ago is what a date would mean by it. */
    @Test
    void minutesAndHoursCanBeCountedBack() {
        for (String words : List.of("5m ago", "5 minutes ago")) {
            cli.run("restore", "Budget", "--to", words, "--dry-run");
            assertThat(cli.asked.getLast()).contains("'to':'2026-11-21T09:00'");
        }
        cli.run("restore", "Budget", "--to", "1 hour ago", "--dry-run");
        assertThat(cli.asked.getLast()).contains("'to':'2026-11-21T08:05'");
    }

    @Test
    void aSecondIsOneToo() {
        cli.run("restore", "Budget", "--to", "2026-11-20 15:00:20", "--dry-run");
        assertThat(cli.asked.getLast()).isEqualTo("node.restore {'id':'01KAHX5T9ZV2Q8R4N6B7C9M2X1','to':'2026-11-20T15:00:20','dry_run':true}");
    }

    @Test
    void asItWasThenAlready() {
        cli.answer("node.restore", "{'id': 'A', 'title': 'Budget', 'changes': [], 'left': [], 'done': true}");
        assertThat(cli.run("restore", "Budget", "--to", "9").out()).isEqualTo("m2x1 Budget is as it was then: nothing changed\n");
    }

    @Test
    void whatWasDeletedIsListed() {
        cli.answer("node.list", "{'nodes': [], 'total': 0}");
        assertThat(cli.run("list", "--deleted").err()).isEqualTo("Nothing was deleted.\n");
        assertThat(cli.asked.getLast()).isEqualTo("node.list {'deleted':true}");
    }

    private static final String ALL = "{'to': " + NOW + ", 'deleted': {'count': 12, 'first': [{'id': 'A', 'title': 'Soup'}, {'id': 'B', 'title': 'Stew'}]},"
            + " 'restored': {'count': 1, 'first': [{'id': 'C', 'title': 'Bread'}]}, 'changed': {'count': 0, 'first': []}, 'done': %s}";

    @Test
    void everythingIsShownAndAskedAbout() {
        cli.answer("restore", params -> "\"result\":" + json(ALL.formatted(params.at("dry_run").truth() ? "false" : "true")));
        assertThat(cli.run("restore", "--all", "--to", "yesterday", "--dry-run")).isEqualTo(new Outcome(0, """
                Would bring everything back to 2026-11-21 09:05
                  12 made since, deleted: Soup, Stew, …
                  1 deleted since, back again: Bread
                """, "Nothing was changed: this was --dry-run\n"));
        assertThat(cli.run("restore", "--all", "--to", "yesterday").exitCode()).isEqualTo(64);
        cli.terminal = Cli.TERMINAL;
        cli.in = "n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(cli.run("restore", "--all", "--to", "yesterday").exitCode()).isEqualTo(1);
        assertThat(cli.asked).noneMatch(asked -> asked.contains("'dry_run':false"));
        cli.in = "y\n".getBytes(StandardCharsets.UTF_8);
        assertThat(cli.run("restore", "--all", "--to", "yesterday").out()).contains("Brought everything back to 2026-11-21 09:05");
        assertThat(cli.asked.getLast()).isEqualTo("restore {'to':'2026-11-20','dry_run':false}");
    }

    @Test
    void whatIsToBeBroughtBack() {
        assertThat(cli.run("restore").err()).isEqualTo("heph: what is to be brought back? One NOTE, or --all. Try: heph help restore\n");
        assertThat(cli.run("restore", "Budget", "--all").exitCode()).isEqualTo(64);
        assertThat(cli.run("restore", "--all").err()).startsWith("heph: everything as of when?");
    }
}
