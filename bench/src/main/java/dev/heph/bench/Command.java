package dev.heph.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A peer's program, run as a person runs it. */
record Command(String program) {
    private static final int PATIENCE_SECONDS = 1_800;

    /** The first line with a version of what it says it is; empty where it is not installed. */
    Optional<String> version(String flag) throws Exception {
        try {
            Process process = new ProcessBuilder(program, flag).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? said.lines().filter(line -> line.matches(".*\\d\\.\\d.*")).findFirst() : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    /** Runs it and waits for its end, its output thrown away. @param most the greatest exit code that is no failure */
    void run(int most, String... arguments) throws Exception {
        Process process = start(arguments);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(program + " has not ended after " + PATIENCE_SECONDS + " s");
        }
        if (process.exitValue() > most) {
            throw new IllegalStateException(program + " " + String.join(" ", arguments) + " ended with " + process.exitValue());
        }
    }

    /** Starts it and leaves it running. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }
}
