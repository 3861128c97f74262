package dev.heph.cli.command;

import dev.heph.cli.terminal.Shell;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One command line, without the word {@code heph}. */
public final class Invocation {
    private Invocation() {}

    /** @return the exit code; failures are thrown, see {@link Command#run} */
    public static int run(List<String> typed, Shell shell, Daemon.Source daemons) throws IOException {
        List<String> words = withoutTask(typed);
        Command command = Commands.named(words.getFirst());
        Optional<Arguments> given = new Parser(command.syntax()).parse(words.subList(1, words.size()), shell);
        if (given.isEmpty()) {
            return 0;
        }
        try (var session = new Session(shell, given.get(), daemons)) {
            return command.run(given.get(), session);
        }
    }

    /** {@code heph task add} is {@code heph add}, for who looks for it there. */
    private static List<String> withoutTask(List<String> words) {
        return words.size() > 1 && words.getFirst().equals("task") ? words.subList(1, words.size()) : words;
    }
}
