package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.candidates;
import static dev.heph.cli.Answers.several;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that is nearly right, typed at a terminal: one more key instead of the command again. */
class MeantTest {
    private static final String OTHER_RENT = RENT.replace("Pay rent", "Pay rates").replace("C9K3F9", "C9K3FA");

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up();
        cli.terminal = Cli.TERMINAL;
        cli.answer("links.outgoing", "[]");
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void theOnlyOneIsOffered() {
        cli.answer("node.resolve", candidates(RENT));
        Cli.Outcome outcome = typed("y\n", "links", "pay");
        assertThat(outcome.err()).startsWith("heph: no note 'pay'. Is it k3f9 Pay rent? [y/N] ");
        assertThat(outcome.exitCode()).isZero();
        assertThat(cli.asked.getLast()).startsWith("links.outgoing").contains("K3F9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "n\n", "1\n"})
    void noAnswerIsNo(String answer) {
        cli.answer("node.resolve", candidates(RENT));
        Cli.Outcome outcome = typed(answer, "links", "pay");
        assertThat(outcome.exitCode()).isEqualTo(66);
        assertThat(outcome.err()).endsWith("heph: no note 'pay'. Did you mean k3f9 Pay rent? Try: heph list\n");
        assertThat(cli.asked).noneMatch(call -> call.startsWith("links"));
    }

    @Test
    void ofSeveralOneIsChosen() {
        cli.answer("node.resolve", candidates(RENT, OTHER_RENT));
        Cli.Outcome outcome = typed("2\n", "links", "pay");
        assertThat(outcome.err()).startsWith("""
                heph: no note 'pay'. Which is it?
                  1  k3f9 Pay rent
                  2  k3fa Pay rates
                [1-2, else none]\s""");
        assertThat(cli.asked.getLast()).startsWith("links.outgoing").contains("K3FA");
        assertThat(typed("3\n", "links", "pay").exitCode()).isEqualTo(66);

        cli.answer("node.resolve", several(RENT, BUDGET.replace("Budget", "Pay rent")));
        assertThat(typed("1\n", "links", "Pay rent").err()).startsWith("heph: 'Pay rent' fits several. Which is it?\n");
        assertThat(cli.asked.getLast()).contains("K3F9");
        assertThat(typed("n\n", "links", "Pay rent").exitCode()).isEqualTo(65);
    }

    @Test
    void whatIsOfAnotherKindIsNotOffered() {
        cli.answer("node.resolve", candidates(BUDGET));
        assertThat(typed("y\n", "done", "budget").err()).doesNotContain("[y/N]").contains("is a doc");
    }

    @Test
    void whereNobodyLooksNobodyIsAsked() {
        cli.answer("node.resolve", candidates(RENT));
        assertThat(typed("y\n", "links", "pay", "--json").exitCode()).isEqualTo(66);
        cli.terminal = new Terminal(false, true, true, false, 60);
        assertThat(typed("y\n", "links", "pay").exitCode()).isEqualTo(66);
        cli.terminal = new Terminal(true, false, true, false, 60);
        assertThat(typed("y\n", "links", "pay").exitCode()).isEqualTo(66);
        cli.terminal = new Terminal(true, true, false, false, 60);
        assertThat(typed("y\n", "links", "pay").exitCode()).as("the question goes there").isEqualTo(66);
    }

    private Cli.Outcome typed(String keys, String... words) {
        cli.in = keys.getBytes(StandardCharsets.UTF_8);
        return cli.run(words);
    }
}
