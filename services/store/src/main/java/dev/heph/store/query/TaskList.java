package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.date.Now;
import dev.heph.model.filter.Filter;
import dev.heph.model.filter.FilterException;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.State;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Committed tasks as rows: one, or those that a filter matches. */
public final class TaskList {
    private static final String USUAL = "state:outstanding";

    private static final String COLUMNS = "SELECT n.id, n.title, t.attention, t.state, t.do_date, t.late_on, p.id, p.title, n.created,"
            + " t.recurrence IS NOT NULL";

    /** The rows of recurring tasks now. With a key, because SQLite would go through a subquery once for each task. */
    private static final String DUE_TABLE = "CREATE TEMP TABLE IF NOT EXISTS due (id BLOB NOT NULL, start TEXT NOT NULL, do_date TEXT, late_on TEXT,"
            + " occurrence BLOB, PRIMARY KEY (id, start)) WITHOUT ROWID";

    /** From one JSON array for each: id, start, do-date, late-on, occurrence. */
    private static final String FILL_DUE = "INSERT OR REPLACE INTO temp.due SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3,"
            + " unhex(value ->> 4) FROM json_each(?)";

    private static final String DUE = " LEFT JOIN temp.due ON due.id = t.id";

    private static final String FROM = " FROM nodes n JOIN tasks t ON t.space = n.space AND t.id = n.id"
            + " LEFT JOIN nodes p ON p.space = t.space AND p.id = t.project AND p.kind IS NOT NULL AND p.tombstoned = 0";

    private final Db db;
    private final int space;
    private final Dates dates;
    private final Recurring recurring;

    public TaskList(Db db, int space, Dates dates, Recurring recurring) {
        this.recurring = recurring;
        this.db = db;
        this.space = space;
        this.dates = dates;
    }

    /** How a list is ordered; what has no date comes after what has one. */
    public enum Sort {
        DO("{do} IS NULL, {do}, n.created, n.id"),
        LATE("{late} IS NULL, {late}, n.created, n.id"),
        CREATED("n.created, n.id"),
        MODIFIED("n.modified DESC, n.id"),
        TITLE("n.title COLLATE NOCASE, n.id");

        private final String order;

        Sort(String order) {
            this.order = order;
        }

        private String order(FilterSql dates) {
            return order.replace("{do}", dates.doDate()).replace("{late}", dates.lateOn());
        }

        /** The words for them. */
        public static List<String> words() {
            return Arrays.stream(values()).map(sort -> sort.name().toLowerCase(Locale.ROOT)).toList();
        }
    }

    /**
     * @param usual a filter that holds as well where {@code where} says nothing of the state
     * @throws HephException for words that are no filter
     */
    public ObjectNode page(Optional<String> where, Optional<String> usual, Sort sort, int limit, long after) {
        List<Recurring.Due> due = recurring.open();
        Filter asked = filter(where.orElse(USUAL));
        Filter meant = usual.map(this::filter).map(filter -> new UsualState(filter).of(asked)).orElse(asked);
        FilterSql filter = new FilterSql(space, meant, !due.isEmpty());
        String from = FROM + (due.isEmpty() ? "" : DUE) + " WHERE n.space = ? AND n.kind = 'task' AND n.tombstoned = 0"
                + " AND t.committed = 1 AND " + filter.condition();
        List<Object> params = new ArrayList<>();
        if (!due.isEmpty()) {
            db.define(DUE_TABLE);
            db.define("DELETE FROM temp.due");
            db.define(FILL_DUE, json(due));
        }
        params.add(space);
        params.addAll(filter.params());
        long total = db.count("SELECT count(*)" + from, params.toArray());
        params.add(limit);
        params.add(after);
        String columns = COLUMNS + (due.isEmpty() ? "" : ", due.occurrence");
        String order = sort.order(filter) + (due.isEmpty() ? "" : ", due.start");
        List<ObjectNode> rows = db.all(columns + from + " ORDER BY " + order + " LIMIT ? OFFSET ?",
                row -> row(row, due.isEmpty() ? Optional.empty() : Optional.ofNullable(row.bytes(11)).map(Id::of)), params.toArray());
        ObjectNode page = Json.object();
        page.putArray("tasks").addAll(rows);
        page.put("total", total);
        if (after + rows.size() < total) {
            page.put("next", Long.toString(after + rows.size()));
        }
        return page;
    }

