package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tasks that a command is about: named by its words, in a pipe, or by a filter. */
final class Chosen {
    /** What {@code task.change} takes as one action. */
    private static final int MOST = 10_000;

    private final Arguments given;
    private final Session session;

    Chosen(Arguments given, Session session) {
        this.given = given;
        this.session = session;
    }

    static Syntax options(Syntax syntax) {
        return syntax.option("--where", "FILTER", "the tasks that match, such as '#home do<=today'; asks when there are several")
                .option("--ids", "-", "the tasks whose ids a pipe names, the first word of each line")
                .flag("--dry-run", "only show which tasks that would be")
                .flag("--yes", "do not ask");
    }

    /** Whether the words name no tasks, because an option does. */
    boolean byOption() {
        return given.option("--where").isPresent() || given.option("--ids").isPresent();
    }

    boolean isTwofold() {
        return given.option("--where").isPresent() && given.option("--ids").isPresent();
    }

    /**
     * All of them, each once.
     *
     * @param names the words that name tasks
     * @param usual the filter that holds as well where {@code --where} says nothing of the state
     * @return objects with {@code id} and {@code title}
     */
    List<Json> tasks(List<String> names, String usual) throws IOException {
        if (given.option("--where").isPresent()) {
            return matching(some(given.option("--where").get()), usual);
        }
        return session.notes().findAll(given.option("--ids").isPresent() ? piped(given.option("--ids").get()) : names, "task");
    }

    private static String some(String filter) {
        if (filter.isBlank()) {
            throw new UsageException("--where needs a filter, such as '#home do<=today'; for every task: --where state:outstanding");
        }
        return filter;
    }

    private List<Json> matching(String filter, String usual) {
        var tasks = new ArrayList<Json>();
        String after = null;
        do {
            Json page = session.call("task.list", "where", filter, "usual", usual, "limit", MOST, "after", after).json();
            if (page.at("total").number() > MOST) {
                throw new HephException(
                        Reason.TOO_LARGE,
                        page.at("total").text() + " tasks match, and at most 10,000 can be changed at once; narrow the filter");
            }
            tasks.addAll(page.at("tasks").list());
            after = page.at("next").isNull() ? null : page.at("next").text();
        } while (after != null);
        return tasks;
    }

    private List<String> piped(String from) throws IOException {
        if (!from.equals("-")) {
            throw new UsageException("--ids takes - only, and reads the ids from a pipe. Try: heph tasks | heph done --ids -");
        }
        var names = new ArrayList<String>();
        for (String line : Utf8.strict(session.shell().in().readAllBytes(), "standard input").split("\n")) {
            String stripped = line.strip();
            if (!stripped.isEmpty()) {
                int end = stripped.indexOf(' ');
                names.add(end < 0 ? stripped : stripped.substring(0, end));
            }
        }
        return names;
    }
}
