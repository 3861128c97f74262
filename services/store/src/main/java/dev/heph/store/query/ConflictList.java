package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.OpId;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Imported;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is to be settled, and what each side says. */
public final class ConflictList {
    /** A context document is spoken of as its task, and an occurrence as the task that it is one of. */
    private static final String SUBJECT = "coalesce((SELECT o.task FROM occurrences o WHERE o.space = c.space AND o.id = c.entity),"
            + " (SELECT l.src FROM link_tags l WHERE l.space = c.space AND l.dst = c.entity AND l.type = 'canonical-context'), c.entity)";

    /** What is to be settled; but nobody is asked about the context or the occurrences of a task that is deleted. */
    static final String OPEN = " FROM conflicts c JOIN nodes n ON n.space = c.space AND n.id = " + SUBJECT
            + " WHERE c.space = ? AND (n.tombstoned = 0 OR c.kind = 'delete')";

    private static final int MIN_LETTERS = 4;

    /** Who wrote an op, and when. */
    private static final String AUTHOR = "SELECT d.id, coalesce(d.name, ''), b.hlc, o.seq%s FROM ops o"
            + " JOIN devices d ON d.space = o.space AND d.num = o.device"
            + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle";

    private final Db db;
    private final Space space;

    public ConflictList(Db db, Space space) {
        this.db = db;
        this.space = space;
    }

    /** {@code {conflicts, total, next?}}, by title. @param after how many are passed over */
    public ObjectNode page(int limit, long after) {
        ArrayNode conflicts = Json.MAPPER.createArrayNode();
        db.all("SELECT c.id, c.kind, c.field, c.base, c.merged, n.id, n.title, n.kind,"
                        + " (SELECT o.start FROM occurrences o WHERE o.space = c.space AND o.id = c.entity), c.facet, c.entity,"
                        + " (SELECT v.vault FROM nodes v WHERE v.space = c.space AND v.id = c.entity),"
                        + " (SELECT x.version FROM texts x WHERE x.space = c.space AND x.entity = c.entity AND x.field = 'body' AND c.kind = 'body'),"
                        + " (SELECT t.recurrence FROM tasks t WHERE t.space = c.space AND t.id = n.id)"
                        + OPEN + " ORDER BY n.title COLLATE NOCASE, c.id LIMIT ? OFFSET ?",
                row -> conflicts.add(conflict(row)), space.num(), limit, after);
        long total = count(db, space.num());
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
        if (row.bytes(13) != null) {
            conflict.put("rev", Version.of(row.bytes(13)).orElseThrow().rev());
        }
        conflict.set("node", node(Id.of(row.bytes(6)), row.text(7), row.text(8)));
        row.maybe(9).ifPresent(start -> conflict.put("occurrence", Recurring.shown(start, row.maybe(14))));
        Field field = new Field(row.text(10), row.text(3));
        ArrayNode sides = conflict.putArray("sides");
        boolean isRing = row.text(2).equals(Conflict.Kind.CYCLE.word());
        toldApart(authored(isRing, db.all(AUTHOR.formatted(", s.value") + " JOIN sides s ON s.space = o.space AND s.device = o.device AND s.seq = o.seq"
                + " WHERE s.space = ? AND s.conflict = ? ORDER BY s.ordinal", Side::of, space.num(), id.bytes())))
                .forEach(side -> {
                    ObjectNode shown = sides.addObject().setAll(side.author());
                    row.maybe(12).filter(vault -> wasImported(side.op(), Id.of(row.bytes(11)))).ifPresent(vault -> shown.put("imported_from", vault));
                    shown.set("value", FieldJson.of(field, side.value(), this::title));
                });
        if (isRing) {
            conflict.path("sides").forEach(side -> into((ObjectNode) side.path("value")));
        }
        return conflict;
    }

    private static ObjectNode node(Id id, String title, String kind) {
        return Json.object().put("id", id.toString()).put("title", title).put("kind", kind);
    }

