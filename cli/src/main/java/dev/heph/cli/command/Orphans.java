package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;

final class Orphans implements Command {
    private static final int LIMIT = 100;

    @Override
    public Syntax syntax() {
        return Syntax.asking("orphans", "notes without a link to or from another, the last changed first")
                .number("--limit", "at most so many (" + LIMIT + ")")
                .example("heph orphans");
    }

    @Override
    public int run(Arguments given, Session session) {
        Result result = session.call("links.orphans", "limit", given.number("--limit").orElse(LIMIT));
        if (!session.printed(result)) {
            print(result.json(), session);
        }
        return 0;
    }

    private static void print(Json page, Session session) {
        List<Json> nodes = page.at("nodes").list();
        ShortIds ids = ShortIds.of(nodes);
        var columns = new Columns();
        for (Json node : nodes) {
            columns.row(
                    new Cell(ids.of(node), Style.YELLOW),
                    new Cell(Times.date(node.at("modified_at"), session.zone()), Style.DIM),
                    Cell.of(node.at("title").text()));
        }
        columns.print(session.out(), session.terminal());
        long total = page.at("total").number();
        if (nodes.isEmpty()) {
            session.shell().say("Every note is linked with another.");
        } else if (session.terminal().out() && total > nodes.size()) {
            session.out().line(nodes.size() + " of " + total + ". More: --limit " + Math.min(total, 10_000));
        }
    }
}
