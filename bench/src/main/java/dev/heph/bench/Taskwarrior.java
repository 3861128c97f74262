package dev.heph.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The peer that keeps tasks in files, driven as a person does, with data of its own. */
final class Taskwarrior {
    private static final int PATIENCE_SECONDS = 600;

    private final Path directory;

    Taskwarrior(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Files.writeString(directory.resolve("taskrc"), "data.location=" + directory.resolve("data") + "\nconfirmation=no\nhooks=off\n");
        Files.createDirectories(directory.resolve("data"));
    }

    /** What it says it is; empty where it is not installed. */
    static Optional<String> version() throws Exception {
        try {
            Process process = new ProcessBuilder("task", "--version").redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    /** Runs a command and waits for its end, its output thrown away. */
    void task(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("task"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("TASKRC", directory.resolve("taskrc").toString());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " has not ended after " + PATIENCE_SECONDS + " s");
        }
        if (process.exitValue() > 1) { // 1: no matches
            throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }
}
