package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything visible, a page at a time, in the order of ids, for writing files from: each node with all that its body does not say,
 * so that it can be made again from that. When nodes were written is not part of it.
 */
public final class Exports {
    /** UTF-16 units of body after which a page is full. */
    private static final long FULL = 4 << 20;

    /** Members of a node anyway, or, like a rev, nothing that holds elsewhere. */
    private static final Set<Field> ELSEWHERE =
            Set.of(Field.KIND, Field.TITLE, Field.SOURCE_VAULT, Field.SOURCE_PATH, Field.SOURCE_REV);

    private static final String MARKS = Mark.FACET + ".";

    private final Db db;
    private final int space;
    private final Nodes nodes;

    public Exports(Db db, int space, Nodes nodes) {
        this.db = db;
        this.space = space;
        this.nodes = nodes;
    }

    /**
     * A page of at most {@code limit} nodes, fewer when their bodies are long.
     *
     * @param after the id that the page before ended with, or the least id to begin
     */
    public ObjectNode page(Id after, int limit) {
        List<Id> ids = db.all("SELECT id FROM nodes WHERE space = ? AND id > ? AND kind IS NOT NULL AND tombstoned = 0"
                + " ORDER BY id LIMIT ?", row -> Id.of(row.bytes(1)), space, after.bytes(), limit);
        ObjectNode page = Json.object();
        ArrayNode all = page.putArray("nodes");
        Id last = after;
        long length = 0;
        for (Id id : ids) {
            if (length > FULL) {
                break;
            }
            last = id;
            ObjectNode node = nodes.get(id);
            Optional<Boolean> contextOfTask = contextOfTask(id);
            if (contextOfTask.equals(Optional.of(false)) && node.path("body").textValue().isEmpty()) {
                continue; // its task is deleted, and it says nothing of its own
            }
            contextOfTask.filter(Boolean::booleanValue).ifPresent(yes -> node.put("context", true));
            length += node.path("body").textValue().length();
            node.putArray("aliases").addAll(db.all( // without those that the body's front matter gives
                    "SELECT DISTINCT key FROM link_tags WHERE space = ? AND src = ? AND type = 'alias' AND dst = ? ORDER BY key",
                    row -> TextNode.valueOf(row.text(1)), space, id.bytes(), id.bytes()));
            node.set("fields", fields(id));
            List<ObjectNode> occurrences = db.all("SELECT id FROM occurrences WHERE space = ? AND task = ? ORDER BY start, id",
                    row -> Json.object().put("id", Id.of(row.bytes(1)).toString()).<ObjectNode>set("fields", fields(Id.of(row.bytes(1)))),
                    space, id.bytes());
            if (!occurrences.isEmpty()) {
                node.putArray("occurrences").addAll(occurrences);
            }
            List<ObjectNode> log = log(id);
            if (!log.isEmpty()) {
                node.putArray("log").addAll(log);
            }
            node.putArray("links").addAll(db.all(
                    "SELECT DISTINCT type, dst, key FROM link_tags WHERE space = ? AND src = ? AND type <> 'alias' ORDER BY type, dst, key",
                    row -> {
                        ObjectNode link = Json.object().put("type", row.text(1)).put("dst", Id.of(row.bytes(2)).toString());
                        return row.text(3).isEmpty() ? link : link.put("key", row.text(3));
                    },
                    space, id.bytes()));
            all.add(node);
        }
        if (ids.size() == limit || !ids.isEmpty() && !last.equals(ids.getLast())) {
            page.put("next", last.toString());
        }
        return page;
    }

    /** Of a task's context, whether there still is the task; of a deleted one it is a document like others. */
    private Optional<Boolean> contextOfTask(Id id) {
        return db.first("SELECT EXISTS (SELECT 1 FROM link_tags l JOIN nodes t ON t.space = l.space AND t.id = l.src AND t.tombstoned = 0"
                        + " WHERE l.space = n.space AND l.dst = n.id AND l.type = 'canonical-context')"
                        + " FROM nodes n WHERE n.space = ? AND n.id = ? AND n.context = 1",
                row -> row.yes(1), space, id.bytes());
    }

    /** What its registers show, but those that have a member of their own. A later write of one comes after an earlier one. */
    private ObjectNode fields(Id id) {
        record Tip(String field, Value value) {}
        ObjectNode fields = Json.object();
        for (Tip tip : db.all("SELECT t.facet, t.field, t.value FROM tips t JOIN devices d ON d.space = t.space AND d.num = t.device"
                        + " WHERE t.space = ? AND t.entity = ? ORDER BY t.facet, t.field, t.initial DESC, t.hlc, d.id, t.seq",
                row -> new Tip(new Field(row.text(1), row.text(2)).toString(), ValueCodec.decode(row.bytes(3))), space, id.bytes())) {
            fields.set(tip.field(), ValueJson.of(tip.value()));
        }
        ELSEWHERE.forEach(field -> fields.remove(field.toString()));
        fields.properties().removeIf(field -> field.getKey().startsWith(MARKS)); // the body shows them
        fields.properties().removeIf(field -> field.getValue().isNull());
        return fields;
    }

    private List<ObjectNode> log(Id id) {
        return db.all("SELECT e.text, e.hlc FROM entries e JOIN devices d ON d.space = e.space AND d.num = e.device"
                        + " WHERE e.space = ? AND e.entity = ? ORDER BY e.hlc, d.id, e.seq",
                row -> Json.object().put("at", Hlc.of(row.bytes(2)).millis()).put("text", row.text(1)), space, id.bytes());
    }
}
