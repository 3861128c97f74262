package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.ArrayList;
import java.util.List;

/** What would be offered if it did not wait for something else. */
final class Waiting implements Command {
    /** The board explains 200 tasks, those beyond the limit first: so nothing is to be beyond it. */
    static final int LIMIT_MAX = 10_000;

    @Override
    public Syntax syntax() {
        return Syntax.asking("waiting", "what cannot be done yet, and what it waits for").example("heph waiting");
    }

    @Override
    public int run(Arguments given, Session session) {
        List<Json> tasks = blocked(session.call("board", "limit", LIMIT_MAX, "explain", true).json());
        if (session.json()) {
            session.out().line(new Json(tasks.stream().map(Json::value).toList()).toString());
        } else {
            print(tasks, session);
        }
        return 0;
    }

    /** @param board explained */
    static List<Json> blocked(Json board) {
        return board.at("hidden").list().stream()
                .filter(task -> task.at("hidden").text().equals("blocked"))
                .toList();
    }

    private static void print(List<Json> tasks, Session session) {
        var shown = new ArrayList<>(tasks);
        tasks.forEach(task -> shown.addAll(task.at("blocked_by").list()));
        ShortIds ids = ShortIds.of(shown);
        var columns = new Columns();
        for (Json task : tasks) {
            columns.row(
                    TaskRows.id(task, ids),
                    TaskRows.attention(task),
                    TaskRows.title(task),
                    TaskRows.project(task),
                    new Cell(blockers(task, ids), Style.DIM));
        }
        columns.print(session.out(), session.terminal());
        if (tasks.isEmpty()) {
            session.shell().say("Nothing waits for anything. Let one: heph block TASK --on TASK");
        }
    }

    /** {@code waits for m2x1 Sand, k3f9 Buy paint} */
    static String blockers(Json task, ShortIds ids) {
        var blockers = new StringBuilder("waits for ");
        String separator = "";
        for (Json blocker : task.at("blocked_by").list()) {
            blockers.append(separator).append(ids.of(blocker)).append(' ').append(Label.title(blocker));
            separator = ", ";
        }
        return blockers.toString();
    }
}
