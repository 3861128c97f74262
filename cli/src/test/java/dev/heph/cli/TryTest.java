package dev.heph.cli;

import static dev.heph.cli.Answers.BACKLINK;
import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.HITS;
import static dev.heph.cli.Answers.IMPORTED;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        cli = new Cli(directory);
        Files.createDirectory(directory.resolve("my notes"));
        cli.answer("import", IMPORTED.replace("{\"path\": \"b.md\", \"reason\": \"not UTF-8\"}", ""));
        cli.answer("node.list", Answers.nodes(1, BUDGET));
        cli.answer("search", HITS);
        cli.answer(
                "links.backlinks",
                "[" + BACKLINK + "," + BACKLINK.replace("C9K3F9", "C9AAAA").replace("Pay rent", "Loan") + "]");
        cli.answer("links.outgoing", "[]");
        cli.answer("node.resolve", found(BUDGET)).answer("node.get", BUDGET);
        cli.answer("capture", "{'echo':'Water the plants · orange','task':" + RENT + "}");
        cli.answer("board", TaskAnswers.board(TaskAnswers.counts(0, 0, 1, 0, 0), TaskAnswers.row("K3F9", "Water the plants", "orange")));
        cli.answer("next", "[]");
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void tour() {
        Outcome outcome = cli.run("try", "my notes");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo("""
                $ heph up
                heph is up after 0.00 s

                $ heph import 'my notes'
                Imported 3 files in 0.00 s: 1 new, 1 changed, 0 as they were; 9 notes in all

                $ heph search budget --limit 3
                m2x1  Budget
                      for the rent and more
                k3f9  Pay rent  task

                $ heph show Budget | head -12
                Budget
                doc · m2x1 · modified 2026-11-21 00:00 · alias Money

                # Plan

                See [[Pay rent]].

                Linked from
                  k3f9  Pay rent  as in the [[Budget]]
                  aaaa  Loan      as in the [[Budget]]

                $ heph backlinks Budget | head -6
                k3f9  Pay rent  as in the [[Budget]]
                aaaa  Loan      as in the [[Budget]]

                $ heph add 'Water the plants today !orange @home'
                Added k3f9 Water the plants · orange

                $ heph next
                k3f9  ◐ orange  Water the plants

                $ heph down
                heph is down

                """);
        assertThat(outcome.err())
                .matches("2 of 41. More: --limit 41\n1 red\nKeep it and look around:  HEPH_HOME=(\\S+/heph-try-\\d+) heph up\n"
                        + "Or delete it:             rm -r \\1\n");
    }

    @Test
    void longNotes_areCut() {
        cli.answer("node.get", Answers.budget("line\\n".repeat(100), "r1"));
        assertThat(cli.run("try", "my notes").out())
                .contains("alias Money\n\n" + "line\n".repeat(9) + "\n$ heph backlinks");
    }

    @Test
    void theUsersOwnHomeIsNotTouched() {
        cli.run("try", "my notes");
        assertThat(directory.resolve("home")).doesNotExist();
    }

    @Test
    void failure_stopsWhatItStarted() {
        cli.refuse("search", -32003, "away", "the store is away", "");
        Outcome outcome = cli.run("try", "my notes");

        assertThat(outcome.exitCode()).isEqualTo(69);
        assertThat(outcome.err()).contains("heph: the store is away\n").contains("rm -r ");
        assertThat(cli.run("down").out()).isEqualTo("heph was not running\n");
    }

    @Test
    void json() {
        Outcome outcome = cli.run("try", "my notes", "--json");
        assertThat(outcome.out())
                .startsWith(
                        "[{\"command\":\"heph up\",\"exit_code\":0,\"result\":{\"started\":true,\"pid\":4711,\"ms\":0}},")
                .hasLineCount(1);
        assertThat(outcome.err()).isEmpty();
    }
}
