package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.model.rank.Board;
import dev.heph.model.rank.Candidate;
import dev.heph.model.rank.Counts;
import dev.heph.model.rank.Hidden;
import dev.heph.model.rank.Reason;
import dev.heph.model.rank.Row;
import dev.heph.runtime.Json;
import dev.heph.store.query.OpenTasks.WorkingSet;
import java.util.List;
import java.util.Optional;

/** What is next, why, and how much there is. */
public final class Tasks {
    private final Db db;
    private final int space;
    private final TaskList list;
    private final Scopes scopes;
    private final OpenTasks open;

    public Tasks(Db db, int space, TaskList list, Scopes scopes, OpenTasks open) {
        this.open = open;
        this.db = db;
        this.space = space;
        this.list = list;
        this.scopes = scopes;
    }

    /** The rows of what is next. @param scope a project, with those in it, a tag, or any other node that tasks are a context of */
    public ArrayNode next(WorkingSet now, int limit, Optional<Id> scope) {
        return rows(now, board(now, scope).next(limit));
    }

    /** What is next, how much there is, and what comes if there is nothing. @param explain also why, and why not the others */
    public ObjectNode board(WorkingSet now, int limit, Optional<Id> scope, boolean explain) {
        Board board = board(now, scope);
        List<Row> next = board.next(limit);
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("rows").addAll(rows(now, next));
        answer.set("counts", counts(scope.isPresent() ? board.counts() : now.counts()).put("inbox", now.unsorted())
                .put("offered", board.offered() + (scope.isPresent() ? 0 : now.others()))
                .put("conflicts", ConflictList.count(db, space)));
        if (next.isEmpty()) {
            (scope.isPresent() ? board.nextUp() : now.soonest()).map(task -> task(now, task)).ifPresent(task -> answer.set("next_up", task));
        }
        if (explain) {
            for (int at = 0; at + 1 < next.size(); at++) {
                Reason reason = Reason.of(next.get(at), next.get(at + 1));
                ((ObjectNode) rows.get(at)).put("before_next", reason.words());
            }
            ArrayNode hidden = answer.putArray("hidden");
            board.hidden(limit).stream().limit(MOST_EXPLAINED).map(one -> hidden(now, one)).forEach(hidden::add);
        }
        return answer;
    }

    private static final int MOST_EXPLAINED = 200;

    /** What is on deck, the oldest first. */
    public ArrayNode onDeck(WorkingSet now) {
        return Json.MAPPER.createArrayNode().addAll(now.board().hidden(Integer.MAX_VALUE).stream()
                .filter(Hidden.Blue.class::isInstance)
                .map(blue -> task(now, blue.task()))
                .toList());
    }

    private Board board(WorkingSet now, Optional<Id> scope) {
        Board board = now.board();
        return scope.map(scopes::of).map(within -> board.within(row -> within.contains(now.taskOf(row)))).orElse(board);
    }

    private ArrayNode rows(WorkingSet now, List<Row> next) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        for (Row row : next) {
            ObjectNode shown = task(now, row.task())
                    .put("attention", row.attention().word())
                    .put("own_attention", row.task().attention().word())
                    .put("late", row.late())
                    .put("in_cycle", row.inCycle());
            ArrayNode unblocks = shown.putArray("unblocks");
            tasks(now, row.unblocks()).forEach(id -> unblocks.addObject().put("id", id.toString()).put("title", title(id)));
            rows.add(shown);
        }
        return rows;
    }

    private ObjectNode hidden(WorkingSet now, Hidden hidden) {
        ObjectNode task = task(now, hidden.task());
        switch (hidden) {
            case Hidden.BeyondLimit(var any, int position) -> task.put("hidden", "limit").put("position", position);
            case Hidden.Blocked(var any, List<Id> by) -> {
                ArrayNode blockers = task.put("hidden", "blocked").putArray("blocked_by");
                tasks(now, by).forEach(id -> blockers.addObject().put("id", id.toString()).put("title", title(id)));
            }
            case Hidden.Future(var any, var from) -> task.put("hidden", "future");
            case Hidden.Blue(var any) -> task.put("hidden", "on_deck");
        }
        return task;
    }

    private ObjectNode task(WorkingSet now, Candidate row) {
        Id task = now.taskOf(row.id());
        return Json.object().setAll(open.shown(now, row.id(), () -> list.row(task, Optional.of(row.id()).filter(id -> !id.equals(task)))));
    }

    private static List<Id> tasks(WorkingSet now, List<Id> rows) {
        return rows.stream().map(now::taskOf).distinct().toList();
    }

    private String title(Id id) {
        return db.first("SELECT title FROM nodes WHERE space = ? AND id = ?", row -> row.text(1), space, id.bytes()).orElse("");
    }

    private ObjectNode counts(Counts counts) {
        return Json.object()
                .put("late", counts.late())
                .put("red", counts.red())
                .put("orange", counts.orange())
                .put("orange_limit", Counts.MOST_ORANGE)
                .put("active", counts.active())
                .put("active_limit", Counts.MOST_ACTIVE)
                .put("on_deck", counts.onDeck());
    }

    /** The working set as {@code health} tells it: never rounded, never calmed. */
    public ObjectNode workingSet(WorkingSet now) {
        Counts counts = now.counts();
        return Json.object()
                .put("orange_count", counts.orange())
                .put("active_count", counts.active())
                .put("on_deck_count", counts.onDeck())
                .put("late_count", counts.late())
                .put("inbox_count", now.unsorted());
    }
}
