package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new title, and the links that follow it. */
class RenameTest {
    private static final String TWO_NOTES = """
            {'node': %s, 'done': %s, 'rewritten': [
              {'id': '01KAHX5T9ZV2Q8R4N6B7C9K3F9', 'title': 'Pay rent', 'lines': [{'before': '- [[Plan]]', 'after': '- [[Budget]]'}]},
              {'id': '01KAHX5T9ZV2Q8R4N6B7C9M2X1', 'title': 'Budget', 'lines': [{'before': '[[Plan|x]]', 'after': '[[Budget|x]]'}]}]}""";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.answer("node.resolve", params -> "\"result\":" + found(params.at("name").text().equals("k3f9") ? RENT : BUDGET));
        cli.answer("node.update", BUDGET);
        cli.answer("node.rename", params -> "\"result\":"
                + Answers.json(TWO_NOTES.formatted(BUDGET, params.at("dry_run").truth() ? "false" : "true")));
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void withoutRewritingOnlyTheTitleChanges() {
        assertThat(cli.run("rename", "k3f9", "New", "Budget")).isEqualTo(new Outcome(0, "Renamed Pay rent to m2x1 Budget\n", ""));
        assertThat(cli.asked.getLast()).isEqualTo("node.update {'id':'01KAHX5T9ZV2Q8R4N6B7C9K3F9','title':'New Budget'}");
    }

    @Test
    void aDryRunShowsEachLineAndChangesNothing() {
        assertThat(cli.run("rename", "k3f9", "Budget", "--rewrite", "--dry-run")).isEqualTo(new Outcome(0, """
                k3f9 Pay rent
                  - - [[Plan]]
                  + - [[Budget]]
                m2x1 Budget
                  - [[Plan|x]]
                  + [[Budget|x]]
                """, "Nothing was changed: this was --dry-run\n"));
        assertThat(cli.asked).noneMatch(asked -> asked.contains("'dry_run':false"));
    }

    @Test
    void severalNotesAreAskedAboutOnATerminalAndRefusedWithout() {
        Outcome alone = cli.run("rename", "k3f9", "Budget", "--rewrite");
        assertThat(alone.exitCode()).isEqualTo(64);
        assertThat(alone.err()).isEqualTo("heph: links in 2 notes would be rewritten, and nobody is here to be asked: add --yes, or look first"
                + " with --dry-run\n");

        cli.terminal = Cli.TERMINAL;
        cli.in = "n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(cli.run("rename", "k3f9", "Budget", "--rewrite").exitCode()).isEqualTo(1);
        assertThat(cli.asked).noneMatch(asked -> asked.contains("'dry_run':false"));

        cli.in = "y\n".getBytes(StandardCharsets.UTF_8);
        Outcome agreed = cli.run("rename", "k3f9", "Budget", "--rewrite");
        assertThat(agreed.exitCode()).isZero();
        assertThat(agreed.out()).contains("\nRenamed Pay rent to m2x1 Budget, 2 links rewritten in 2 notes\n");
    }

    @Test
    void yesDoesNotAsk() {
        assertThat(cli.run("rename", "k3f9", "Budget", "--rewrite", "--yes").out())
                .isEqualTo("Renamed Pay rent to m2x1 Budget, 2 links rewritten in 2 notes\n");
    }
}
