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

    private final String name;
    private final List<String> put;

    /** What the program is told on standard input, of the secret. */
    private final String spoken;
    private final List<String> get;
    private final List<String> clear;
    private final Surroundings around;

    /**
     * @param environment what the program is told of the desktop
     * @param patience how long it may take
     */
    private record Surroundings(Map<String, String> environment, Duration patience) {}

    private KeychainProgram(String name, List<String> put, String spoken, List<String> get, List<String> clear, Surroundings around) {
        this.name = name;
        this.put = put;
        this.spoken = spoken;
        this.get = get;
        this.clear = clear;
        this.around = around;
    }

    /** The one of this desktop, if there is a desktop. */
    static Optional<Keychain> of(Map<String, String> environment, String system, Home home) {
        return of(environment, system, home.data(), PATIENCE);
    }

    static Optional<Keychain> of(Map<String, String> environment, String system, Path data, Duration patience) {
        Surroundings around = new Surroundings(environment, patience);
        if (system.startsWith("Mac")) {
            return program("security", environment).map(program -> mac(program, data, around));
        }
        boolean desktop = !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isBlank();
        return program("secret-tool", environment).filter(any -> desktop).map(program -> secretService(program, data, around));
    }

    private static Optional<String> program(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator)).filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name)).filter(Files::isExecutable).map(Path::toString).findFirst();
    }

    private static Keychain secretService(String program, Path data, Surroundings around) {
        List<String> which = List.of("service", "heph", "data", data.toString());
        return new KeychainProgram("Secret Service", with(List.of(program, "store", "--label=heph: the login of this device"), which), "%s",
                with(List.of(program, "lookup"), which), with(List.of(program, "clear"), which), around);
    }

    /** A secret among the arguments would be for everybody to see, so the program is given its commands to read. */
    private static Keychain mac(String program, Path data, Surroundings around) {
        List<String> which = List.of("-a", "heph", "-s", "heph " + data);
        return new KeychainProgram("Keychain", List.of(program, "-i"), "add-generic-password -U -a heph -s \"heph " + data + "\" -w %s\n",
                with(List.of(program, "find-generic-password", "-w"), which), with(List.of(program, "delete-generic-password"), which), around);
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

    /** It is read back: macOS says nothing when it has not understood. */
    @Override
    public boolean put(String secret) {
        return run(put, spoken.formatted(secret)).isPresent() && get().filter(secret::equals).isPresent();
    }

    @Override
    public Optional<String> get() {
        return run(get, "").map(String::strip).filter(secret -> !secret.isEmpty());
    }

    @Override
    public void clear() {
        run(clear, "");
    }

    /** @return what it printed; empty if it did not succeed */
    private Optional<String> run(List<String> command, String input) {
        Process process = null;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(around.environment());
            process = builder.start();
            Process running = process;
            var reading = new FutureTask<>(() -> running.getInputStream().readNBytes(LONGEST_BYTES));
            Thread.ofVirtual().name("keychain").start(reading);
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            byte[] read = reading.get(around.patience().toMillis(), TimeUnit.MILLISECONDS);
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
