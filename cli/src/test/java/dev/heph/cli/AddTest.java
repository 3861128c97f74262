package dev.heph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddTest {
    private static final String RENT = Answers.json("{'echo':'Pay rent · do Sun 22 Nov · red','task':" + Answers.RENT + "}");

    private static final String ADDED = "Added k3f9 Pay rent · do Sun 22 Nov · red\n";

    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(directory).up().answer("capture", RENT);
    }

    @AfterEach
    void stop() throws IOException {
        cli.close();
    }

    @Test
    void echoesWhatWasUnderstood() {
        assertThat(cli.run("add", "Pay", "rent", "tomorrow", "!red")).isEqualTo(new Outcome(0, ADDED, ""));
        assertThat(cli.asked).containsExactly("capture {'line':'Pay rent tomorrow !red'}");
    }

    @Test
    void onATerminal_howToTakeItBack() {
        cli.terminal = Cli.COLOUR;
        assertThat(cli.run("add", "Pay rent").out())
                .isEqualTo("Added \u001b[33mk3f9\u001b[0m Pay rent · do Sun 22 Nov · red\n\u001b[2mundo: heph undo\u001b[0m\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            add Pay @rent -1                          | Pay @rent -1
            add Pay --do 2026-11-22 --attention=red   | do:\\"2026-11-22\\" !red Pay
            add --late=1dec --project House Pay rent  | late:\\"1dec\\" @\\"House\\" Pay rent
            add --attention later --project @a/b x    | !blue @\\"a/b\\" x
            add Learn -- #x --do it                   | Learn -- #x --do it
            add --attention red -- --json             | !red -- --json
            task add Pay rent                         | Pay rent
            """)
    void whatIsTyped_becomesOneLine(String typed, String line) {
        assertThat(cli.run(typed.split(" ")).exitCode()).isZero();
        assertThat(cli.asked).containsExactly("capture {'line':'" + line.replace("\\\"", "\\'") + "'}");
    }

    @Test
    void dryRun_theEchoOnly() {
        cli.answer("capture", "{'echo':'Pay rent · red'}");
        assertThat(cli.run("add", "Pay rent !red", "--dry-run")).isEqualTo(new Outcome(0, "Pay rent · red\n", ""));
        assertThat(cli.asked).containsExactly("capture {'line':'Pay rent !red','dry_run':true}");
    }

    @Test
    void json_isTheResult() {
        assertThat(cli.run("add", "Pay rent", "--json").out()).isEqualTo(RENT + "\n");
    }

    @Test
    void fromAPipe_oneTaskALine() {
        cli.in = "Pay rent\n\n  Read \r\n".getBytes(StandardCharsets.UTF_8);

        assertThat(cli.run("add", "--project", "House").out())
                .isEqualTo(ADDED.repeat(2));
        assertThat(cli.asked).as("one action, to be undone at once").containsExactly("capture {'line':'@\\'House\\' Pay rent'}",
                "capture {'line':'@\\'House\\' Read','with':'" + Answers.RENT_ID + "'}");
        assertThat(cli.run("add", "-").out()).as("as other programs name a pipe").isEqualTo(ADDED.repeat(2));
    }

    @Test
    void fromAPipe_aLineThatIsRefusedIsNamed_andTheOthersAreAdded() {
        cli.in = "Pay rent\n\nRead !rde\n".getBytes(StandardCharsets.UTF_8);
        cli.answer(
                "capture", params -> params.at("line").text().contains("!rde") ? refusal("invalid-params") : "\"result\":" + RENT);

        assertThat(cli.run("add"))
                .isEqualTo(new Outcome(2, ADDED, "heph: line 3: no mark '!rde'\n"));

        cli.in = "Read !rde\n".getBytes(StandardCharsets.UTF_8);
        assertThat(cli.run("add")).isEqualTo(new Outcome(65, "", "heph: line 1: no mark '!rde'\n"));
    }

    @Test
    void fromAPipe_endsWhenTheStoreIsAway() {
        cli.in = "a\nb\nc\n".getBytes(StandardCharsets.UTF_8);
        cli.answer("capture", params -> params.at("line").text().equals("a") ? "\"result\":" + RENT : refusal("away"));

        assertThat(cli.run("add")).isEqualTo(new Outcome(69, ADDED, "heph: line 2: no mark '!rde'\n"));
    }

    @Test
    void withoutALine() {
        assertThat(cli.run("add"))
                .isEqualTo(new Outcome(64, "", "heph: add needs a LINE, and standard input has none. Try: heph help add\n"));
        cli.terminal = Cli.TERMINAL;
        assertThat(cli.run("add"))
                .isEqualTo(new Outcome(64, "", "heph: add needs a LINE, such as 'Pay rent tomorrow'. Try: heph help add\n"));
    }

    private static String refusal(String reason) {
        return "\"error\":{\"code\":-1,\"message\":\"no mark '!rde'\",\"data\":{\"reason\":\"" + reason + "\"}}";
    }
}
