package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Output;
import dev.heph.cli.terminal.Shell;
import dev.heph.cli.terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of {@code heph try}: each is a command that a person could type, shown as they would type it, and
 * really run.
 */
final class Tour {
    private final Shell shell;
    private final Daemon.Source daemons;
    private final boolean json;
    private final List<Map<String, Object>> steps = new ArrayList<>();

    Tour(Shell shell, Daemon.Source daemons, boolean json) {
        this.shell = shell;
        this.daemons = daemons;
        this.json = json;
    }

    /** @return the exit code of the import: 2 if files were left out, each of them named */
    int of(String folder) throws IOException {
        step(List.of("up"));
        int imported = step(List.of("import", folder));
        try (var session = new Session(
                shell, new Parser(new Help().syntax()).parse(List.of(), shell).orElseThrow(), daemons)) {
            var pick = new Pick(session);
            Optional<String> word = pick.word();
            if (word.isPresent()) {
                step(List.of("search", word.get(), "--limit", "3"));
            }
            Optional<String> title = pick.mostLinked();
            if (title.isPresent()) {
                step(List.of("show", title.get()), 12);
                step(List.of("backlinks", title.get()), 6);
            }
        }
        step(List.of("add", "Water the plants today !orange @home"));
        step(List.of("next"));
        step(List.of("down"));
        if (json) {
            shell.out().data(new Json(steps).toString());
        }
        return imported;
    }

    private int step(List<String> words) throws IOException {
        return step(words, Integer.MAX_VALUE);
    }

    /** @param lines what is shown of the output, as with {@code | head} */
    private int step(List<String> words, int lines) throws IOException {
        String typed =
                "heph " + String.join(" ", words.stream().map(Tour::quoted).toList());
        if (json) {
            return recorded(typed, words);
        }
        String head = lines == Integer.MAX_VALUE ? "" : " | head -" + lines;
        shell.out()
                .line(Style.DIM.on(shell.terminal(), "$ ") + Style.BOLD.on(shell.terminal(), typed + head))
                .flush();
        int exitCode = 0;
        var limited = new Output(new Head(shell.out(), lines));
        try {
            exitCode = Invocation.run(words, shell.withOut(limited), daemons);
            limited.flush();
        } catch (Output.Closed enoughSeen) {
            shell.out().flush();
        }
        shell.out().line("").flush();
        return exitCode;
    }

    private int recorded(String typed, List<String> words) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new Output(bytes);
        var withJson = new ArrayList<>(words);
        withJson.add("--json");
        int exitCode = Invocation.run(withJson, shell.withOut(out), daemons);
        out.flush();
        steps.add(Json.object("command", typed, "exit_code", exitCode, "result", Json.parse(bytes.toByteArray())));
        return exitCode;
    }

    /** For a shell. */
    private static String quoted(String word) {
        return word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_./~".indexOf(c) >= 0)
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Lets so many lines through and then closes, as {@code head} does. */
    private static final class Head extends OutputStream {
        private final Output out;
        private int left;

        Head(Output out, int lines) {
            this.out = out;
            this.left = lines;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            int to = from;
            while (to < from + count && left > 0) {
                left -= bytes[to++] == '\n' ? 1 : 0;
            }
            out.bytes(Arrays.copyOfRange(bytes, from, to)).flush();
            if (to < from + count) {
                throw new IOException("Broken pipe");
            }
        }
    }
}
