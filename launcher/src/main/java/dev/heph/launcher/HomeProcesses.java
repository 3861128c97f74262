package dev.heph.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heph.settings.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The processes that were started for a home, known by a mark in their command line. A pid in a file may have passed to somebody
 * else's process; the mark cannot.
 */
final class HomeProcesses {
    /** Longer than a service takes to finish what is under way. */
    static final Duration GRACE = Duration.ofSeconds(7);

    /** For the one that stops the other four, one after the other. */
    static final Duration ROOT_GRACE = Duration.ofSeconds(30);

    private static final long POLL_MS = 5;

    private HomeProcesses() {}

    /** The argument of every JVM that is started for this home. */
    static String mark(Home home) {
        return "-Dheph.run=" + home.run();
    }

    /** Every live process of this home, whether or not it has come so far as to write a run file. */
    static List<ProcessHandle> of(Home home) {
        return ProcessHandle.allProcesses().filter(process -> belongs(process, home)).toList();
    }

    /** Whether the pid is one of this home's processes. */
    static boolean contains(Home home, long pid) {
        return ProcessHandle.of(pid).filter(process -> belongs(process, home)).isPresent();
    }

    /** Asks one of this home's processes to end, and makes it, if it does not within the grace. Returns when it is gone. */
    static void stop(Home home, ProcessHandle process, Duration grace) {
        process.destroy();
        if (!ends(home, process, grace)) {
            process.destroyForcibly();
            ends(home, process, GRACE);
        }
    }

    /**
     * Waits for the end of one of this home's processes: until it has lost its mark, because one that has ended counts as alive
     * until its parent asks how, and it is not always we.
     *
     * @return whether it came in time
     */
    static boolean ends(Home home, ProcessHandle process, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (belongs(process, home)) {
                if (System.nanoTime() > end) {
                    return false;
                }
                Thread.sleep(POLL_MS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean belongs(ProcessHandle process, Home home) {
        return process.isAlive() && arguments(process).contains(mark(home));
    }

    /** From /proc where there is one: the JDK gives no arguments at all for a command line longer than a page, and a class path is. */
    private static List<String> arguments(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), UTF_8).split("\0"));
        } catch (IOException noProcOrNotOurs) {
            return process.info().arguments().map(List::of).orElse(List.of());
        }
    }
}
