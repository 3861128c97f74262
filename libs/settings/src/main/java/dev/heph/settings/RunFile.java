package dev.heph.settings;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a running service says about itself in {@code run/<service>.json}. The file is believed only as far as its process lives
 * and answers: it may be left over from a crash.
 *
 * @param port on 127.0.0.1; 0 for a process that does not listen
 * @param build what its launcher started, see {@link #BUILD_PROPERTY}
 */
public record RunFile(String service, long pid, int port, String build, Instant startedAt) {
    /** The system property by which the launcher tells a process of which build it is; without it that is the version. */
    public static final String BUILD_PROPERTY = "heph.build";

    /** The system property of a process whose supervisor holds the other end of its standard input: it ends when that does. */
    public static final String SUPERVISED_PROPERTY = "heph.supervised";

    /** For the service of this process. */
    public static RunFile ofThisProcess(String service, int port, Instant now) {
        return new RunFile(
                service, ProcessHandle.current().pid(), port, System.getProperty(BUILD_PROPERTY, Version.CURRENT), now);
    }

    /** Writes the file in one step: a reader sees the old one or the new one, never a part. */
    public void write(Home home) {
        Path file = home.runFile(service);
        Path draft = file.resolveSibling(service + ".json." + pid);
        try {
            Files.writeString(draft, toJson());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot write " + file + ": " + IoReason.of(e), e);
        }
    }

    /** The service's file; empty if there is none or it is not one of ours. */
    public static Optional<RunFile> read(Home home, String service) {
        try {
            return parse(Files.readString(home.runFile(service)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Removes the file if it still speaks of this process, and not of a successor. */
    public void remove(Home home) {
        if (read(home, service).filter(this::sameProcess).isPresent()) {
            delete(home, service);
        }
    }

    /** Removes what a process that is gone has left. */
    public static void delete(Home home, String service) {
        try {
            Files.deleteIfExists(home.runFile(service));
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot remove " + home.runFile(service) + ": " + IoReason.of(e), e);
        }
    }

    /** Whether the process lives. The pid may have passed to another one: only an answer of the service proves it is there. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private boolean sameProcess(RunFile other) {
        return other.pid == pid && other.port == port;
    }

    private String toJson() {
        return "{\"service\":\"%s\",\"pid\":%d,\"port\":%d,\"build\":\"%s\",\"started_at\":\"%s\"}%n"
                .formatted(service, pid, port, build, startedAt);
    }

    /** The format is fixed and written by us alone, so a JSON library, which the CLI would have to load, is not needed. */
    private static Optional<RunFile> parse(String json) {
        try {
            return Optional.of(new RunFile(
                    field(json, "service"),
                    Long.parseLong(field(json, "pid")),
                    Integer.parseInt(field(json, "port")),
                    field(json, "build"),
                    Instant.parse(field(json, "started_at"))));
        } catch (IllegalArgumentException | DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    private static String field(String json, String name) {
        String start = "\"" + name + "\":";
        int from = json.indexOf(start);
        if (from < 0) {
            throw new IllegalArgumentException(name);
        }
        from += start.length();
        int to = from;
        while (to < json.length() && json.charAt(to) != ',' && json.charAt(to) != '}') {
            to++;
        }
        return json.substring(from, to).strip().replace("\"", "");
    }
}
