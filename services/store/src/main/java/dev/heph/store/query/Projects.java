package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;

/** The projects, how they lie in one another, and how much is in each by itself: a question to the tasks, never a stored number. */
public final class Projects {
    private static final String ALL = "SELECT n.id, n.title, p.id,"
            + " count(c.id) FILTER (WHERE t.state = 'outstanding'), count(c.id) FILTER (WHERE t.state = 'done'),"
            + " count(c.id) FILTER (WHERE t.state = 'dropped')"
            + " FROM nodes n LEFT JOIN nodes p ON p.space = n.space AND p.id = n.parent AND p.kind = 'project' AND p.tombstoned = 0"
            + " LEFT JOIN tasks t ON t.space = n.space AND t.project = n.id AND t.committed = 1"
            + " LEFT JOIN nodes c ON c.space = t.space AND c.id = t.id AND c.kind = 'task' AND c.tombstoned = 0"
            + " WHERE n.space = ? AND n.kind = 'project' AND n.tombstoned = 0 GROUP BY n.num ORDER BY n.title COLLATE NOCASE, n.id";

    private final Db db;
    private final int space;

    public Projects(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    public ArrayNode all() {
        return Json.MAPPER.createArrayNode().addAll(db.all(ALL,
                row -> Json.object()
                        .put("id", Id.of(row.bytes(1)).toString())
                        .put("title", row.text(2))
                        .put("parent", row.bytes(3) == null ? null : Id.of(row.bytes(3)).toString())
                        .put("outstanding", row.number(4))
                        .put("done", row.number(5))
                        .put("dropped", row.number(6)),
                space));
    }
}
