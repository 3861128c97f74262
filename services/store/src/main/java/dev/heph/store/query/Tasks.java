package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.op.Hlc;
import dev.heph.model.rank.Candidate;
import dev.heph.model.rank.Next;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.runtime.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is next, and how much there is. */
public final class Tasks {
    private static final String OPEN = " FROM tasks t JOIN nodes n ON n.space = t.space AND n.id = t.id AND n.kind = 'task'"
            + " AND n.tombstoned = 0 WHERE t.space = ? AND t.state = 'outstanding' AND t.committed = 1";

    private static final String MEANINGFUL = Field.MEANINGFUL.stream()
            .map(field -> "('" + field.facet() + "', '" + field.name() + "')")
            .collect(Collectors.joining(", "));

    private final Db db;
    private final int space;
    private final Dates dates;

    public Tasks(Db db, int space, Dates dates) {
        this.db = db;
        this.space = space;
        this.dates = dates;
    }

    private record Open(Candidate candidate, String title, String doDate, String lateOn, Id project, String projectTitle) {}

    /** @param scope a project; its own tasks only */
    public ArrayNode next(int limit, Optional<Id> scope) {
        Instant now = dates.now();
        String inScope = scope.isPresent() ? " AND t.project = ?" : "";
        List<Object> params = new ArrayList<>(List.of(space));
        scope.ifPresent(project -> params.add(project.bytes()));
        Map<Id, Open> open = new HashMap<>();
        for (Open task : db.all("SELECT t.id, t.attention, t.do_date, t.late_on, n.created, n.title, p.id, p.title"
                        + OPEN.replace(" WHERE ", " LEFT JOIN nodes p ON p.space = t.space AND p.id = t.project"
                                + " AND p.kind IS NOT NULL AND p.tombstoned = 0 WHERE ") + inScope,
                this::open, params.toArray())) {
            open.put(task.candidate().id(), task);
        }
        ArrayNode rows = Json.MAPPER.createArrayNode();
        Next.of(open.values().stream().map(Open::candidate).toList(), now, limit)
                .forEach(candidate -> rows.add(row(open.get(candidate.id()), now)));
        return rows;
    }

    private Open open(Db.Cells row) {
        Id id = Id.of(row.bytes(1));
        Attention attention = row.maybe(2).flatMap(Attention::of).orElse(Attention.WHITE);
        Candidate candidate = new Candidate(id, attention,
                row.maybe(3).map(date -> dates.at(date, false)), row.maybe(4).map(date -> dates.at(date, true)),
                Instant.ofEpochMilli(Hlc.of(row.bytes(5)).millis()));
        byte[] project = row.bytes(7);
        return new Open(candidate, row.text(6), row.text(3), row.text(4), project == null ? null : Id.of(project), row.text(8));
    }

    private ObjectNode row(Open task, Instant now) {
        Candidate candidate = task.candidate();
        ObjectNode row = Json.object()
                .put("id", candidate.id().toString())
                .put("title", task.title())
                .put("attention", candidate.attention().word())
                .put("state", "outstanding");
        row.set("do_date", dates.start(task.doDate()));
        row.set("late_on", dates.end(task.lateOn()));
        row.put("late", candidate.isLate(now));
        if (task.project() == null) {
            row.putNull("project");
        } else {
            row.putObject("project").put("id", task.project().toString()).put("title", task.projectTitle());
        }
        return row.put("context", DerivedId.canonicalContext(candidate.id()).toString())
                .put("created_at", candidate.created().toEpochMilli());
    }

    /** The working set as {@code health} tells it: never rounded, never calmed. */
    public ObjectNode counts() {
        return Json.object()
                .put("orange_count", db.count("SELECT count(*)" + OPEN + " AND t.attention = 'orange'", space))
                .put("active_count", db.count("SELECT count(*)" + OPEN + " AND t.attention <> 'blue'", space))
                .put("on_deck_count", db.count("SELECT count(*)" + OPEN + " AND t.attention = 'blue'", space))
                .put("conflict_count", conflicts())
                .put("note_count", db.count("SELECT count(*) FROM nodes WHERE space = ? AND kind = 'doc' AND tombstoned = 0"
                        + " AND context = 0", space))
                .put("unapplied_count", unapplied());
    }

    /** Ops of a later version, and those in bundles that this version cannot read at all. */
    private long unapplied() {
        return db.count("SELECT count(*) FROM ops WHERE space = ? AND applied = 0", space)
                + db.count("SELECT coalesce(sum(count), 0) FROM bundles WHERE space = ? AND applied = 0", space);
    }

    /** Meaningful registers that are contested, as {@link Register#contested} has it: a first value is no branch beside later ones. */
    private long conflicts() {
        return db.count("SELECT count(*) FROM (SELECT 1 FROM tips WHERE space = ? AND (facet, field) IN (VALUES " + MEANINGFUL + ")"
                + " GROUP BY entity, facet, field"
                + " HAVING count(DISTINCT value) > 1 AND (min(initial) = 1 OR count(DISTINCT iif(initial = 0, value, NULL)) > 1))",
                space);
    }
}
