package dev.heph.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.suite.Said;
import dev.heph.suite.Seat;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody's device, outside of the cluster: what {@code dist} has built, with a home of its own. Its processes end with the node. */
final class Device implements Seat {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIST = ROOT.resolve("dist/target/heph");

    /** As the script heph has it, so that its cache fits. */
    private static final String CLASS_PATH = Stream.of("heph-cli", "heph-launcher", "heph-settings", "jackson-core", "commonmark",
            "commonmark-ext-gfm-tables", "commonmark-ext-gfm-strikethrough", "commonmark-ext-task-list-items", "commonmark-ext-autolink",
            "autolink").map(jar -> DIST.resolve("lib").resolve(jar + ".jar").toString()).collect(Collectors.joining(File.pathSeparator));

    private static final Pattern CODE = Pattern.compile("CODE-\\d+");

    private static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    private final Node node;
    private final String host;
    private final Path home;
    private final Map<String, String> environment;

    /** @param trust the key store of those whose certificates it trusts */
    Device(Node node, String host, Path home, Path trust, String password) {
        this.node = node;
        this.host = host;
        this.home = home;
        this.environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8", "HEPH_HOME", home.toString(),
                "JDK_JAVA_OPTIONS", "-Djavax.net.ssl.trustStore=" + trust + " -Djavax.net.ssl.trustStorePassword=" + password));
    }

    /** What a command printed; that it worked is checked. */
    String hephWith(String input, String... words) {
        return type(input, words).ok();
    }

    /** @return what it said if it failed, otherwise nothing */
    String trying(String... words) {
        Said said = type("", words);
        return said.exitCode() == 0 ? "" : said.out() + said.err();
    }

    @Override
    public Said type(String input, String... words) {
        Process process = start(false, words);
        try {
            var err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()), ASIDE);
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String out = all(process.getInputStream());
            return new Said(process.waitFor(), out, withoutNote(err.join()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String all(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By how much its clock is ahead, from its next start on. */
    Device fast(Duration fast) {
        environment.put("HEPH_TEST_NOW", Instant.now().plus(fast).toString());
        return this;
    }

    Path home() {
        return home;
    }

    /** The machine that it is. */
    String host() {
        return host;
    }

    /** Logs in. @param agree is given the code that it shows, by whoever sits at a browser */
    void logIn(Consumer<String> agree) {
        Process process = start(true, "auth", "login");
        var said = new StringBuilder();
        process.inputReader().lines().forEach(line -> {
            said.append(line).append('\n');
            Matcher code = CODE.matcher(line);
            if (line.contains("the code") && code.find()) {
                agree.accept(code.group());
            }
        });
        try {
            assertThat(process.waitFor()).as("heph auth login: %s", said).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(boolean together, String... words) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xlog:disable"));
        if (Files.exists(DIST.resolve("aot/cli.aot"))) {
            command.add("-XX:AOTCache=" + DIST.resolve("aot/cli.aot"));
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders", "-XX:-UsePerfData",
                "-Dheph.root=" + ROOT, "-Dheph.dist=" + DIST, "-cp", CLASS_PATH, "dev.heph.cli.Heph"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(node.commandAt(host, command)).redirectErrorStream(together);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutNote(String said) {
        return said.replaceAll("(?m)^NOTE: Picked up JDK_JAVA_OPTIONS.*\\n", "");
    }
}
