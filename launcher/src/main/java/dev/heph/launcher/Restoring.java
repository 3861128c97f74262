package dev.heph.launcher;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The store's process that restores a backup: it looks the file over first, and waits until nothing works on the data. */
final class Restoring implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private Restoring(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    static Restoring start(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            return new Restoring(builder.start());
        } catch (IOException e) {
            throw new HephException(Reason.INTERNAL, "cannot start " + command.getFirst() + ": " + IoReason.of(e), e);
        }
    }

    /** Returns when the file will do. @throws HephException why it will not; nothing was changed */
    void awaitChecked() {
        try {
            if (said.readLine() == null) {
                throw failure();
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Has it go on, and waits for the end. */
    Restored finish(boolean stopped) {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            Map<String, String> result = new HashMap<>();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                int equals = line.indexOf('=');
                result.put(line.substring(0, equals), line.substring(equals + 1));
            }
            if (process.waitFor() != 0) {
                throw failure();
            }
            return new Restored(
                    Optional.ofNullable(result.get("at")).map(Long::parseLong).map(Instant::ofEpochMilli),
                    Optional.ofNullable(result.get("aside")).map(Path::of),
                    Long.parseLong(result.get("notes")),
                    Long.parseLong(result.get("ops")),
                    Long.parseLong(result.get("devices")),
                    Long.parseLong(result.get("bytes")),
                    stopped);
        } catch (IOException e) {
            throw broken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken(e);
        }
    }

    /** What it said when it ended. */
    private HephException failure() {
        try (BufferedReader complaints = process.errorReader(StandardCharsets.UTF_8)) {
            String complaint = LogFile.lastComplaint(complaints.lines().toList());
            int exitCode = process.waitFor();
            Reason reason = Stream.of(Reason.values()).filter(any -> any.exitCode() == exitCode).findFirst().orElse(Reason.INTERNAL);
            return new HephException(reason, complaint.isEmpty() ? "the restore ended with code " + exitCode : complaint);
        } catch (IOException e) {
            return broken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken(e);
        }
    }

    private static HephException broken(Exception e) {
        return new HephException(Reason.INTERNAL, "the restore broke off; what was there is there, or in data/backups. Look: heph doctor", e);
    }

    /** One that still waits gives up. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException | InterruptedException e) {
            process.destroy();
        }
    }
}
