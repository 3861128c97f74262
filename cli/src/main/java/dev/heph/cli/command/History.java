package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;

/** What happened to a note or task, and on which device. */
final class History implements Command {
    private static final int USUAL = 20;

    @Override
    public Syntax syntax() {
        return Syntax.asking("history", "what happened to a note or task, the last first: when, on which device, before and after")
                .word("NOTE", "a short id, a title or an alias; also of one that was deleted")
                .number("--limit", "at most so many rows (20)")
                .option("--after", "NEXT", "go on where a history with --json said 'next'")
                .flag("--full", "long texts whole")
                .example("heph history k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json node = session.notes().findEvenDeleted(given.word(0));
        Result result = session.call("history", "id", node.at("id").text(), "limit", given.number("--limit").orElse(USUAL),
                "after", given.orNull("--after"));
        if (session.printed(result)) {
            return 0;
        }
        List<Json> rows = result.json().at("rows").list();
        session.out().line(Label.of(session, node) + (node.at("tombstoned").truth() ? session.styled(Style.DIM, " · deleted") : ""));
        var columns = new Columns();
        rows.forEach(row -> columns.row(
                new Cell(row.at("number").text(), Style.YELLOW),
                new Cell(Times.minute(row.at("at").number(), session.zone()), Style.DIM),
                Cell.of(row.at("device_name").text()),
                new Cell(row.at("what").text(), Style.BOLD)));
        List<String> lines = columns.lines(session.terminal());
        var changes = new Changes(session, given.flag("--full"));
        for (int at = 0; at < rows.size(); at++) {
            session.out().line(lines.get(at));
            changes.print(rows.get(at).at("changes").list(), "     ");
        }
        long total = result.json().at("total").number();
        if (!result.json().at("next").isNull()) {
            session.remark(rows.size() + " of " + total + ". More: --limit " + Math.min(total, 1_000));
        }
        return 0;
    }
}
