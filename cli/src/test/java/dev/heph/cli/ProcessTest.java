package dev.heph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heph.cli.training.CannedGateway;
import dev.heph.settings.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: real pipes, a real terminal, real exit codes. */
class ProcessTest {
    private static final String NODE = Answers.BUDGET.replace("Budget", "B".repeat(300));

    @TempDir
    Path directory;

    @Test
    void closedOutput_isSilent() throws Exception {
        try (var gateway = gateway()) {
            assertThat(
                            shell(
                                    "(heph list --limit 10000; echo $? >&2) 2>&1 >/dev/null | cat; (heph list; echo exit $? >&2) | head -1 >/dev/null"))
                    .isEqualTo("0\nexit 0\n");
        }
    }

    @Test
    void fullDevice_isSaid() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        try (var gateway = gateway()) {
            assertThat(shell("heph list > /dev/full; echo $?"))
                    .isEqualTo("heph: cannot write the output: No space left on device\n1\n");
        }
    }

    @Test
    void colourOnATerminalOnly_andNeverWithNoColor() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1) for a terminal");
        try (var gateway = gateway()) {
            String onTerminal = "script -qec \"$HEPH rpc x | cat; $HEPH show x\" /dev/null";
            assertThat(shell("TERM=xterm COLUMNS=50 " + onTerminal)).contains("\u001b[1m");
            assertThat(shell("TERM=xterm NO_COLOR=1 " + onTerminal)).doesNotContain("\u001b[");
            assertThat(shell("TERM=dumb " + onTerminal)).doesNotContain("\u001b[");
            assertThat(shell("heph show x")).doesNotContain("\u001b[");
        }
    }

    /** What lays out markdown costs those commands nothing that do not. */
    @Test
    void markdownIsReadOnATerminalOnly() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1) for a terminal");
        try (var gateway = gateway()) {
            String told = "JAVA_TOOL_OPTIONS=-Xlog:class+load:file=" + directory + "/classes ";
            String count = "; grep -c 'org.commonmark\\|cli.markdown.Page' " + directory + "/classes";
            assertThat(shell(told + "heph show x >/dev/null 2>&1" + count)).isEqualTo("0\n");
            assertThat(shell(told + "script -qec \"$HEPH list --limit 1\" /dev/null >/dev/null" + count)).isEqualTo("0\n");
            assertThat(shell(told + "script -qec \"$HEPH show x\" /dev/null >/dev/null" + count)).isNotEqualTo("0\n");
        }
    }

    @Test
    void widthOfTheTerminal() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1) for a terminal");
        try (var gateway = gateway()) {
            String list = shell("unset COLUMNS; script -qec \"stty cols 70; $HEPH list --limit 1\" /dev/null");
            assertThat(list.lines().findFirst().orElseThrow().replaceAll("\u001b\\[\\d*m", ""))
                    .hasSize(70);
        }
    }

    @Test
    void exitCode() throws Exception {
        assertThat(shell("heph nonsense; echo $?")).endsWith("\n64\n");
        assertThat(shell("heph list --no-start; echo $?")).endsWith("\n69\n");
    }

    /** With the real four, for only they show whether something is left behind. */
    @Test
    void try_ended_stopsWhatItStarted() throws Exception {
        Files.writeString(directory.resolve("Bread.md"), "See [[Rye]].");
        Process tour = heph("exec $HEPH try " + directory);
        try (var out = tour.inputReader()) {
            out.lines().filter(line -> line.contains("heph import")).findFirst().orElseThrow();
            tour.toHandle().destroy();
            String rest = out.lines().collect(Collectors.joining("\n"));

            String home =
                    rest.substring(rest.indexOf("rm -r ") + "rm -r ".length()).strip();
            assertThat(home).contains("heph-try-");
            assertThat(ProcessHandle.allProcesses()
                            .filter(process -> commandLine(process).contains(home)))
                    .isEmpty();
            assertThat(tour.waitFor()).isEqualTo(130);
        }
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    private CannedGateway gateway() throws IOException {
        String nodes = Answers.nodes(1_000, Collections.nCopies(1_000, NODE).toArray(String[]::new));
        return new CannedGateway(
                Home.in(directory).create().socket(),
                (method, params, send) -> "\"result\":"
                        + switch (method) {
                            case "node.list" -> nodes;
                            case "node.resolve" -> Answers.found(NODE);
                            case "node.get" -> NODE;
                            default -> "[]";
                        });
    }

    private String shell(String command) throws Exception {
        Process running = heph("heph() { $HEPH \"$@\"; }; " + command);
        running.getOutputStream().close();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        running.waitFor();
        return output;
    }

    /** A shell in which {@code $HEPH} is the command. */
    private Process heph(String script) throws IOException {
        var process = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
        process.environment()
                .put(
                        "HEPH",
                        System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -cp "
                                + System.getProperty("java.class.path") + " dev.heph.cli.Heph");
        process.environment().put("HEPH_HOME", directory.toString());
        process.environment().put("TMPDIR", directory.toString());
        process.environment().keySet().removeAll(Set.of("NO_COLOR", "JAVA_TOOL_OPTIONS"));
        return process.start();
    }
}
