package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Something that goes wrong in a call of the system, by strace.
 *
 * @param calls which; SQLite's driver calls fsync, others fdatasync: both, or it would be empty
 * @param what the process is killed in it, or the disk is full, or broken, at that moment
 */
record Fault(String calls, String what) {
    static final List<Fault> ALL = List.of(new Fault("fsync,fdatasync", "signal=KILL"), new Fault("pwrite64", "signal=KILL"),
            new Fault("pwrite64", "error=ENOSPC"), new Fault("fsync,fdatasync", "error=EIO"));

    static boolean canBeInjected() {
        return Files.isExecutable(Path.of("/usr/bin/strace"));
    }

    boolean kills() {
        return what.startsWith("signal");
    }

    /** What a process is being watched or broken with, until it is closed. */
    static final class Watch implements AutoCloseable {
        private final Process strace;
        private final Path log;

        private Watch(Process strace, Path log) {
            this.strace = strace;
            this.log = log;
        }

        /** Whether it came to that. */
        boolean hit() {
            try (Stream<String> lines = Files.lines(log)) {
                return lines.anyMatch(line -> line.contains("INJECTED") || line.contains("killed by SIGKILL"));
            } catch (IOException none) {
                return false;
            }
        }

        /** How many of the calls there were. */
        int calls() throws IOException {
            try (Stream<String> lines = Files.lines(log)) {
                return (int) lines.filter(line -> line.contains("(") && !line.contains("resumed")).count();
            }
        }

        /** One that has killed whom it traces may wait for ever, and keep it half alive, with its locks. */
        @Override
        public void close() throws InterruptedException {
            strace.destroy();
            if (!strace.waitFor(3, TimeUnit.SECONDS)) {
                strace.destroyForcibly().waitFor();
            }
        }
    }

    /** Watches these calls of a process, and lets none go wrong. */
    Watch watch(ProcessHandle process, Path log) throws IOException {
        return attached(process, log, List.of());
    }

    /** From now on the Nth of these calls of a process goes wrong. */
    Watch at(int n, ProcessHandle process, Path log) throws IOException {
        return attached(process, log, List.of("-e", "inject=" + calls + ":" + what + ":when=" + n));
    }

    private Watch attached(ProcessHandle process, Path log, List<String> injected) throws IOException {
        Files.deleteIfExists(log);
        List<String> command = Stream.of(List.of("strace", "-f", "-e", "trace=" + calls), injected, List.of("-o", log.toString(), "-p", "" + process.pid()))
                .flatMap(List::stream).toList();
        Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader said = strace.inputReader();
        assertThat(said.readLine()).contains("attached");
        Thread.ofVirtual().name("strace").start(() -> drain(said));
        return new Watch(strace, log);
    }

    /** What it says of each thread that comes, so that it does not wait for a reader. */
    private static void drain(BufferedReader said) {
        try (said) {
            said.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            return;
        }
    }

    @Override
    public String toString() {
        return calls + ":" + what;
    }
}
