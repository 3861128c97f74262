package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;
import java.util.OptionalInt;

/** {@code heph list}. */
final class ListNotes implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("list", "notes and tasks, the last changed first")
                .option("--kind", "KIND", "only doc, task, project, tag or journal")
                .option("--state", "STATE", "only outstanding, done or dropped")
                .flag("--deleted", "those that were deleted: heph restore brings them back")
                .option("--sort", "HOW", "title, modified or created (modified)")
                .number("--limit", "at most so many (100)")
                .option("--after", "NEXT", "go on where a list with --json said 'next'")
                .example("heph list --kind task --sort title");
    }

    @Override
    public int run(Arguments given, Session session) {
        OptionalInt limit = given.number("--limit");
        Result result = session.call(
                "node.list",
                "kind",
                given.option("--kind").map(Word::of).orElse(null),
                "state",
                given.option("--state").map(Word::of).orElse(null),
                "deleted",
                given.flag("--deleted") ? true : null,
                "sort",
                given.option("--sort").map(Word::of).orElse(null),
                "limit",
                limit.isPresent() ? limit.getAsInt() : null,
                "after",
                given.orNull("--after"));
        if (!session.printed(result)) {
            print(result.json(), given.flag("--deleted"), session);
        }
        return 0;
    }

    private static void print(Json result, boolean deleted, Session session) {
        List<Json> nodes = result.at("nodes").list();
        ShortIds ids = ShortIds.of(nodes);
        var columns = new Columns();
        for (Json node : nodes) {
            columns.row(
                    new Cell(ids.of(node), Style.YELLOW),
                    Cell.of(node.at("kind").text()),
                    new Cell(Times.date(node.at("modified_at"), session.zone()), Style.DIM),
                    Cell.of(node.at("title").text()));
        }
        columns.print(session.out(), session.terminal());
        long total = result.at("total").number();
        if (nodes.isEmpty()) {
            session.shell().say(deleted ? "Nothing was deleted." : "Nothing here yet. Begin: heph note 'First note'");
        } else if (total > nodes.size()) {
            session.remark(nodes.size() + " of " + total + ". More: --limit " + Math.min(total, 10_000));
        }
    }
}
