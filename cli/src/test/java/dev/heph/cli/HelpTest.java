package dev.heph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
    private static final Path REFERENCE = Path.of("../docs/reference/cli.md");
    private static final Pattern COMMAND = Pattern.compile("^  ([a-z-]+)  ", Pattern.MULTILINE);
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `([a-z-]+)", Pattern.MULTILINE);

    @TempDir
    Path directory;

    @Test
    void bare_threeLinesOnHowToBegin() {
        assertThat(new Cli(directory).run()).isEqualTo(new Cli.Outcome(0, """
                heph keeps your notes and tasks in one graph, on this device.
                Begin:  heph note 'First note'    heph add Pay rent tomorrow    heph import ~/notes
                Look first, on a throw-away copy:  heph try    Every command:  heph help
                """, ""));
    }

    @Test
    void everyCommandHasHelp_andIsInTheReference() throws IOException {
        var cli = new Cli(directory);
        List<String> commands = COMMAND.matcher(cli.run("help").out())
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(commands).hasSizeGreaterThan(25);
        assertThat(commands).allSatisfy(command -> {
            assertThat(cli.run("help", command).out()).startsWith("Usage: heph " + command);
            assertThat(cli.run(command, "--help")).isEqualTo(cli.run("help", command));
        });
        assertThat(DOCUMENTED.matcher(Files.readString(REFERENCE)).results()
                        .map(found -> found.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(commands);
    }

    @Test
    void help_command() {
        assertThat(new Cli(directory).run("help", "done").out()).isEqualTo("""
                Usage: heph done [--dry-run] [-h] [--json] [--no-start] [--yes] [--home=DIR] [--ids=-]
                                 [--where=FILTER] [TASK...]
                mark tasks as done; one that repeats: the date at which it stands, the oldest
                      [TASK...]        short ids or titles
                      --dry-run        only show which tasks that would be
                  -h, --help           this text
                      --home=DIR       use the data, settings and daemon in DIR (instead of HEPH_HOME)
                      --ids=-          the tasks whose ids a pipe names, the first word of each line
                      --json           the result as JSON: docs/reference/cli.md
                      --no-start       fail instead of starting the daemon
                      --where=FILTER   the tasks that match, such as '#home do<=today'; asks when there are several
                      --yes            do not ask
                  $ heph done k3f9 m2x1
                  $ heph done --where '#shopping' --dry-run
                """);
    }
}
