package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;

/** The history of a recurring task, with a line of marks, and what comes next. */
final class OccurrencesOf implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("occurrences", "what became of each date of a repeating task, and which come next")
                .word("TASK", "a short id or a title")
                .number("--limit", "how many past ones (50)")
                .example("heph occurrences k3f9");
    }

    @Override
    public int run(Arguments given, Session session) {
        Json task = session.notes().find(given.word(0), "task");
        Result result = session.call("task.occurrences", "id", task.at("id").text(), "limit",
                given.number("--limit").isPresent() ? given.number("--limit").getAsInt() : null);
        if (session.printed(result)) {
            return 0;
        }
        Json history = result.json();
        session.out().line(Label.of(session, task) + " · " + task.at("task").at("recurrence").at("words").text());
        if (!history.at("marks").text().isEmpty()) {
            session.out().line(history.at("marks").text() + session.styled(Style.DIM, "   x done  - dropped  > skipped  . missed"));
        }
        var columns = new Columns("  ");
        history.at("past").list().forEach(one -> columns.row(date(one), new Cell(one.at("state").text(), Style.DIM)));
        history.at("active").list().forEach(one -> columns.row(date(one), new Cell("now", Style.BOLD)));
        history.at("coming").list().forEach(one -> columns.row(date(one), new Cell("to come", Style.DIM)));
        columns.print(session.out(), session.terminal());
        return 0;
    }

    private static Cell date(Json occurrence) {
        return Cell.of(occurrence.at("start").text().replace('T', ' '));
    }
}
