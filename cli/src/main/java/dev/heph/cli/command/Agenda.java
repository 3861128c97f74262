package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The days to come, each with what is to be done on it and what is late from it on. */
final class Agenda implements Command {
    private static final String RANGE = "7d";
    private static final int SHOWN_MAX = 1000;

    /** As many as can be asked for: how many there are is told, too. */
    private static final int DATES_MAX = 10_000;

    @Override
    public Syntax syntax() {
        return Syntax.asking("agenda", "the days to come, with what is to be done on each or is late then")
                .optionalWords("UNTIL", "the last day: 7d, eom, 24 dec (" + RANGE + ")")
                .dashWords()
                .example("heph agenda 2w");
    }

    @Override
    public int run(Arguments given, Session session) {
        LocalDate last = new DateText(session).day(given.words(0).isEmpty() ? RANGE : given.sentence(0));
        String where = TaskList.OPEN + " (do<=" + last + " or late<=" + last + ")";
        Result result = session.call("task.list", "where", where, "sort", "do", "limit", SHOWN_MAX);
        Result again = session.call("task.coming", "until", last.toString(), "limit", DATES_MAX);
        if (session.printed(result)) {
            session.printed(again);
        } else {
            print(result.json(), last, session);
            coming(again.json().list(), session);
        }
        return 0;
    }

    private static void print(Json page, LocalDate last, Session session) {
        List<Json> tasks = page.at("tasks").list();
        LocalDate today = session.today();
        ShortIds ids = ShortIds.of(tasks);
        var columns = new Columns();
        byDay(tasks, today, last).forEach((day, due) -> {
            String name = day.isBefore(today) ? "before" : Days.of(day, today);
            for (Json task : due) {
                columns.row(
                        new Cell(task == due.getFirst() ? name : "", Style.BOLD),
                        TaskRows.id(task, ids),
                        TaskRows.attention(task),
                        TaskRows.title(task),
                        TaskRows.project(task),
                        TaskRows.dates(task, today));
            }
        });
        columns.print(session.out(), session.terminal());
        long total = page.at("total").number();
        if (tasks.isEmpty()) {
            session.shell().say("Nothing has a date until " + Days.of(last, today) + ". What is next: heph next");
        } else if (total > tasks.size()) {
            cut(tasks.size() + " of " + total + " tasks", session);
        }
    }

    private static void cut(String shown, Session session) {
        session.shell().say(shown + ". Choose fewer days: heph agenda 1d");
    }

    /** Dates of repeating tasks that are no tasks yet. */
    private static void coming(List<Json> dates, Session session) {
        if (dates.isEmpty()) {
            return;
        }
        session.out().line("");
        session.out().line(session.styled(Style.BOLD, "to come again"));
        var columns = new Columns("  ");
        for (Json date : dates.subList(0, Math.min(SHOWN_MAX, dates.size()))) {
            columns.row(new Cell("↻ " + Days.of(date.at("start"), session.today()), Style.DIM), new Cell(date.at("title").text(), Style.DIM));
        }
        columns.print(session.out(), session.terminal());
        if (dates.size() > SHOWN_MAX) {
            String total = dates.size() < DATES_MAX ? " of " : " of at least ";
            cut(SHOWN_MAX + total + dates.size() + " dates of repeating tasks", session);
        }
    }

    /** A task stands on each of its two days that is shown; where both have passed, once, before today. */
    private static TreeMap<LocalDate, List<Json>> byDay(List<Json> tasks, LocalDate today, LocalDate last) {
        var days = new TreeMap<LocalDate, List<Json>>();
        LocalDate before = today.minusDays(1);
        for (Json task : tasks) {
            boolean shown = false;
            LocalDate placed = null;
            for (Json date : new Json[] {task.at("do_date"), task.at("late_on")}) {
                LocalDate day = date.isNull() ? LocalDate.MAX : Days.day(date);
                if (!day.isBefore(today) && !day.isAfter(last) && !day.equals(placed)) {
                    days.computeIfAbsent(day, any -> new ArrayList<>()).add(task);
                    shown = true;
                    placed = day;
                }
            }
            if (!shown) {
                days.computeIfAbsent(before, any -> new ArrayList<>()).add(task);
            }
        }
        return days;
    }
}
