package dev.heph.launcher;

import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT caches (JEP 483, 514): all services in one process, and the CLI, do once what they are going to do every day, and
 * the JVM keeps the classes it loaded and linked for that. One cache for all four services: they share its pages in memory.
 */
final class TrainingRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The class path of the script {@code heph}, in its order: a cache serves only that one. */
    private static final List<String> CLI_JARS = List.of(
            "heph-cli.jar", "heph-launcher.jar", "heph-settings.jar", "jackson-core.jar", "commonmark.jar",
            "commonmark-ext-gfm-tables.jar", "commonmark-ext-gfm-strikethrough.jar", "commonmark-ext-task-list-items.jar",
            "commonmark-ext-autolink.jar", "autolink.jar");

    private final Path dist;
    private final Path tmp;
    private final Home home;

    private TrainingRun(Path dist, Path tmp) {
        this.dist = dist;
        this.tmp = tmp;
        this.home = Home.in(tmp.resolve("home")).create();
    }

    static void of(Path dist) throws IOException {
        Path tmp = Files.createTempDirectory("heph-training-");
        try {
            var run = new TrainingRun(dist, tmp);
            run.services();
            run.cli();
        } catch (IOException | InterruptedException | IllegalStateException e) {
            System.err.println("heph: works, but starts more slowly than it could: no AOT cache was made (" + e.getMessage() + ")");
        } finally {
            Distribution.delete(tmp);
        }
    }

    private void services() throws IOException, InterruptedException {
        Secret.renew(home);
        var jvm = new Jvm(home, new Installation(Optional.of(dist)), Map.of());
        Process process = start(jvm.training(dist.resolve("aot/services.aot")));
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (RunFile.read(home, "rpc-gateway").isEmpty()) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("the services did not come up");
                }
                Thread.sleep(10);
            }
            work();
        } finally {
            process.destroy();
            finish(process);
        }
    }

    private void cli() throws IOException, InterruptedException {
        String classPath = String.join(
                ":", CLI_JARS.stream()
                        .map(jar -> dist.resolve("lib").resolve(jar).toString())
                        .toList());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:AOTCacheOutput=" + dist.resolve("aot/cli.aot"));
        command.addAll(Jvm.SMALL);
        command.addAll(List.of("-cp", classPath, "dev.heph.cli.training.Training"));
        finish(start(command));
    }

    /** A day in small: what is not exercised here is loaded and linked when it is first needed, as ever. */
    private void work() throws IOException {
        Path vault = Files.createDirectories(tmp.resolve("vault"));
        Files.writeString(vault.resolve("Bread.md"), "# Bread\n\nSee [[Flour]] and [[Water|the wet part]].\n\n- [ ] knead #kitchen\n");
        Files.writeString(vault.resolve("Flour.md"), "---\ntags: [kitchen]\n---\nGround. ![[Bread]]\n");
        try (var gateway = new Gateway(home)) {
            gateway.call("node.subscribe", "{}");
            gateway.call("import", "{\"path\":\"" + vault + "\"}");
            gateway.call("import", "{\"path\":\"" + vault + "\"}");
            String note = gateway.call("node.create", "{\"kind\":\"doc\",\"title\":\"Oven\",\"body\":\"Hot. [[Bread]]\\n\"}");
            String id = "\"" + member(note, "id") + "\"";
            String task = gateway.call("task.create", "{\"title\":\"Pay rent\",\"attention\":\"red\",\"do_date\":\"2026-11-21\"}");
            gateway.call("task.set_state", "{\"id\":\"" + member(task, "id") + "\",\"state\":\"done\"}");
            gateway.call("node.get", "{\"id\":" + id + "}");
            gateway.call("node.update", "{\"id\":" + id + ",\"body\":\"Very hot. [[Bread]]\\n- [x] done\\n\"}");
            gateway.call("node.resolve", "{\"name\":\"Bread\"}");
            gateway.call("node.resolve", "{\"name\":\"Braed\"}");
            gateway.call("node.list", "{}");
            gateway.call("search", "{\"query\":\"hot OR knead\"}");
            gateway.call("links.outgoing", "{\"id\":" + id + "}");
            gateway.call("links.backlinks", "{\"id\":" + id + "}");
            gateway.call("alias.add", "{\"id\":" + id + ",\"alias\":\"Stove\"}");
            gateway.call("link.add", "{\"src\":" + id + ",\"dst\":\"" + member(task, "id") + "\",\"type\":\"relates\"}");
            gateway.call("next", "{}");
            gateway.call("health", "{}");
            gateway.call("doctor", "{\"rebuild_check\":true}");
            gateway.call("export", "{\"path\":\"" + tmp.resolve("export") + "\"}");
            gateway.call("node.tombstone", "{\"id\":" + id + "}");
            gateway.call("no.such.method", "{}");
            gateway.call("rpc.discover", "{}");
        }
    }

    private static String member(String json, String name) {
        int from = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(from, Math.max(from, json.indexOf('"', from)));
    }

    private Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(tmp.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HEPH_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /** The JVM writes its cache after its last word, which takes it some seconds. */
    private static void finish(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the training did not end");
        }
    }

    /** As much of a client as a training needs. */
    private static final class Gateway implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final BufferedReader lines;

        Gateway(Home home) throws IOException {
            channel.connect(UnixDomainSocketAddress.of(home.socket()));
            lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        String call(String method, String params) throws IOException {
            String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"id\":1")) {
                    return line;
                }
            }
            throw new IllegalStateException(method + " was not answered");
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
