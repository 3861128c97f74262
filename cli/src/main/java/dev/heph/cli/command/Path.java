package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;

/** {@code heph path}: a line for each note on the way, with what links it to the one before. */
final class Path implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("path", "a shortest way by links from one note to another")
                .word("FROM", "a short id, a title or an alias")
                .word("TO", "where it shall lead")
                .example("heph path Budget 'Pay rent'");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json from = session.notes().find(given.word(0));
        Json to = session.notes().find(given.word(1));
        Result result = session.call("links.path", "from", from.at("id").text(), "to", to.at("id").text());
        if (!session.printed(result)) {
            List<Json> path = result.json().at("path").list();
            print(path, session);
            if (path.isEmpty()) {
                session.shell()
                        .say("No links lead from " + Label.title(from) + " to " + Label.title(to) + ", whichever way they are followed.");
            }
        }
        return 0;
    }

    private static void print(List<Json> path, Session session) {
        ShortIds ids = ShortIds.of(path);
        var columns = new Columns();
        for (Json step : path) {
            String context = step.at("context").text();
            columns.row(
                    Cell.of(step.at("type").isNull() ? "" : Neighbours.arrow(step)),
                    new Cell(ids.of(step), Style.YELLOW),
                    Cell.of(step.at("title").text()),
                    new Cell(context.isEmpty() ? step.at("type").text() : context, Style.DIM));
        }
        columns.print(session.out(), session.terminal());
    }
}
