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
import java.util.function.Consumer;

/**
 * Runs the everyday commands against canned answers:
 * {@code java -XX:AOTCacheOutput=cli.aot -cp … dev.heph.cli.training.Training}. Needs no daemon and leaves nothing
 * behind.
 */
public final class Training {
    private static final String TASK = "{\"state\":\"outstanding\",\"attention\":\"red\",\"do_date\":"
        + "{\"local\":\"2026-11-21\",\"at\":1795219200000},\"late_on\":null,\"committed\":true,\"context\":null,\"project\":null}";
    private static final String NODE = "{\"id\":\"01KAHX5T9ZV2Q8R4N6B7C9K3F9\",\"kind\":\"task\",\"title\":\"Pay"
            + " \\u201crent\\u201d\",\"body\":\"# One\\n"
            + "\\n"
            + "- [ ] a [[Budget]]\\n"
            + "\",\"rev\":\"1\",\"created_at\":1795219200000,\"modified_at\":1795219200000,"
            + "\"hlc\":\"1\",\"tombstoned\":false,\"aliases\":[\"Rent\"],\"task\":" + TASK + "}";
    private static final String LINK =
            "{\"src\":\"01KAHX5T9ZV2Q8R4N6B7C9M2X1\",\"dst\":\"01KAHX5T9ZV2Q8R4N6B7C9K3F9\",\"type\":\"wiki\","
                    + "\"derived\":true,\"title\":\"Budget\",\"kind\":\"doc\",\"context\":\"see [[Pay rent]]\"}";
    private static final List<List<String>> COMMANDS = List.of(
            List.of("next"),
            List.of("next", "--json"),
            List.of("add", "Pay", "rent", "--attention", "red", "--do", "2026-11-21"),
            List.of("done", "k3f9"),
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
        try (var gateway = new CannedGateway(socket, Training::answer)) {
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

    private static String answer(String method, Json params, Consumer<String> send) {
        return "\"result\":"
                + switch (method) {
                    case "node.resolve" ->
                        params.at("name").text().equals("none")
                                ? "{\"node\":null,\"candidates\":[" + NODE + "]}"
                                : "{\"node\":" + NODE + ",\"candidates\":[]}";
                    case "node.get", "node.create", "node.update", "task.create", "task.set_state" -> NODE;
                    case "node.list" -> "{\"nodes\":[" + NODE + "],\"total\":7}";
                    case "next" -> "[" + NODE.replace("\"task\":{", "").replace("}}", "}") + "]";
                    case "search" ->
                        "{\"hits\":[{\"id\":\"01KAHX5T9ZV2Q8R4N6B7C9K3F9\",\"title\":\"Pay rent\","
                                + "\"snippet\":\"pay \\u0002rent\\u0003 now\"}],\"total\":1}";
                    case "links.outgoing", "links.backlinks" -> "[" + LINK + "]";
                    case "health" ->
                        "{\"status\":\"up\",\"services\":[{\"name\":\"store\",\"status\":\"up\",\"detail\":\"\"}],"
                                + "\"note_count\":1,\"sync_status\":\"off\"}";
                    default -> "{\"ok\":true,\"changed\":true}";
                };
    }

    private static void delete(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
