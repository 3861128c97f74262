package dev.heph.cli.training;

import dev.heph.cli.Heph;
import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.RpcClient;
import dev.heph.cli.terminal.Output;
import dev.heph.cli.terminal.Shell;
import dev.heph.cli.terminal.Terminal;
import dev.heph.settings.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the everyday commands against canned answers:
 * {@code java -XX:AOTCacheOutput=cli.aot -cp … dev.heph.cli.training.Training}. Needs no daemon and leaves nothing
 * behind.
 */
public final class Training {
    private static final List<List<String>> COMMANDS = List.of(
            List.of(),
            List.of("next"),
            List.of("next", "--json"),
            List.of("next", "--explain"),
            List.of("add", "Pay", "rent", "--attention", "red", "--do", "2026-11-21"),
            List.of("done", "k3f9"),
            List.of("do", "k3f9", "fri"),
            List.of("drop", "--where", "#home", "--yes"),
            List.of("undo"),
            List.of("today"),
            List.of("agenda"),
            List.of("list", "--limit", "3"),
            List.of("search", "rent", "-late"),
            List.of("show", "k3f9"),
            List.of("show", "k3f9", "--raw"),
            List.of("links", "k3f9"),
            List.of("backlinks", "k3f9"),
            List.of("link", "k3f9", "m2x1"),
            List.of("alias", "k3f9", "Rent"),
            List.of("note", "Budget"),
            List.of("health"),
            List.of("version"),
            List.of("rpc", "node.list", "{\"limit\":1}"),
            List.of("next", "--limti", "3"),
            List.of("nxt"),
            List.of("show", "none"));

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path home = Files.createTempDirectory("heph-training-");
        // The process' own shell is made as well: a run that counts makes it first.
        Map<String, String> environment = Map.of("HEPH_HOME", home.toString());
        RpcClient.warmUp();
        Shell own = Shell.ofThisProcess();
        Path socket = Home.locate(environment, Optional.empty()).create().socket();
        try (var gateway = new CannedGateway(socket, script())) {
            for (Terminal terminal : List.of(Terminal.NONE, new Terminal(false, true, true, true, 80))) {
                for (List<String> command : COMMANDS) {
                    Heph.in(shell(own, environment, terminal)).run(command);
                }
            }
        } finally {
            delete(home);
        }
    }

    private static Shell shell(Shell own, Map<String, String> environment, Terminal terminal) {
        return new Shell(
                environment,
                own.directory(),
                InputStream.nullInputStream(),
                new Output(OutputStream.nullOutputStream()),
                new Output(OutputStream.nullOutputStream()),
                terminal,
                InstantSource.system());
    }

    /** The gateway's part: {@code answers.json} has a result for every shape there is. */
    public static CannedGateway.Script script() throws IOException {
        Json answers;
        try (InputStream file = Training.class.getResourceAsStream("answers.json")) {
            answers = Json.parse(file.readAllBytes());
        }
        return (method, params, send) -> "\"result\":" + answer(answers, method, params);
    }

    private static Json answer(Json answers, String method, Json params) {
        return switch (method) {
            case "node.resolve" -> resolve(answers.at("node"), params.at("name").text());
            case "node.get", "node.create", "node.update" -> answers.at("node");
            case "node.list" -> answers.at("list");
            case "links.outgoing", "links.backlinks" -> answers.at("links");
            case "next", "board", "search", "health", "capture", "date.parse", "task.change", "task.list", "undo" -> answers.at(method);
            default -> answers.at("changed");
        };
    }

    private static Json resolve(Json node, String name) {
        return name.equals("none")
                ? new Json(Json.object("match", "none", "candidates", List.of(node)))
                : new Json(Json.object("match", "one", "node", node, "candidates", List.of()));
    }

    private static void delete(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
