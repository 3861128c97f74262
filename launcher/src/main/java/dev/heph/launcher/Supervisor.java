package dev.heph.launcher;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Flags;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps a home's processes alive. Its own process is small and does nothing else: the CLI starts it, in a session of its own, and
 * goes. All processes start at once; each waits for those it needs. A SIGTERM stops them in the reverse order.
 */
final class Supervisor implements AutoCloseable {
    static final String NAME = "supervisor";

    private final Home home;
    private final List<Supervised> processes = new ArrayList<>();
    private final CompletableFuture<HephException> failure = new CompletableFuture<>();

    /** @param commands by name, in the order of their start */
    Supervisor(Home home, Map<String, List<String>> commands, Map<String, String> environment) {
        this.home = home;
        commands.forEach((title, command) ->
                processes.add(new Supervised(title, command, environment, home, this::giveUp)));
    }

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Supervisor supervisor;
        try {
            Map<String, String> flags = Flags.parse(Arrays.asList(arguments));
            Home home = Home.locate(environment, Flags.home(flags)).create();
            var jvm = new Jvm(home, Installation.ofThisProcess(), flags);
            var commands = new LinkedHashMap<String, List<String>>();
            for (Part part : Part.values()) {
                commands.put(part.title(), jvm.service(part));
            }
            supervisor = new Supervisor(home, commands, environment);
            supervisor.start();
        } catch (HephException e) {
            exit(e);
            return;
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            supervisor.close();
            Runtime.getRuntime().halt(supervisor.failure.isDone() ? supervisor.failure.join().reason().exitCode() : 0);
        }));
        exit(supervisor.failure.join());
    }

    void start() {
        RunFile.ofThisProcess(NAME, 0, Instant.now()).write(home);
        processes.forEach(Supervised::start);
    }

    /** Completed when a process cannot come up. */
    CompletableFuture<HephException> failure() {
        return failure;
    }

    @Override
    public void close() {
        processes.reversed().forEach(Supervised::stop);
        RunFile.read(home, NAME)
                .filter(file -> file.pid() == ProcessHandle.current().pid())
                .ifPresent(file -> RunFile.delete(home, NAME));
    }

    private void giveUp(String title, int exitCode, String complaint) {
        String why = complaint.isEmpty() ? title + " ends with code " + exitCode + "; see: heph logs " + title : complaint;
        Reason reason = Arrays.stream(Reason.values())
                .filter(any -> any.exitCode() == exitCode)
                .findFirst()
                .orElse(Reason.INTERNAL);
        failure.complete(new HephException(reason, why));
    }

    private static void exit(HephException e) {
        System.err.println("heph: " + e.getMessage());
        System.exit(e.reason().exitCode());
    }
}
