package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import java.util.List;
import java.util.Locale;

/** What is to be settled, and what each side says. */
public final class ConflictList {
    /** A context document is spoken of as its task, and an occurrence as the task that it is one of. */
    private static final String SUBJECT = "coalesce((SELECT o.task FROM occurrences o WHERE o.space = c.space AND o.id = c.entity),"
            + " (SELECT l.src FROM link_tags l WHERE l.space = c.space AND l.dst = c.entity AND l.type = 'canonical-context'), c.entity)";

    /** What is to be settled; but nobody is asked about the context or the occurrences of a task that is deleted. */
    static final String OPEN = " FROM conflicts c JOIN nodes n ON n.space = c.space AND n.id = " + SUBJECT
            + " WHERE c.space = ? AND (n.tombstoned = 0 OR c.kind = 'delete')";

    private static final int MIN_LETTERS = 4;

    private final Db db;
    private final int space;

    public ConflictList(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** {@code {conflicts, total, next?}}, by title. @param after how many are passed over */
    public ObjectNode page(int limit, long after) {
        ArrayNode conflicts = Json.MAPPER.createArrayNode();
        db.all("SELECT c.id, c.kind, c.field, c.base, c.merged, n.id, n.title, n.kind,"
                        + " (SELECT o.start FROM occurrences o WHERE o.space = c.space AND o.id = c.entity), c.facet"
                        + OPEN + " ORDER BY n.title COLLATE NOCASE, c.id LIMIT ? OFFSET ?",
                row -> conflicts.add(conflict(row)), space, limit, after);
        long total = count(db, space);
        ObjectNode page = Json.object();
        page.set("conflicts", conflicts);
        page.put("total", total);
        return after + conflicts.size() < total ? page.put("next", Long.toString(after + conflicts.size())) : page;
    }

    /** How many are open. */
    static long count(Db db, int space) {
        return db.count("SELECT count(*)" + OPEN, space);
    }

    private ObjectNode conflict(Db.Cells row) {
        Id id = Id.of(row.bytes(1));
        ObjectNode conflict = Json.object().put("id", id.toString()).put("kind", row.text(2)).put("field", row.text(3));
        row.maybe(4).ifPresent(base -> conflict.put("base", base));
        row.maybe(5).ifPresent(merged -> conflict.put("merged", merged));
        conflict.putObject("node").put("id", Id.of(row.bytes(6)).toString()).put("title", row.text(7)).put("kind", row.text(8));
        row.maybe(9).ifPresent(start -> conflict.put("occurrence", start));
        Field field = new Field(row.text(10), row.text(3));
        conflict.putArray("sides").addAll(db.all("SELECT d.id, d.name, b.hlc, s.value FROM sides s"
                        + " JOIN devices d ON d.space = s.space AND d.num = s.device"
                        + " JOIN ops o ON o.space = s.space AND o.device = s.device AND o.seq = s.seq"
                        + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                        + " WHERE s.space = ? AND s.conflict = ? ORDER BY s.ordinal",
                side -> side(field, side), space, id.bytes()));
        if (row.text(2).equals(Conflict.Kind.CYCLE.word())) {
            conflict.path("sides").forEach(side -> into((ObjectNode) side.path("value")));
        }
        return conflict;
    }

    /** What was moved, and into what. */
    private void into(ObjectNode moved) {
        Id id = Id.parse(moved.path("ref").asText()).orElseThrow();
        db.first("SELECT value FROM tips WHERE space = ? AND entity = ? AND facet = ? AND field = ? ORDER BY initial, hlc DESC LIMIT 1",
                        row -> ValueCodec.decode(row.bytes(1)), space, id.bytes(), Field.PARENT.facet(), Field.PARENT.name())
                .flatMap(Value::asRef)
                .ifPresent(parent -> moved.putObject("into").put("id", parent.toString()).put("title", title(parent)));
    }

    private String title(Id id) {
        return db.first("SELECT title FROM nodes WHERE space = ? AND id = ?", row -> row.text(1), space, id.bytes()).orElse("");
    }

    private ObjectNode side(Field field, Db.Cells row) {
        ObjectNode side = Json.object()
                .put("device", DeviceId.of(row.bytes(1)).toString())
                .put("device_name", row.text(2))
                .put("at", Hlc.of(row.bytes(3)).millis());
        side.set("value", FieldJson.of(field, ValueCodec.decode(row.bytes(4)), this::title));
        return side;
    }

    /** The open conflict of this id or end of one. */
    public Id named(String text) {
        String end = text.toUpperCase(Locale.ROOT);
        List<Id> found = db.all("SELECT id FROM conflicts WHERE space = ?", row -> Id.of(row.bytes(1)), space).stream()
                .filter(id -> id.toString().endsWith(end))
                .toList();
        if (found.size() != 1 || end.length() < MIN_LETTERS) {
            throw new HephException(Reason.NOT_FOUND, found.size() <= 1
                    ? "no open conflict '" + text + "': it is settled by now, or never was one. Those that are open: heph conflicts"
                    : "'" + text + "' is the end of several conflicts: give more letters. Those that are open: heph conflicts");
        }
        return found.getFirst();
    }
}
