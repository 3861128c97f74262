package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.checklist.Box;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.State;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;
import java.util.List;
import java.util.Map;

/** What hangs on a node: the context items to be ticked off there, and the entries of its log. */
public final class Attached {
    private final Db db;
    private final int space;
    private final FreshLists lists;

    public Attached(Db db, int space, FreshLists lists) {
        this.lists = lists;
        this.db = db;
        this.space = space;
    }

    /**
     * What is to be ticked off: the checkboxes of the text, or of a task's context document, in its order; then the items that people
     * added, in the order in which they did. What was promoted is a task and none of them any more.
     */
    public ArrayNode items(Id container) {
        return Json.MAPPER.createArrayNode().addAll(boxes(container)).addAll(added(container));
    }

    private List<ObjectNode> boxes(Id container) {
        Id document = DerivedId.canonicalContext(container);
        Map<String, String> ticked = lists.occurrenceOf(document).or(() -> lists.occurrenceOf(container))
                .map(occurrence -> lists.marks(db.count("SELECT count(*) FROM nodes WHERE space = ? AND id = ?", space, document.bytes()) > 0
                        ? document : container, occurrence))
                .orElse(Map.of());
        return db.all("SELECT b.id, b.text, b.mark, b.character FROM boxes b WHERE b.space = ? AND b.entity IN (?, ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM nodes n WHERE n.space = b.space AND n.id = b.id AND n.tombstoned = 0) ORDER BY b.ordinal",
                row -> box(Id.of(row.bytes(1)), row.text(2), ticked.getOrDefault(row.text(4), row.text(3))),
                space, container.bytes(), document.bytes());
    }

    static ObjectNode box(Id id, String text, String mark) {
        return Json.object().put("id", id.toString()).put("title", text)
                .put("state", (Box.isDone(mark) ? State.DONE : State.OUTSTANDING).word()).put("mark", mark);
    }

    private List<ObjectNode> added(Id container) {
        return db.all("SELECT DISTINCT n.id, n.title, t.state, n.created FROM link_tags l"
                        + " JOIN nodes n ON n.space = l.space AND n.id = l.src AND n.kind = 'task' AND n.tombstoned = 0"
                        + " JOIN tasks t ON t.space = n.space AND t.id = n.id AND t.committed = 0"
                        + " WHERE l.space = ? AND l.dst = ? AND l.type = 'context-of' ORDER BY n.created, n.id",
                row -> Json.object().put("id", Id.of(row.bytes(1)).toString()).put("title", row.text(2)).put("state", row.text(3)),
                space, container.bytes());
    }

    /** The log, the oldest entry first: by HLC, so that every device shows the same order. */
    public ArrayNode log(Id task) {
        return Json.MAPPER.createArrayNode().addAll(db.all("SELECT e.hlc, e.text, d.name FROM entries e"
                        + " JOIN devices d ON d.space = e.space AND d.num = e.device"
                        + " WHERE e.space = ? AND e.entity = ? ORDER BY e.hlc, d.id, e.seq",
                row -> Json.object().put("at", Hlc.of(row.bytes(1)).millis()).put("text", row.text(2)).put("device", row.text(3)),
                space, task.bytes()));
    }
}
