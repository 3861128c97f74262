package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.model.id.Id;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;

/** What hangs on a node: the context items to be ticked off there, and the entries of its log. */
public final class Attached {
    private final Db db;
    private final int space;

    public Attached(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** Items that are not committed tasks, in the order in which they were added. */
    public ArrayNode items(Id container) {
        return Json.MAPPER.createArrayNode().addAll(db.all("SELECT DISTINCT n.id, n.title, t.state, n.created FROM link_tags l"
                        + " JOIN nodes n ON n.space = l.space AND n.id = l.src AND n.kind = 'task' AND n.tombstoned = 0"
                        + " JOIN tasks t ON t.space = n.space AND t.id = n.id AND t.committed = 0"
                        + " WHERE l.space = ? AND l.dst = ? AND l.type = 'context-of' ORDER BY n.created, n.id",
                row -> Json.object().put("id", Id.of(row.bytes(1)).toString()).put("title", row.text(2)).put("state", row.text(3)),
                space, container.bytes()));
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
