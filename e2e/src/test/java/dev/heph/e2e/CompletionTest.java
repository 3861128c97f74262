package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tab, pressed in the shells themselves, each on a terminal of its own: what stands on the line then. */
@TestInstance(Lifecycle.PER_CLASS)
class CompletionTest {
    private static final char TAB = '\t';

    /** Ctrl-T is bound to printing the line between angle brackets. */
    private static final char SHOW = 0x14;

    private static final String BASH = """
            source <(heph completion bash)
            shown() { printf '\\n<%s>\\n' "$READLINE_LINE"; exit; }
            bind -x '"\\C-t": shown'
            """;
    private static final String ZSH = """
            autoload -Uz compinit; compinit -u -D
            source <(heph completion zsh)
            shown() { print; print -r -- "<$BUFFER>"; exit }
            zle -N shown; bindkey '^T' shown
            """;

    private Path directory;
    private Device device;
    private String baker;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        device = Device.at(directory.resolve("home"));
        device.with("PATH", Files.createDirectory(directory.resolve("bin")) + ":" + System.getenv("PATH"))
                .with("ZDOTDIR", directory.toString())
                .with("TERM", "dumb")
                .with("HOME", directory.toString());
        command(directory.resolve("bin/heph"));
        Files.writeString(directory.resolve("bashrc"), BASH);
        Files.writeString(directory.resolve(".zshrc"), ZSH);
        device.heph("up").ok();
        device.heph("add", "Pay rent @house #home").ok();
        String id = device.heph("add", "Pay the baker @\"Reading list\" #town", "--json").ok().json().at("/task/id").asText();
        baker = id.substring(id.length() - 4).toLowerCase();
        device.heph("note", "Bread & butter").ok();
        device.heph("project", "add", "garden").ok();
        device.heph("project", "add", "GARAGE").ok();
    }

    @AfterAll
    void stop() {
        device.close();
    }

    /** What is typed, and what stands there after Tab; ID is the baker's. Where several fit, what was typed stays. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            heph unt            | heph untag
            heph un             | heph un
            heph list --lim     | heph list --limit
            heph done bake      | heph done ID
            heph done "the bak  | heph done "ID"
            heph done pay       | heph done pay
            heph move ID Read   | heph move ID Reading\\ list
            heph move ID hou    | heph move ID house
            heph add x @hou     | heph add x @house
            heph tasks '@Rea    | heph tasks '@"Reading list"'
            heph tasks "@hou    | heph tasks "@house"
            heph search x --tag to | heph search x --tag town
            heph add x "#to     | heph add x "#town"
            heph add x #to      | heph add x \\#town
            heph add 'Pay rent @hou       | heph add 'Pay rent @house'
            heph done --where '!red @hou  | heph done --where '!red @house'
            heph add 'Pay rent @nos       | heph add 'Pay rent @nos
            heph add x @gar               | heph add x @gar
            """)
    void tab(String typed, String completed) {
        String line = typed.replace("ID", baker);
        String expected = completed.replace("ID", baker);
        assumeTrue(isThere("script"), "needs script(1) for a terminal");

        assertThat(after(line, "bash --rcfile " + directory.resolve("bashrc") + " -i")).as("bash").isEqualTo(expected);

        assumeTrue(isThere("zsh"), "zsh is not installed; bash was tested");
        assertThat(after(line, "zsh -d -i")).as("zsh").isEqualTo(expected);
    }

    /** Fish shows only what fits what was typed, so it is told titles where the others are told ids. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            heph unt          | untag
            heph list --lim   | --limit
            heph done Pa      | Pay rent, Pay the baker
            heph done 'Pay r  | Pay rent
            heph move x Read  | Reading list
            heph add x @      | @"Reading list", @GARAGE, @garden, @house
            heph add 'x @h    | x @house
            heph tasks '@R    | @"Reading list"
            heph add x +t     | +town
            heph show Br      | Bread & butter
            """)
    void fish(String typed, String candidates) {
        assumeTrue(isThere("fish"), "fish is not installed");
        String script = "heph completion fish | source; complete -C $argv[1]";
        Outcome outcome = device.program(List.of("fish", "--no-config", "-c", script, typed));

        assertThat(outcome.ok().err()).isEmpty();
        assertThat(outcome.out().lines().map(line -> line.split("\t")[0]).sorted().collect(Collectors.joining(", "))).isEqualTo(candidates);
    }

    private String after(String line, String shell) {
        Outcome outcome = device.programWith(line + TAB + SHOW, List.of("timeout", "20", "script", "-qec", shell, "/dev/null"));
        return outcome.out()
                .lines()
                .filter(shown -> shown.startsWith("<"))
                .map(shown -> shown.substring(1, shown.lastIndexOf('>')).stripTrailing())
                .findFirst()
                .orElseThrow(() -> new AssertionError(shell + " showed no line: " + outcome.out()));
    }

    private boolean isThere(String program) {
        return device.program(List.of("sh", "-c", "command -v " + program)).exitCode() == 0;
    }

    private static void command(Path file) throws IOException {
        String command = Installation.cli().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
