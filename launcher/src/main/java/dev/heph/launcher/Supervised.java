package dev.heph.launcher;

import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One process that is kept alive: started, its output written to its log, started again with {@link BackOff} whenever it ends. One
 * thread for its whole life. Before it has worked once, some ends are final, see {@link #isFinal}.
 */
final class Supervised {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_BAD_DATA = 65;
    private static final int TRIES_AT_START = 5;

    private final String title;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Home home;
    private final LogFile log;
    private final GivesUp givesUp;
    private final BackOff backOff = new BackOff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile Process process;
    private String complaint = "";
    private boolean hasWorked;
    private int failuresAtStart;

    /** Told when a process cannot come up. */
    @FunctionalInterface
    interface GivesUp {
        void tell(String title, int exitCode, String complaint);
    }

    Supervised(String title, List<String> command, Map<String, String> environment, Home home, GivesUp givesUp) {
        this.title = title;
        this.command = command;
        this.environment = environment;
        this.home = home;
        this.givesUp = givesUp;
        this.log = new LogFile(home.log(title));
        this.thread = Thread.ofPlatform().name(title).unstarted(this::keepAlive);
    }

    void start() {
        thread.start();
    }

    /** Asks the process to end, makes it if it does not, and starts no other. Returns when it is gone. */
    void stop() {
        stopping.countDown();
        try {
            Process last = process;
            if (last != null) {
                HomeProcesses.stop(home, last.toHandle(), HomeProcesses.GRACE);
            }
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            log.close();
        }
    }

    private void keepAlive() {
        try {
            while (!stops()) {
                long began = System.nanoTime();
                int exitCode = live();
                if (stops()) {
                    return;
                }
                if (isFinal(exitCode)) {
                    givesUp.tell(title, exitCode, complaint);
                    return;
                }
                Duration pause = backOff.after(Duration.ofNanos(System.nanoTime() - began));
                note("ended with code " + exitCode + "; it is started again in " + pause.toMillis() + " ms");
                stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            givesUp.tell(title, EXIT_FAILED, "cannot start " + command.getFirst() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One life of the process. @return its exit code */
    private int live() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(home.data().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started; // its input stays open for as long as we live: that is how it sees that we do
        if (stops()) { // the stop came between the check and the start, and has not seen this process
            started.destroy();
        }
        complaint = "";
        try (var output = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.add(line);
                if (line.startsWith("heph: ")) {
                    complaint = line.substring("heph: ".length());
                }
            }
        }
        int exitCode = started.waitFor();
        hasWorked |= exitCode == 0 || RunFile.read(home, title).filter(file -> file.pid() == started.pid()).isPresent();
        return exitCode;
    }

    /**
     * A process has worked if its end left its run file (it was killed), or was clean: then it was told to stop, by somebody else than
     * we, and removed the file. Before it has worked once: bad settings stay bad, so the first such end is final; anything else that a process can fail by
     * may pass (data still locked by a predecessor), so that is tried five times. Later, nothing is final.
     */
    private boolean isFinal(int exitCode) {
        if (hasWorked) {
            return false;
        }
        failuresAtStart++;
        return exitCode == EXIT_BAD_DATA || failuresAtStart >= TRIES_AT_START;
    }

    private void note(String what) {
        log.add(Instant.now() + " WARNING launcher " + title + " " + what);
    }

    private boolean stops() {
        return stopping.getCount() == 0;
    }
}
