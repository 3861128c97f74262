package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.List;
import java.util.OptionalInt;

final class Next implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("next", "what to do now, the first thing first")
                .number("--limit", "at most so many; red ones are never left out (5)")
                .option("--scope", "PROJECT", "only in this project")
                .example("heph next --limit 10");
    }

    @Override
    public int run(Arguments given, Session session) {
        OptionalInt limit = given.number("--limit");
        Result result = session.call(
                "next", "limit", limit.isPresent() ? limit.getAsInt() : null, "scope", given.orNull("--scope"));
        if (!session.printed(result)) {
            print(result.json().list(), session);
        }
        return 0;
    }

    private static void print(List<Json> tasks, Session session) {
        if (tasks.isEmpty()) {
            session.out().line("Nothing to do now. Capture something: heph add Pay rent");
            return;
        }
        ShortIds ids = ShortIds.of(tasks);
        var columns = new Columns();
        for (Json task : tasks) {
            String project = task.at("project").at("title").text();
            columns.row(
                    new Cell(ids.of(task), Style.YELLOW),
                    attention(task.at("attention").text()),
                    Cell.of(task.at("title").text()),
                    new Cell(project.isEmpty() ? "" : "@" + project, Style.BLUE),
                    when(task));
        }
        columns.print(session.out(), session.terminal());
    }

    /** A mark and a word: colour alone would say nothing to some people, and to a pipe. */
    private static Cell attention(String attention) {
        return switch (attention) {
            case "red" -> new Cell("● red", Style.RED);
            case "orange" -> new Cell("◐ orange", Style.YELLOW);
            case "blue" -> new Cell("· blue", Style.BLUE);
            default -> new Cell("○ " + attention, Style.PLAIN);
        };
    }

    private static Cell when(Json task) {
        if (task.at("late").truth()) {
            return new Cell("late since " + date(task.at("late_on")), Style.RED);
        }
        return new Cell(task.at("do_date").isNull() ? "" : "do " + date(task.at("do_date")), Style.DIM);
    }

    private static String date(Json date) {
        return date.at("local").text().replace('T', ' ');
    }
}
