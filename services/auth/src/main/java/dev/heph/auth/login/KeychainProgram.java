package dev.heph.auth.login;

import dev.heph.settings.Home;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A keychain by the program that comes with it, which is given the secret on its standard input: {@code secret-tool} of libsecret for the
 * Secret Service of Linux desktops, {@code security} on macOS (not tried there).
 */
final class KeychainProgram implements Keychain {
    private static final System.Logger LOG = System.getLogger(KeychainProgram.class.getName());

    /** A locked one asks its user, who may not be there. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_BYTES = 256 << 10;

    /** Of the commands that macOS's program reads. */
    private static final int LONGEST_LINE = 4_000;

    private final String name;
    private final List<String> put;

    /** What the program is told on standard input before the secret. */
    private final String before;
    private final List<String> get;
    private final List<String> clear;
    private final Desktop desktop;

    /**
     * @param environment what the program is told of the desktop
     * @param patience how long it may take
     */
    private record Desktop(Map<String, String> environment, Duration patience) {}

    private KeychainProgram(String name, List<String> put, String before, List<String> get, List<String> clear, Desktop desktop) {
        this.name = name;
        this.put = put;
        this.before = before;
        this.get = get;
        this.clear = clear;
        this.desktop = desktop;
    }

    /** The one of this desktop, if there is a desktop. */
    static Optional<Keychain> of(Map<String, String> environment, String system, Home home) {
        return of(environment, system, home.data(), PATIENCE);
    }

    static Optional<Keychain> of(Map<String, String> environment, String system, Path data, Duration patience) {
        Desktop desktop = new Desktop(environment, patience);
        if (system.startsWith("Mac")) {
            return program("security", environment).map(program -> mac(program, data, desktop));
        }
        boolean bus = !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isBlank();
        return program("secret-tool", environment).filter(any -> bus).map(program -> secretService(program, data, desktop));
    }

    private static Optional<String> program(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator)).filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name)).filter(Files::isExecutable).map(Path::toString).findFirst();
    }

    private static Keychain secretService(String program, Path data, Desktop desktop) {
        List<String> which = List.of("service", "heph", "data", data.toString());
        return new KeychainProgram("Secret Service", with(List.of(program, "store", "--label=heph: the login of this device"), which), "",
                with(List.of(program, "lookup"), which), with(List.of(program, "clear"), which), desktop);
    }

    /** A secret among the arguments would be for everybody to see, so the program is given its commands to read. */
    private static Keychain mac(String program, Path data, Desktop desktop) {
        List<String> which = List.of("-a", "heph", "-s", "heph " + data);
        return new KeychainProgram("Keychain", List.of(program, "-i"), "add-generic-password -U -a heph -s " + quoted("heph " + data) + " -w ",
                with(List.of(program, "find-generic-password", "-w"), which), with(List.of(program, "delete-generic-password"), which), desktop);
    }

    private static List<String> with(List<String> words, List<String> more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return List.copyOf(all);
    }

    @Override
    public String name() {
        return name;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** It is read back: macOS says nothing when it has not understood, and cuts what is longer than its lines. */
    @Override
    public boolean put(String secret) {
        String told = before.isEmpty() ? secret : before + secret + "\n";
        boolean fits = before.isEmpty() || told.length() < LONGEST_LINE;
        return fits && run(put, told).isPresent() && get().filter(secret::equals).isPresent();
    }

    @Override
    public Optional<String> get() {
        return run(get, "").map(String::strip).filter(secret -> !secret.isEmpty());
    }

    @Override
    public boolean clear() {
        return run(clear, "").isPresent();
    }

    /** @return what it printed; empty if it did not succeed */
    private Optional<String> run(List<String> command, String input) {
        Process process = null;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(desktop.environment());
            process = builder.start();
            Process running = process;
            var reading = new FutureTask<>(() -> running.getInputStream().readNBytes(LONGEST_BYTES));
            Thread.ofVirtual().name("keychain").start(reading);
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            byte[] read = reading.get(desktop.patience().toMillis(), TimeUnit.MILLISECONDS);
            boolean good = process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0;
            return good ? Optional.of(new String(read, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "the keychain does not answer", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
