package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.terminal.Columns;
import dev.heph.cli.terminal.Columns.Cell;
import dev.heph.cli.terminal.Style;
import java.util.ArrayList;
import java.util.List;

/** {@code heph next --explain}: why each row stands before the next, then what is no row, and why. */
final class Explanation {
    private static final String INDENT = "      ";

    private final List<Json> rows;
    private final List<Json> hidden;
    private final Session session;
    private final ShortIds ids;

    Explanation(Json board, Session session) {
        this.rows = board.at("rows").list();
        this.hidden = board.at("hidden").list();
        this.session = session;
        this.ids = ids();
    }

    /** Long enough to tell apart all that is named, what waits for what as well. */
    private ShortIds ids() {
        var all = new ArrayList<>(rows);
        all.addAll(hidden);
        hidden.forEach(task -> all.addAll(task.at("blocked_by").list()));
        return ShortIds.of(all);
    }

    void print() {
        List<String> lines = Next.columns(rows, ids, session).lines(session.terminal());
        for (int i = 0; i < lines.size(); i++) {
            session.out().line(lines.get(i));
            String why = why(rows.get(i));
            if (!why.isEmpty()) {
                session.out().line(session.styled(Style.DIM, INDENT + why));
            }
        }
        group("limit", "Beyond the limit");
        group("blocked", "Blocked");
        group("future", "Not yet");
        group("on_deck", "On deck");
        if (!hidden.isEmpty()) {
            session.out().line("");
        }
    }

    private static String why(Json task) {
        var parts = new ArrayList<String>();
        String own = task.at("own_attention").text();
        if (!own.isEmpty() && !own.equals(task.at("attention").text())) {
            parts.add("is " + own + " itself, but what it unblocks is " + task.at("attention").text());
        }
        String reason = task.at("before_next").text();
        if (!reason.isEmpty()) {
            parts.add("before the next: " + reason);
        }
        return String.join("; ", parts);
    }

    private void group(String hiddenFor, String name) {
        List<Json> tasks = hidden.stream()
                .filter(task -> task.at("hidden").text().equals(hiddenFor))
                .toList();
        if (tasks.isEmpty()) {
            return;
        }
        session.out().line("").line(session.styled(Style.BOLD, name + " (" + tasks.size() + ")"));
        var columns = new Columns("  ");
        for (Json task : tasks) {
            columns.row(
                    TaskRows.id(task, ids),
                    TaskRows.attention(task),
                    TaskRows.title(task),
                    TaskRows.project(task),
                    new Cell(hiddenBecause(task), Style.DIM));
        }
        columns.print(session.out(), session.terminal());
    }

    private String hiddenBecause(Json task) {
        return switch (task.at("hidden").text()) {
            case "limit" -> "place " + task.at("position").text();
            case "blocked" -> "waits for " + blockers(task.at("blocked_by").list());
            case "future" -> "do " + Days.of(task.at("do_date"), session.today());
            default -> "";
        };
    }

    private String blockers(List<Json> blockers) {
        return String.join(", ", blockers.stream()
                .map(blocker -> ids.of(blocker) + " " + Label.title(blocker))
                .toList());
    }
}
