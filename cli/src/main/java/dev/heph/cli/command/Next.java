package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Width;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** {@code heph next}, and {@code heph} alone. */
final class Next implements Command {
    private static final List<String> BEGIN = List.of(
            "heph keeps your notes and tasks in one graph, on this device.",
            "Begin:  heph note 'First note'    heph add Pay rent tomorrow    heph import ~/notes",
            "Look first, on a throw-away copy:  heph try    Every command:  heph help");

    private static final int UNBLOCKS_COLUMNS_MAX = 40;
    private static final int LATE_SOON_DAYS = 3;

    @Override
    public Syntax syntax() {
        return Syntax.asking("next", "what to do now, the first thing first")
                .number("--limit", "at most so many; red ones are never left out (5)")
                .option("--scope", "WHAT", "only in this project and those in it, with this #tag, or of this note")
                .flag("--explain", "why each stands where it stands, and what is not shown")
                .example("heph next --scope '#home' --limit 10");
    }

    @Override
    public int run(Arguments given, Session session) {
        if (!session.json() && Files.notExists(session.home().data())) {
            BEGIN.forEach(session.out()::line); // nothing was ever kept here: no reason to start a daemon
            return 0;
        }
        OptionalInt limit = given.number("--limit");
        boolean explain = given.flag("--explain");
        Result result = session.call(
                session.json() && !explain ? "next" : "board",
                "limit", limit.isPresent() ? limit.getAsInt() : null,
                "scope", given.orNull("--scope"),
                "explain", explain ? true : null);
        if (!session.printed(result)) {
            print(result.json(), given, session);
        }
        return 0;
    }

    private static void print(Json board, Arguments given, Session session) {
        List<Json> rows = board.at("rows").list();
        if (rows.isEmpty()) {
            empty(board, given, session);
        }
        if (given.flag("--explain")) {
            new Explanation(board, session).print();
        } else {
            columns(rows, ShortIds.of(rows), session).print(session.out(), session.terminal());
        }
        String counts = counts(board.at("counts"), rows.size(), given.option("--scope").isPresent());
        if (!counts.isEmpty()) {
            remark(counts, Style.DIM, session);
        }
        Json since = board.at("not_synced_since");
        if (!since.isNull()) {
            remark(SyncStanding.loud(since.number(), session.shell().clock().millis()) + ". Why: heph sync --status", Style.RED, session);
        }
    }

    /** To standard error when the rows go into a pipe, where the first word of every line is to be an id. */
    private static void remark(String text, Style style, Session session) {
        if (session.terminal().out()) {
            session.out().line(session.styled(style, text));
        } else {
            session.shell().say(text);
        }
    }

    static Columns columns(List<Json> rows, ShortIds ids, Session session) {
        LocalDate today = session.today();
        long now = session.shell().clock().millis();
        var columns = new Columns();
        for (Json task : rows) {
            columns.row(
                    TaskRows.id(task, ids),
                    TaskRows.attention(task),
                    TaskRows.title(task),
                    TaskRows.project(task),
                    when(task, today, now),
                    new Cell(besides(task), Style.DIM));
        }
        return columns;
    }

    /** Only what is late itself, or will be in a few days, says so; how long something waits to be begun is its age, no reproach. */
    private static Cell when(Json task, LocalDate today, long now) {
        Json lateOn = task.at("late_on");
        if (!lateOn.isNull() && lateOn.at("at").number() <= now) {
            return new Cell("late since " + Days.of(lateOn, today), Style.RED);
        }
        String begin = begin(task.at("do_date"), today, now);
        if (lateOn.isNull() || Days.day(lateOn).isAfter(today.plusDays(LATE_SOON_DAYS))) {
            return new Cell(begin, Style.DIM);
        }
        return new Cell((begin.isEmpty() ? "" : begin + " · ") + "late " + Days.soon(lateOn, today), Style.YELLOW);
    }

    private static String begin(Json doDate, LocalDate today, long now) {
        if (doDate.isNull()) {
            return "";
        }
        if (doDate.at("at").number() > now) {
            return "do " + Days.of(doDate, today);
        }
        long days = ChronoUnit.DAYS.between(Days.day(doDate), today);
        return days < 1 ? "today" : days == 1 ? "1 day" : days + " days";
    }

    private static String besides(Json task) {
        List<Json> unblocks = task.at("unblocks").list();
        String more = unblocks.size() > 1 ? " and " + (unblocks.size() - 1) + " more" : "";
        String text = unblocks.isEmpty()
                ? ""
                : "unblocks: " + Width.cut(Label.title(unblocks.getFirst()), UNBLOCKS_COLUMNS_MAX) + more;
        List<String> words = new ArrayList<>(text.isEmpty() ? List.of() : List.of(text));
        if (task.at("in_cycle").truth()) {
            words.add("(cycle)");
        }
        Label.missed(task).ifPresent(words::add);
        return String.join(" ", words);
    }

    /**
     * {@code 5 of 31 · --limit 31 · 2 late · 1 red · 9 orange (limit 6) · 12 on deck · 4 inbox}, without what is none. The inbox lies in
     * no scope.
     */
    private static String counts(Json counts, int shown, boolean scoped) {
        var line = new StringBuilder();
        long offered = counts.at("offered").number();
        if (offered > shown) {
            line.append(shown).append(" of ").append(offered).append(" · --limit ").append(Math.min(offered, 10_000));
        }
        append(line, counts.at("late").number(), "late", Long.MAX_VALUE);
        append(line, counts.at("red").number(), "red", Long.MAX_VALUE);
        append(line, counts.at("orange").number(), "orange", counts.at("orange_limit").number());
        long active = counts.at("active").number();
        long most = counts.at("active_limit").number();
        append(line, active > most ? active : 0, "active", most);
        append(line, counts.at("on_deck").number(), "on deck", Long.MAX_VALUE);
        append(line, scoped ? 0 : counts.at("inbox").number(), "inbox", Long.MAX_VALUE);
        long conflicts = counts.at("conflicts").number();
        append(line, conflicts, conflicts == 1 ? "conflict: heph conflicts" : "conflicts: heph conflicts", Long.MAX_VALUE);
        return line.toString();
    }

    private static void append(StringBuilder line, long count, String what, long limit) {
        if (count > 0) {
            line.append(line.isEmpty() ? "" : " · ").append(count).append(' ').append(what);
            line.append(count > limit ? " (limit " + limit + ")" : "");
        }
    }

    private static void empty(Json board, Arguments given, Session session) {
        Json next = board.at("next_up");
        Json counts = board.at("counts");
        if (!next.isNull()) {
            String date = Days.of(next.at("do_date"), session.today());
            String when = date.isEmpty() ? "" : ", " + date;
            remark("Nothing actionable now. Next: " + Label.title(next) + when + ".", Style.PLAIN, session);
        } else if (given.option("--scope").isPresent() || counts.at("active").number() + counts.at("on_deck").number() > 0) {
            remark("Nothing actionable now.", Style.PLAIN, session);
        } else if (session.call("node.list", "limit", 1).json().at("total").number() == 0) {
            BEGIN.forEach(session.out()::line);
        } else {
            remark("Nothing to do now. Capture something: heph add Pay rent tomorrow", Style.PLAIN, session);
        }
    }
}
