package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.time.LocalDate;
import java.util.List;

/** How lists print a TaskRow: short id, attention, title, project, and what is known of its dates. */
final class TaskRows {
    private TaskRows() {}

    /** A line for each. */
    static void print(List<Json> tasks, Session session) {
        print(tasks, "", ShortIds.of(tasks), session);
    }

    /** @param ids long enough to tell apart more than these, where several such lists are shown together */
    static void print(List<Json> tasks, String indent, ShortIds ids, Session session) {
        LocalDate today = session.today();
        var columns = new Columns(indent);
        for (Json task : tasks) {
            columns.row(id(task, ids), attention(task), title(task), project(task), dates(task, today));
        }
        columns.print(session.out(), session.terminal());
    }

    static Cell id(Json task, ShortIds ids) {
        return new Cell(ids.of(task), Style.YELLOW);
    }

    /** A mark and a word: colour alone would say nothing to some people, and to a pipe. */
    static Cell attention(Json task) {
        String attention = task.at("attention").text();
        return switch (attention) {
            case "red" -> new Cell("● red", Style.RED);
            case "orange" -> new Cell("◐ orange", Style.YELLOW);
            case "blue" -> new Cell("· blue", Style.BLUE);
            default -> new Cell("○ " + attention, Style.PLAIN);
        };
    }

    static Cell title(Json task) {
        return Cell.of(task.at("title").text());
    }

    static Cell project(Json task) {
        String project = task.at("project").at("title").text();
        return new Cell(project.isEmpty() ? "" : "@" + project, Style.BLUE);
    }

    /** {@code do Sat 22 Nov · late Tue 1 Dec}; red with {@code late since} when that has passed; first the state if it is settled. */
    static Cell dates(Json task, LocalDate today) {
        String dates = "";
        if (!task.at("state").text().equals("outstanding")) {
            dates = task.at("state").text();
        }
        dates = joined(dates, "do ", Days.of(task.at("do_date"), today));
        boolean late = task.at("late").truth();
        dates = joined(dates, late ? "late since " : "late ", Days.of(task.at("late_on"), today));
        for (String word : Label.repetition(task)) {
            dates = joined(dates, "", word);
        }
        return new Cell(dates, late ? Style.RED : Style.DIM);
    }

    private static String joined(String dates, String word, String day) {
        return day.isEmpty() ? dates : dates + (dates.isEmpty() ? "" : " · ") + word + day;
    }
}
