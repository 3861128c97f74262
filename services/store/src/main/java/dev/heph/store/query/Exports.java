package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import java.util.List;

/** Everything visible, a page at a time, in the order of ids, for writing files from. */
public final class Exports {
    /** UTF-16 units of body after which a page is full. */
    private static final long FULL = 4 << 20;

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
            length += node.path("body").textValue().length();
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
}