    /** {@code {id, title, kind}} of whom a conflict about this is told, also of one that is deleted. */
    public Optional<ObjectNode> subject(Id entity) {
        return db.first("SELECT n.id, n.title, n.kind FROM (SELECT ? AS space, ? AS entity) c JOIN nodes n ON n.space = c.space AND n.id = " + SUBJECT,
                row -> node(Id.of(row.bytes(1)), row.text(2), row.text(3)), space.num(), entity.bytes());
    }

    private boolean wasImported(OpId op, Id entity) {
        return db.read(tx -> new Imported(tx, space, new Log(space, new Devices(space))).wrote(op, entity));
    }

    /** What was moved, and into what. */
    private void into(ObjectNode moved) {
        Id id = Id.parse(moved.path("ref").asText()).orElseThrow();
        db.first("SELECT value FROM tips WHERE space = ? AND entity = ? AND facet = ? AND field = ? ORDER BY initial, hlc DESC LIMIT 1",
                        row -> ValueCodec.decode(row.bytes(1)), space.num(), id.bytes(), Field.PARENT.facet(), Field.PARENT.name())
                .flatMap(Value::asRef)
                .ifPresent(parent -> moved.putObject("into").put("id", parent.toString()).put("title", title(parent)));
    }

    private String title(Id id) {
        return db.first("SELECT title FROM nodes WHERE space = ? AND id = ?", row -> row.text(1), space.num(), id.bytes()).orElse("");
    }

    private record Side(OpId op, String device, long at, Value value) {
        static Side of(Db.Cells row) {
            return new Side(op(row), row.text(2), Hlc.of(row.bytes(3)).millis(), ValueCodec.decode(row.bytes(5)));
        }

        static OpId op(Db.Cells row) {
            return new OpId(DeviceId.of(row.bytes(1)), row.number(4));
        }

        /** Whether a person would take it for the same device, and it is another. */
        boolean isNamesakeOf(Side other) {
            return device.equals(other.device) && !op.device().equals(other.op.device());
        }

        /** Its name with the end of its id, by which {@code heph devices} names it, too. */
        Side withId() {
            String id = op.device().toString();
            return new Side(op, device + " (" + id.substring(id.length() - MIN_LETTERS).toLowerCase(Locale.ROOT) + ")", at, value);
        }

        Side by(Db.Cells row) {
            return new Side(op(row), row.text(2), Hlc.of(row.bytes(3)).millis(), value);
        }

        ObjectNode author() {
            return Json.object().put("device", op.device().toString()).put("device_name", device).put("at", at);
        }
    }

    private static List<Side> toldApart(List<Side> sides) {
        return sides.stream().map(side -> sides.stream().anyMatch(side::isNamesakeOf) ? side.withId() : side).toList();
    }

    /**
     * Sides that were written in one breath were written by an undo of their settling: then those are named who had said so before. Of a ring
     * the undo wrote one alone.
     */
    private List<Side> authored(boolean isRing, List<Side> sides) {
        if (!isRing && sides.stream().map(side -> side.op().device() + " " + side.at()).distinct().count() == sides.size()) {
            return sides;
        }
        List<OpId> first = db.read(tx -> sides.stream().map(side -> new Reopened(tx, new Log(space, new Devices(space))).first(side.op())).toList());
        return IntStream.range(0, sides.size())
                .mapToObj(at -> db.first(AUTHOR.formatted("") + " WHERE o.space = ? AND d.id = ? AND o.seq = ?", sides.get(at)::by, space.num(),
                        first.get(at).device().bytes(), first.get(at).seq()).orElse(sides.get(at)))
                .toList();
    }

    /** The open conflict of this id or end of one. */
    public Id named(String text) {
        String end = text.toUpperCase(Locale.ROOT);
        List<Id> found = db.all("SELECT id FROM conflicts WHERE space = ?", row -> Id.of(row.bytes(1)), space.num()).stream()
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
