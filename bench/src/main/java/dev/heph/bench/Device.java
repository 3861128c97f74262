package dev.heph.bench;

import dev.heph.cli.rpc.RpcClient;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** heph in a HEPH_HOME of its own, driven by the script that everybody runs. */
final class Device implements AutoCloseable {
    static final List<String> SERVICES = List.of("store", "auth", "sync", "rpc-gateway");

    private static final int PATIENCE_SECONDS = 600;

    private final Path checkout;
    private final Home home;
    private final Path directory;

    Device(Path checkout, Path directory) throws IOException {
        this.checkout = checkout;
        this.directory = Files.createDirectories(directory);
        this.home = Home.in(directory);
    }

    /** Runs a command and waits for its end, its output thrown away. */
    void heph(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(checkout.resolve("heph").toString()));
        command.addAll(List.of(arguments));
        Path said = directory.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(said.toFile()));
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put(Home.VARIABLE, directory.toString());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " has not ended after " + PATIENCE_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue() + ": "
                    + Files.readString(said));
        }
    }

    /** Adds a line to its settings, for when it starts. */
    void setting(String name, String value) throws IOException {
        Path file = home.configFile();
        Files.createDirectories(file.getParent());
        Files.writeString(file, name + " = " + value + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    RpcClient connect() throws IOException {
        return RpcClient.connect(home.socket());
    }

    Path socket() {
        return home.socket();
    }

    Path data() {
        return home.data();
    }

    /** The memory of one of the processes in KiB, its share of what it shares with others (PSS); 0 where the system does not say. */
    long memory(String process) throws IOException {
        long pid = RunFile.read(home, process).orElseThrow(() -> new IllegalStateException(process + " does not run")).pid();
        Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        if (!Files.isReadable(rollup)) {
            return 0;
        }
        return Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    long memoryOfServices() throws IOException {
        long sum = 0;
        for (String service : SERVICES) {
            sum += memory(service);
        }
        return sum;
    }

    /** Stops what runs and removes everything; a second time it does nothing. */
    @Override
    public void close() throws Exception {
        if (Files.exists(directory)) {
            heph("down");
            delete(directory);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    static void delete(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
