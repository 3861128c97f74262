package dev.heph.cli;

import static dev.heph.cli.Answers.NEXT;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.RENT_ID;
import static dev.heph.cli.Answers.candidates;
import static dev.heph.cli.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void add() {
        cli.answer("task.create", RENT);

        Outcome added =
                cli.run("add", "Pay", "@rent", "-1", "--do", "2026-11-22", "--attention=red", "--project", "House");

        assertThat(added)
                .isEqualTo(new Outcome(
                        0, "Added k3f9 Pay rent · red · do 2026-11-22 · late 2026-12-01 09:00 · @House\n", ""));
        assertThat(cli.asked)
                .containsExactly("task.create {'title':'Pay @rent -1','attention':'red','do_date':'2026-11-22',"
                        + "'project':'House'}");
    }

    @Test
    void add_afterTwoDashesEverythingIsATitle() {
        cli.answer("task.create", RENT);
        cli.run("add", "--", "--do", "it", "--json");
        assertThat(cli.asked).containsExactly("task.create {'title':'--do it --json'}");
    }

    @Test
    void next() {
        assertThat(cli.answer("next", NEXT).run("next", "--limit", "3")).isEqualTo(new Outcome(0, """
                k3f9  ● red     Pay rent          @House  late since 2026-11-19
                w8tr  ◐ orange  Water the plants          do 2026-11-21 18:00
                zzzz  ○ white   Read
                """, ""));
        assertThat(cli.asked).containsExactly("next {'limit':3}");
    }

    @Test
    void next_narrowTerminal_theTitleGivesWay() {
        cli.terminal = Cli.TERMINAL;
        assertThat(cli.answer("next", NEXT.replace("Water the", "Water all of the many"))
                        .run("next")
                        .out())
                .isEqualTo("""
                k3f9  ● red     Pay rent       @House  late since 2026-11-19
                w8tr  ◐ orange  Water all of…          do 2026-11-21 18:00
                zzzz  ○ white   Read
                """);
    }

    @Test
    void next_empty() {
        assertThat(cli.answer("next", "[]").run("next").out())
                .isEqualTo("Nothing to do now. Capture something: heph add Pay rent\n");
    }

    @Test
    void done() {
        cli.answer("node.resolve", found(RENT)).answer("task.set_state", RENT);

        assertThat(cli.run("done", "K3F9").out()).isEqualTo("Done k3f9 Pay rent\n");
        assertThat(cli.asked)
                .containsExactly(
                        "node.resolve {'name':'K3F9','kind':'task'}",
                        "task.set_state {'id':'" + RENT_ID + "','state':'done'}");
    }

    @Test
    void done_oneOfTwo_isPartly() {
        cli.answer("task.set_state", RENT);
        cli.answer(
                "node.resolve",
                params -> "\"result\":" + (params.at("name").text().equals("nope") ? candidates() : found(RENT)));

        assertThat(cli.run("done", "nope", "k3f9"))
                .isEqualTo(
                        new Outcome(2, "Done k3f9 Pay rent\n", "heph: no task 'nope'. Try: heph list --kind task\n"));
        assertThat(cli.run("done", "nope", "nope").exitCode()).isEqualTo(66);
    }
}
