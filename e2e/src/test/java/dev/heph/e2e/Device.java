package dev.heph.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One device: its directory, the commands that are typed on it, and its processes, which end with it whatever happened. */
final class Device implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;
    private static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    private final Path home;
    private final Path run;
    private final List<String> prefix;
    private final Map<String, String> environment =
            new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8"));

    private Device(Path home, Path run, List<String> prefix) {
        this.home = home;
        this.run = run;
        this.prefix = prefix;
    }

    /** Everything is below that directory, which need not exist. */
    static Device at(Path home) {
        return as(home, List.of());
    }

    /** @param prefix what the commands are run by, such as another user */
    static Device as(Path home, List<String> prefix) {
        return new Device(home, home.resolve("run"), prefix).with("HEPH_HOME", home.toString());
    }

    /** A user with a home directory, and the places that desktops set. */
    static Device ofUser(Path user, Path runtimeDirectory) {
        return new Device(user, runtimeDirectory.resolve("heph"), List.of())
                .with("HOME", user.toString())
                .with("XDG_RUNTIME_DIR", runtimeDirectory.toString());
    }

    Device with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Device without(String variable) {
        environment.remove(variable);
        return this;
    }

    Path home() {
        return home;
    }

    Path data() {
        return home.resolve("data");
    }

    /** Removes all its data; it must not run. */
    void forget() {
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path socket() {
        return run.resolve("hephd.sock");
    }

    /** Runs a command to its end, with nothing on its standard input. */
    Outcome heph(String... words) {
        return hephWith("", words);
    }

    Outcome hephWith(String input, String... words) {
        return hephWith(input.getBytes(StandardCharsets.UTF_8), words);
    }

    Outcome hephWith(byte[] input, String... words) {
        return finish(start(Installation.cli(words)), input);
    }

    /** Starts a command and does not wait. */
    CompletableFuture<Outcome> begin(String... words) {
        Process process = start(Installation.cli(words));
        return CompletableFuture.supplyAsync(() -> finish(process, new byte[0]), ASIDE);
    }

    /** Runs a service by itself; it is expected to end at once. */
    Outcome service(String mainClass) {
        return finish(start(Installation.service(mainClass, home)), new byte[0]);
    }

    /** Runs any program in this device's environment. */
    Outcome program(List<String> command) {
        return programWith("", command);
    }

    Outcome programWith(String input, List<String> command) {
        return finish(start(command), input.getBytes(StandardCharsets.UTF_8));
    }

    Client connect() {
        return Client.connect(socket());
    }

    /** The process that its run file names. */
    ProcessHandle process(String service) {
        try {
            long pid = Json.read(Files.readString(run.resolve(service + ".json")))
                    .path("pid")
                    .asLong();
            return ProcessHandle.of(pid)
                    .filter(this::isOurs)
                    .orElseThrow(() -> new IllegalStateException(service + " is gone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process that was started for this device, known by what its command line says. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    /** A process that has ended and was not asked how has no command line any more. */
    private boolean isOurs(ProcessHandle process) {
        return arguments(process).contains("-Dheph.run=" + run);
    }

    private static List<String> arguments(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }

    private Process start(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        var builder = new ProcessBuilder(whole);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome finish(Process process, byte[] input) {
        var out = CompletableFuture.supplyAsync(() -> all(process.getInputStream()), ASIDE);
        var err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), ASIDE);
        try {
            write(input, process.getOutputStream());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still runs after " + PATIENCE_SECONDS + " s: "
                        + process.info().commandLine());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
        return new Outcome(process.exitValue(), out.join(), new String(err.join(), StandardCharsets.UTF_8));
    }

    private static void write(byte[] input, OutputStream to) {
        try (to) {
            to.write(input);
        } catch (IOException itDidNotReadIt) {
            return;
        }
    }

    private static byte[] all(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what is left; a test that wants a clean end says {@code down}. */
    @Override
    public void close() {
        // The supervisor may be starting a process while it is killed: look again until there is none.
        for (List<ProcessHandle> left = processes(); !left.isEmpty(); left = processes()) {
            left.forEach(ProcessHandle::destroyForcibly);
            Thread.onSpinWait();
        }
    }
}
