package dev.heph.launcher;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.IoReason;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A process that outlives the one that starts it, and its terminal. */
final class Detached {
    private final Process process;
    private final Path log;
    private final long logLengthBefore;

    private Detached(Process process, Path log, long logLengthBefore) {
        this.process = process;
        this.log = log;
        this.logLengthBefore = logLengthBefore;
    }

    /** @param title names its log */
    static Detached start(Home home, String title, List<String> command, Map<String, String> environment) {
        Path log = home.log(title);
        try {
            LogFile.turnIfLong(log);
            long before = Files.exists(log) ? Files.size(log) : 0;
            var builder = new ProcessBuilder(ownSession(command))
                    .directory(home.data().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            // Java takes the encoding of file names from here; a service has no other use for a locale
            builder.environment().put("LC_ALL", "C.UTF-8");
            return new Detached(builder.start(), log, before);
        } catch (IOException e) {
            throw new HephException(Reason.INTERNAL, "cannot start " + command.getFirst() + ": " + IoReason.of(e), e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Why it ended, in its own words; empty while it lives. */
    Optional<HephException> failure() {
        if (process.isAlive()) {
            return Optional.empty();
        }
        int exitCode = process.exitValue();
        Reason reason = Stream.of(Reason.values())
                .filter(any -> any.exitCode() == exitCode)
                .findFirst()
                .orElse(Reason.INTERNAL);
        String complaint = LogFile.lastComplaint(written());
        return Optional.of(new HephException(
                reason, complaint.isEmpty() ? "heph ended at its start with code " + exitCode + "; see " + log : complaint));
    }

    private List<String> written() {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = (int) Math.min(logLengthBefore, all.length);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * A session of its own: neither Ctrl-C nor the end of the terminal reaches it. Where there is no setsid (macOS) nohup saves it
     * from the latter at least. Both replace themselves by the command, so the pid is its own.
     */
    private static List<String> ownSession(List<String> command) {
        var whole = new ArrayList<String>();
        Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/bin/nohup")
                .filter(tool -> Files.isExecutable(Path.of(tool)))
                .findFirst()
                .ifPresent(whole::add);
        whole.addAll(command);
        return whole;
    }
}
