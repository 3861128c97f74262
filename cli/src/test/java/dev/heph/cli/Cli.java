package dev.heph.cli;

import dev.heph.cli.command.Daemon;
import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Output;
import dev.heph.cli.terminal.Shell;
import dev.heph.cli.terminal.Terminal;
import dev.heph.cli.training.CannedGateway;
import dev.heph.launcher.Restored;
import dev.heph.launcher.ServiceStatus;
import dev.heph.launcher.ServiceStatus.State;
import dev.heph.launcher.Up;
import dev.heph.settings.Home;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The command line in this process, with a gateway that answers what a test tells it and a daemon that starts only
 * that.
 */
final class Cli implements AutoCloseable {
    static final Terminal TERMINAL = new Terminal(true, true, true, false, 60);
    static final Terminal COLOUR = new Terminal(true, true, true, true, 60);
    static final long PID = 4711;
    static final Instant NOW = Instant.parse("2026-11-21T09:05:00Z");

    final Map<String, String> environment = new HashMap<>(Map.of("HEPH_ZONE", "UTC"));

    /** What was asked, as {@code method {params}}, with single quotes for the reader's sake. */
    final List<String> asked = new ArrayList<>();

    /** The backups that were put in the place of the data, and where that went. */
    final List<Path> restored = new ArrayList<>();

    Optional<Path> aside = Optional.empty();

    Terminal terminal = Terminal.NONE;
    byte[] in = new byte[0];
    boolean gatewayStarts = true;
    long startMillis;
    Path directory;

    private final Map<String, Function<Json, String>> answers = new LinkedHashMap<>();
    private final List<String> before = new ArrayList<>();
    private CannedGateway gateway;

    /** What a command did. */
    record Outcome(int exitCode, String out, String err) {}

    Cli(Path directory) {
        this.directory = directory;
        environment.put("HEPH_HOME", directory.resolve("home").toString());
        environment.put("TMPDIR", directory.toString());
    }

    /** The gateway runs already. */
    Cli up() {
        daemon(home(), Map.of(), Map.of()).up(false);
        return this;
    }

    Home home() {
        return Home.locate(environment, Optional.empty());
    }

    Cli answer(String method, String result) {
        String json = Answers.json(result);
        return answer(method, params -> "\"result\":" + json);
    }

    Cli answer(String method, Function<Json, String> answer) {
        answers.put(method, answer);
        return this;
    }

    Cli refuse(String method, int code, String reason, String message, String candidates) {
        String error = new Json(Json.object(
                        "code",
                        code,
                        "message",
                        message,
                        "data",
                        Json.object("reason", reason, "candidates", Json.parse("[" + candidates + "]"))))
                .toString();
        return answer(method, params -> "\"error\":" + error);
    }

    /** The next answer comes after this line. */
    Cli sendBefore(String line) {
        before.add(line);
        return this;
    }

    Outcome run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell = new Shell(
                environment,
                directory,
                new ByteArrayInputStream(in),
                new Output(out),
                new Output(err),
                terminal,
                InstantSource.fixed(NOW));
        int exitCode = new Heph(shell, this::daemon).run(List.of(words));
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Daemon daemon(Home home, Map<String, String> environment, Map<String, String> flags) {
        return new FakeDaemon(home);
    }

    private String answer(String method, Json params, Consumer<String> send) {
        asked.add((method + " " + params).replace('"', '\''));
        before.forEach(send);
        before.clear();
        Function<Json, String> answer = answers.get(method);
        return answer == null
                ? "\"error\":{\"code\":-32601,\"message\":\"no method '" + method
                        + "'\",\"data\":{\"reason\":\"unknown-method\"}}"
                : answer.apply(params);
    }

    @Override
    public void close() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
    }

    private final class FakeDaemon implements Daemon {
        private final Home home;

        FakeDaemon(Home home) {
            this.home = home;
        }

        @Override
        public Up up(boolean light) {
            if (gateway != null || !gatewayStarts) {
                return new Up(false, PID);
            }
            try {
                Thread.sleep(startMillis);
                gateway = new CannedGateway(home.create().socket(), Cli.this::answer);
                return new Up(true, PID);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean down() {
            boolean ran = gateway != null;
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            gateway = null;
            return ran;
        }

        @Override
        public Restored restore(Path backup) {
            restored.add(backup);
            boolean stopped = down();
            return new Restored(Optional.of(NOW), aside, 1_203, 45_678, 2, 12_345_678, stopped);
        }

        @Override
        public List<ServiceStatus> status() {
            return Stream.of("store", "rpc-gateway")
                    .map(name -> gateway == null
                            ? new ServiceStatus(name, State.DOWN, OptionalLong.empty(), Optional.empty(), "")
                            : new ServiceStatus(name, State.UP, OptionalLong.of(PID), Optional.of(NOW), "fine"))
                    .toList();
        }

        @Override
        public Map<String, Path> logs() {
            return new TreeMap<>(Map.of("store", home.log("store"), "rpc-gateway", home.log("rpc-gateway")));
        }
    }
}
