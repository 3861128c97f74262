package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import java.util.ArrayList;
import java.util.List;

/** Links out of a node and into it: those people made, then those that follow from texts and fields. */
public final class Links {
    /** What a reference in a text is as a link: its way of writing does not matter to who follows it. */
    private static final String WIKI = "wiki";

    private final Db db;
    private final int space;

    public Links(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** Explicit links, then the project, then what the text refers to, in its order; unresolved references too. */
    public ArrayNode outgoing(Id id) {
        List<ObjectNode> links = new ArrayList<>(explicit(
                "SELECT l.src, l.dst, l.type, l.key, n.title, n.kind FROM link_tags l"
                        + " JOIN nodes n ON n.space = l.space AND n.id = l.dst AND n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " WHERE l.space = ? AND l.src = ? AND l.type <> 'alias' GROUP BY l.type, l.dst, l.key ORDER BY l.type, n.title",
                id));
        links.addAll(db.all("SELECT t.id, n.id, n.title, n.kind FROM tasks t"
                        + " JOIN nodes n ON n.space = t.space AND n.id = t.project AND n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " WHERE t.space = ? AND t.id = ?",
                row -> link(text(row.bytes(1)), text(row.bytes(2)), "in-project", true, row.text(3), row.text(4)), space, id.bytes()));
        String from = id.toString();
        links.addAll(db.all("SELECT n.id, coalesce(n.title, r.target), n.kind, r.line, r.label, r.anchor, r.type = 'embed', r.target"
                        + " FROM refs r"
                        + " LEFT JOIN nodes n ON n.space = r.space AND n.id = r.dst AND n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " WHERE r.space = ? AND r.src = ? AND r.target <> '' ORDER BY r.ordinal",
                row -> reference(row, from, text(row.bytes(1))), space, id.bytes()));
        return Json.MAPPER.createArrayNode().addAll(links);
    }

    /** Explicit links into the node, then tasks of the project, then texts that refer to it, the newest first. */
    public ArrayNode backlinks(Id id) {
        List<ObjectNode> links = new ArrayList<>(explicit(
                "SELECT l.src, l.dst, l.type, l.key, n.title, n.kind FROM link_tags l"
                        + " JOIN nodes n ON n.space = l.space AND n.id = l.src AND n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " WHERE l.space = ? AND l.dst = ? AND l.type <> 'alias' GROUP BY l.type, l.src, l.key ORDER BY l.type, n.title",
                id));
        links.addAll(db.all("SELECT n.id, t.project, n.title, n.kind FROM tasks t"
                        + " JOIN nodes n ON n.space = t.space AND n.id = t.id AND n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " WHERE t.space = ? AND t.project = ? ORDER BY n.created",
                row -> link(text(row.bytes(1)), text(row.bytes(2)), "in-project", true, row.text(3), row.text(4)), space, id.bytes()));
        String to = id.toString();
        links.addAll(db.all("SELECT n.id, n.title, n.kind, r.line, r.label, r.anchor, r.type = 'embed', r.target FROM refs r"
                        + " JOIN nodes n ON n.space = r.space AND n.id = r.src AND n.kind IS NOT NULL AND n.tombstoned = 0"
                        + " WHERE r.space = ? AND r.dst = ? ORDER BY n.modified DESC, n.id, r.ordinal",
                row -> reference(row, text(row.bytes(1)), to), space, id.bytes()));
        return Json.MAPPER.createArrayNode().addAll(links);
    }

    private List<ObjectNode> explicit(String sql, Id id) {
        return db.all(sql, row -> {
            ObjectNode link = link(text(row.bytes(1)), text(row.bytes(2)), row.text(3), false, row.text(5), row.text(6));
            return row.text(4).isEmpty() ? link : link.put("key", row.text(4));
        }, space, id.bytes());
    }

    /** A note may have hundreds: each cell is read once. */
    private static ObjectNode reference(Db.Cells row, String src, String dst) {
        String target = row.text(8);
        ObjectNode link = link(src, dst, WIKI, true, row.text(2), row.text(3)).put("context", Sentence.around(row.text(4), target));
        putUnlessEmpty(link, "label", row.text(5));
        putUnlessEmpty(link, "anchor", row.text(6));
        if (dst == null && Missing.isFile(target)) {
            link.put("file", true);
        }
        return row.yes(7) ? link.put("embed", true) : link;
    }

    private static void putUnlessEmpty(ObjectNode link, String name, String value) {
        if (!value.isEmpty()) {
            link.put(name, value);
        }
    }

    private static String text(byte[] id) {
        return id == null ? null : Id.of(id).toString();
    }

    private static ObjectNode link(String src, String dst, String type, boolean derived, String title, String kind) {
        return Json.object()
                .put("src", src)
                .put("dst", dst)
                .put("type", type)
                .put("derived", derived)
                .put("title", title)
                .put("kind", kind);
    }
}
