package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.ArrayList;
import java.util.List;

/** What waits for something else, and for what. */
final class Waiting implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("waiting", "what cannot be done yet, and what it waits for").example("heph waiting");
    }

    @Override
    public int run(Arguments given, Session session) {
        Result waiting = session.call("waiting");
        if (!session.printed(waiting)) {
            print(waiting.json().list(), session);
        }
        return 0;
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
