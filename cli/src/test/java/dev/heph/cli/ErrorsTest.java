package dev.heph.cli;

import static dev.heph.cli.Answers.BUDGET;
import static dev.heph.cli.Answers.RENT;
import static dev.heph.cli.Answers.candidates;
import static dev.heph.cli.Answers.found;
import static dev.heph.cli.Answers.several;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error text, once. Each is one line (candidates aside), and nothing goes to standard output. */
class ErrorsTest {
    private static final String OTHER_RENT =
            RENT.replace("Pay rent", "Pay rates").replace("C9K3F9", "C9K3FA");

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            serch rye             | heph: no command 'serch'. Did you mean search? Try: heph help
            frobnicate            | heph: no command 'frobnicate'. Try: heph help
            show                  | heph: show needs a NOTE. Try: heph help show
            link k3f9             | heph: link needs a TO. Try: heph help link
            search                | heph: search needs a WORD. Try: heph help search
            show a b              | heph: show does not take 'b' as well. Try: heph help show
            list --knid task      | heph: unknown option '--knid'. Did you mean --kind? Try: heph help list
            search rye --limti 3  | heph: unknown option '--limti'. Did you mean --limit? Try: heph help search
            list -x               | heph: unknown option '-x'. Try: heph help list
            list --limit ten      | heph: --limit takes a number, not 'ten'. Try: heph help list
            list --kind           | heph: --kind needs a value: KIND. Try: heph help list
            list --json --json    | heph: --json stands there twice: leave one out. Try: heph help list
            list --json=maybe     | heph: --json takes no value. Try: heph help list
            """)
    void usage(String line, String message) {
        assertThat(cli.run(line.split(" "))).isEqualTo(new Cli.Outcome(64, "", message + "\n"));
    }

    /** An unset variable of a script must not mean the folder it happens to run in. */
    @ParameterizedTest
    @ValueSource(strings = {"import ''", "import --from todoist ''", "export ''", "backup ''", "backup restore ''", "try ''", "list --home ''",
            "--home '' list"})
    void anEmptyPathIsNoFolder(String line) {
        String[] words = line.split(" ");
        for (int at = 0; at < words.length; at++) {
            words[at] = words[at].equals("''") ? "" : words[at];
        }
        fails(65, "heph: a path must not be empty; the folder you are in is .\n", words);
        assertThat(cli.asked).isEmpty();
    }

    @Test
    void notFound_nearMisses() {
        cli.answer("node.resolve", candidates(RENT));
        fails(66, "heph: no note 'k3f'. Did you mean k3f9 Pay rent? Try: heph list\n", "show", "k3f");

        cli.answer("node.resolve", candidates(RENT, OTHER_RENT));
        fails(66, "heph: no note 'pay'. Did you mean k3f9 Pay rent or k3fa Pay rates? Try: heph list\n", "edit", "pay");

        cli.answer("node.resolve", candidates(RENT, OTHER_RENT, BUDGET, BUDGET));
        fails(
                66,
                "heph: no note 'pay'. Did you mean k3f9 Pay rent, k3fa Pay rates or m2x1 Budget? Try: heph list\n",
                "show",
                "pay");

        cli.answer("node.resolve", candidates());
        fails(66, "heph: no task 'x'. Try: heph list --kind task\n", "done", "x");
    }

    @Test
    void aNameIsHarmlessAndStaysOnItsLine() {
        cli.answer("node.resolve", candidates());
        fails(66, "heph: no note 'a [31mb c'. Try: heph list\n", "show", "a\u001b[31mb\nc");
    }

    @Test
    void ambiguous_candidatesOneALine() {
        cli.answer("node.resolve", several(RENT, BUDGET.replace("Budget", "pay rent")));
        fails(
                65,
                "heph: 'Pay rent' fits several, take the one you mean by its id:\n"
                        + "  k3f9  task  Pay rent\n  m2x1  doc  pay rent\n",
                "show",
                "Pay rent");
    }

    @Test
    void ambiguous_filesOfOneNameAreToldApartByTheirPaths() {
        cli.answer("node.resolve", several(RENT, TaskAnswers.with(BUDGET.replace("Budget", "Pay rent"), "'path':'old/Pay rent.md'").replace('\'', '"')));
        fails(
                65,
                "heph: 'Pay rent' fits several, take the one you mean by its id:\n"
                        + "  k3f9  task  Pay rent\n  m2x1  doc  Pay rent  old/Pay rent.md\n",
                "show",
                "Pay rent");
    }

    @Test
    void gatewayRefuses() {
        cli.refuse("capture", -32602, "invalid-params", "'soon' is no date", "");
        fails(65, "heph: 'soon' is no date\n", "add", "Pay rent", "--do", "soon");

        cli.refuse("capture", -32005, "ambiguous", "two projects are called 'House'", RENT + "," + BUDGET);
        fails(
                65,
                "heph: two projects are called 'House'\n  k3f9  task  Pay rent\n  m2x1  doc  Budget\n",
                "add",
                "x",
                "--project",
                "House");

        cli.refuse("capture", -32011, "no-space", "the disk is full; nothing was written", "");
        fails(75, "heph: the disk is full; nothing was written\n", "add", "x");

        cli.refuse("board", -32003, "away", "the store is away; try again", "");
        fails(69, "heph: the store is away; try again\n", "next");

        fails(64, "heph: no method 'frob'\n", "rpc", "frob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "nope"})
    void rpc_badJson(String params) {
        Cli.Outcome outcome = cli.run("rpc", "node.get", params);
        assertThat(outcome.exitCode()).isEqualTo(65);
        assertThat(outcome.err())
                .startsWith("heph: the parameters are not JSON: ")
                .endsWith(". Try: heph rpc node.get '{\"id\": \"k3f9\"}'\n");
    }

    @Test
    void import_noFolder() throws IOException {
        fails(
                66,
                "heph: " + directory + "/none does not exist; heph import takes a folder of markdown files, or with --from a file of tasks\n",
                "import",
                "none");
        Files.writeString(directory.resolve("a.md"), "x");
        fails(
                66,
                "heph: " + directory + "/a.md is not a folder; heph import takes a folder of markdown files, or with --from a file of tasks\n",
                "import",
                "a.md");
    }

    @Test
    void import_noFile() {
        String takes = "; heph import --from takes the file that the other program wrote\n";
        fails(66, "heph: " + directory + "/none does not exist" + takes, "import", "--from", "todoist", "none");
        fails(66, "heph: " + directory + " is not a file" + takes, "import", "--from", "todoist", ".");
    }

    @Test
    void note_notUtf8() {
        cli.in = new byte[] {'a', (byte) 0xff};
        fails(65, "heph: standard input is not UTF-8; nothing was saved\n", "note", "x");
        assertThat(cli.asked).isEmpty();
    }

    @Test
    void try_nothingToShow() {
        fails(66, "heph: " + directory + "/none is not a folder. Try: heph try ~/notes\n", "try", "none");
        fails(
                64,
                "heph: heph try makes a home of its own and takes no --home. Try: heph try FOLDER\n",
                "try",
                "--home",
                "x");
    }

    @Test
    void settings_unknownVariable() {
        cli.environment.put("HEPH_ZOEN", "UTC");
        cli.answer("node.list", Answers.nodes(1, RENT));
        fails(65, "heph: unknown environment variable HEPH_ZOEN; did you mean HEPH_ZONE?\n", "list");
    }

    @Test
    void gatewayTalksNonsense() {
        cli.answer("board", "{'a'");
        Cli.Outcome outcome = cli.run("next");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("heph: the daemon's answer is not JSON: ")
                .endsWith("Try: heph down\n")
                .hasLineCount(1);
    }

    @Test
    void defect_isOneLineToo() {
        cli.answer("node.resolve", found("{\"id\":7}")).answer("node.get", params -> null);
        Cli.Outcome outcome = cli.run("show", "x");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("heph: ").hasLineCount(1);
    }

    private void fails(int exitCode, String message, String... words) {
        assertThat(cli.run(words)).isEqualTo(new Cli.Outcome(exitCode, "", message));
    }
}