    /** Outstanding tasks that wait for others, with what they wait for; also those that could not be done yet anyway. */
    public ArrayNode waiting() {
        record Edge(Id blocked, Id blocker) {}
        Map<Id, List<Id>> waiting = new LinkedHashMap<>();
        for (Edge edge : db.all("SELECT DISTINCT l.dst, l.src FROM link_tags l"
                        + " JOIN tasks b ON b.space = l.space AND b.id = l.src AND b.state = 'outstanding' AND b.committed = 1"
                        + " JOIN nodes bn ON bn.space = b.space AND bn.id = b.id AND bn.tombstoned = 0"
                        + " JOIN tasks t ON t.space = l.space AND t.id = l.dst AND t.state = 'outstanding' AND t.committed = 1"
                        + " JOIN nodes n ON n.space = t.space AND n.id = t.id AND n.tombstoned = 0"
                        + " WHERE l.space = ? AND l.type = 'blocks' ORDER BY n.created, n.id, bn.created, bn.id",
                row -> new Edge(Id.of(row.bytes(1)), Id.of(row.bytes(2))), space)) {
            waiting.computeIfAbsent(edge.blocked(), id -> new ArrayList<>()).add(edge.blocker());
        }
        ArrayNode rows = Json.MAPPER.createArrayNode();
        waiting.forEach((blocked, blockers) -> {
            ObjectNode row = row(blocked);
            ArrayNode by = row.putArray("blocked_by");
            blockers.forEach(id -> by.addObject().put("id", id.toString()).set("title", row(id).get("title")));
            rows.add(row);
        });
        return rows;
    }

    private Filter filter(String where) {
        try {
            return Filter.parse(where, new Now(LocalDateTime.ofInstant(dates.now(), dates.zone()), dates.dayStarts()));
        } catch (FilterException e) {
            throw new HephException(Reason.INVALID_PARAMS, e.getMessage(), e);
        }
    }

    private static String json(List<Recurring.Due> due) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        due.forEach(one -> rows.addArray().add(HexFormat.of().formatHex(one.task().bytes())).add(one.occurrence().start().toString())
                .add(one.doDate()).add(one.lateOn().orElse(null)).add(HexFormat.of().formatHex(one.occurrence().id().bytes())));
        return rows.toString();
    }

    ObjectNode row(Id id) {
        return row(id, Optional.empty());
    }

    /** @param occurrence which row of a task that repeats; empty: where it stands */
    ObjectNode row(Id id, Optional<Id> occurrence) {
        return db.first(COLUMNS + FROM + " WHERE n.space = ? AND n.id = ?", row -> row(row, occurrence), space, id.bytes()).orElseThrow();
    }

    private ObjectNode row(Db.Cells row, Optional<Id> occurrence) {
        Id id = Id.of(row.bytes(1));
        Optional<Recurring.Definition> repeats = row.yes(10) ? recurring.definition(id) : Optional.empty();
        Optional<Recurring.Due> due = repeats.filter(any -> row.text(4).equals(State.OUTSTANDING.word()))
                .flatMap(definition -> recurring.due(new Recurring.Meant(definition, occurrence)).or(() -> recurring.due(definition)));
        Optional<String> lateOn = due.isPresent() ? due.get().lateOn() : row.maybe(6);
        ObjectNode shown = Json.object()
                .put("id", id.toString())
                .put("title", row.text(2))
                .put("attention", row.maybe(3).orElse("white"))
                .put("state", row.text(4));
        due.filter(Recurring.Due::further).ifPresent(later -> shown.put("occurrence", later.occurrence().id().toString()));
        shown.set("do_date", dates.start(due.map(Recurring.Due::doDate).orElse(row.text(5))));
        shown.set("late_on", dates.end(lateOn.orElse(null)));
        repeats.ifPresent(definition -> shown.set("recurrence", RecurrenceJson.of(definition, due)));
        shown.put("late", lateOn.filter(date -> !dates.at(date, true).isAfter(dates.now())).isPresent());
        byte[] project = row.bytes(7);
        if (project == null) {
            shown.putNull("project");
        } else {
            shown.putObject("project").put("id", Id.of(project).toString()).put("title", row.text(8));
        }
        return shown.put("context", DerivedId.canonicalContext(id).toString()).put("created_at", Hlc.of(row.bytes(9)).millis());
    }
}
