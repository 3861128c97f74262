package dev.heph.cli;

import static dev.heph.cli.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConflictsTest {
    private static final long NOW = Cli.NOW.toEpochMilli();
    private static final String BODY_ID = "01KAHX5T9ZV2Q8R4N6B7C9AAAA";
    private static final String DATE_ID = "01KAHX5T9ZV2Q8R4N6B7C9BBBB";
    private static final String FOUND = json("{'conflicts': ["
            + "{'id': '" + BODY_ID + "', 'kind': 'body', 'field': 'body', 'node': {'id': '01KAHX5T9ZV2Q8R4N6B7C9SSSS', 'title': 'Soup', 'kind': 'doc'},"
            + " 'base': 'soup is cold\\n', 'merged': 'soup is warmhot\\n', 'sides': [" + side("laptop", "'soup is warm\\n'") + ", " + side("phone", "'soup is hot\\n'")
            + "]}, {'id': '" + DATE_ID + "', 'kind': 'field', 'field': 'do_date', 'node': {'id': '01KAHX5T9ZV2Q8R4N6B7C9TTTT', 'title': 'Cook', 'kind': 'task'},"
            + " 'sides': [" + side("phone", "{'day': '2026-11-28'}") + ", " + side("laptop", "null") + "]}], 'total': 2}");

    @TempDir
    Path directory;

    private Cli cli;

    private static String side(String device, String value) {
        return "{'device': 'D', 'device_name': '" + device + "', 'at': " + NOW + ", 'value': " + value + "}";
    }

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("conflicts.list", FOUND).answer("conflicts.resolve", json(
                "{'ok': true, 'id': '01KAHX5T9ZV2Q8R4N6B7C9XXXX', 'node': {'id': '01KAHX5T9ZV2Q8R4N6B7C9SSSS', 'title': 'Soup', 'kind': 'doc'}}"));
        cli.answer("date.parse", "{\"local\":\"2026-11-27\"}");
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void theSideOfAFolderIsNamed() {
        cli.answer("conflicts.list", FOUND.replaceFirst("\"device\":", "\"imported_from\": \"notes\", $0"));
        assertThat(cli.run("conflicts", "--list").out())
                .contains("1  soup is warm   from the folder notes, on laptop, 2026-11-21 09:05\n", "2  soup is hot   phone, 2026-11-21 09:05\n");
    }

    @Test
    void inAPipeTheyAreListed() {
        assertThat(cli.run("conflicts")).isEqualTo(new Outcome(0, """
                aaaa · body · ssss Soup
                  before  soup is cold
                       1  soup is warm   laptop, 2026-11-21 09:05
                       2  soup is hot   phone, 2026-11-21 09:05
                     now  soup is warmhot
                bbbb · do date · tttt Cook
                       1  Sat 28 Nov   phone, 2026-11-21 09:05
                       2  none   laptop, 2026-11-21 09:05
                """, ""));
    }

    @Test
    void onATerminalEachIsAsked() {
        cli.terminal = Cli.TERMINAL;
        cli.in = "2vfri\n".getBytes(StandardCharsets.UTF_8);
        Outcome outcome = cli.run("conflicts");
        assertThat(cli.asked).contains(
                "conflicts.resolve {'id':'" + BODY_ID + "','choice':'2'}",
                "conflicts.resolve {'id':'" + DATE_ID + "','value':'2026-11-27'}");
        assertThat(outcome.err()).contains("1 2 m e s q ? ").contains("1 2 v s q ? ").contains("Settled 2 of 2. Take back the last: heph undo");
    }

    @Test
    void oneByItsName() {
        assertThat(cli.run("conflicts", "aaaa", "merged")).isEqualTo(new Outcome(0, "Settled ssss Soup\n", ""));
        assertThat(cli.asked).contains("conflicts.resolve {'id':'aaaa','choice':'merged'}");
    }

    /** The id is the conflict's, by which it is settled, also where it is about one date of a task. */
    @Test
    void ofOneDate() {
        cli.answer("conflicts.list", json("{'conflicts': [{'id': '" + DATE_ID + "', 'kind': 'field', 'field': 'state', 'occurrence': '2026-11-22',"
                + " 'node': {'id': '01KAHX5T9ZV2Q8R4N6B7C9TTTT', 'title': 'Gym', 'kind': 'task'},"
                + " 'sides': [" + side("phone", "'done'") + ", " + side("laptop", "'dropped'") + "]}], 'total': 1}"));
        assertThat(cli.run("conflicts", "--list").out()).startsWith("bbbb · state of Sun 22 Nov · tttt Gym\n");
    }

    @Test
    void howIsMissing() {
        assertThat(cli.run("conflicts", "aaaa")).isEqualTo(new Outcome(64, "",
                "heph: how is it to be settled? heph conflicts aaaa 1, or 2, … or merged; or --value VALUE\n"));
        assertThat(cli.run("conflicts", "--value", "x")).isEqualTo(new Outcome(64, "",
                "heph: which conflict gets that value? Name it: heph conflicts --list shows them\n"));
    }

    @Test
    void none() {
        cli.answer("conflicts.list", "{\"conflicts\":[],\"total\":0}");
        assertThat(cli.run("conflicts")).isEqualTo(new Outcome(0, "", "No conflicts: all devices that were heard of agree.\n"));
    }
}
