package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The history of a recurring task, with a line of marks and those of its checklist, and what comes next. */
final class OccurrencesOf implements Command {
    private static final int MARKS_MAX = 12;

    @Override
    public Syntax syntax() {
        return Syntax.asking("occurrences", "what became of each date of a repeating task, and which come next")
                .word("TASK", "a short id or a title")
                .number("--limit", "how many past ones (50)")
                .flag("--list", "the checklist of each; of a closed one in the words it had then")
                .example("heph occurrences k3f9")
                .example("heph occurrences k3f9 --list --limit 3");
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
        List<Json> all = Stream.of("past", "active", "coming").flatMap(part -> history.at(part).list().stream()).toList();
        var columns = new Columns("  ");
        history.at("past").list().forEach(one -> row(columns, one, new Cell(one.at("state").text(), Style.DIM), session));
        history.at("active").list().forEach(one -> row(columns, one, new Cell("now", Style.BOLD), session));
        history.at("coming").list().forEach(one -> row(columns, one, new Cell("to come", Style.DIM), session));
        List<String> lines = columns.lines(session.terminal());
        for (int at = 0; at < lines.size(); at++) {
            session.out().line(lines.get(at));
            if (given.flag("--list")) {
                all.get(at).at("list").list().forEach(item -> session.out().line("      " + mark(item) + " " + Label.title(item)));
            }
        }
        return 0;
    }

    private static void row(Columns columns, Json occurrence, Cell state, Session session) {
        columns.row(Cell.of(Days.of(occurrence.at("start").text(), session.today())), state, Cell.of(marks(occurrence.at("list").list())));
    }

    /** {@code [x][x][ ]}, or of a long list how much of it is done. */
    private static String marks(List<Json> list) {
        return list.size() <= MARKS_MAX ? list.stream().map(OccurrencesOf::mark).collect(Collectors.joining())
                : list.stream().filter(item -> item.at("state").text().equals("done")).count() + " of " + list.size();
    }

    private static String mark(Json item) {
        return "[" + Width.line(item.at("mark").text()) + "]";
    }
}
