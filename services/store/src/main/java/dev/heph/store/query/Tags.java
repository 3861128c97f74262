package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.runtime.Json;

/** The tags that are in use, given by people or written in texts, and on how many nodes each is. */
public final class Tags {
    /** A tag has the name of its node, where there is one; a text may write it in another case. */
    private static final String ALL = "WITH used(folded, name, entity) AS ("
            + "SELECT g.folded, g.tag, g.entity FROM tagged g WHERE g.space = ?1"
            + " UNION ALL SELECT m.folded, t.title, l.src FROM link_tags l"
            + " JOIN nodes t ON t.space = l.space AND t.id = l.dst AND t.kind = 'tag' AND t.tombstoned = 0"
            + " JOIN names m ON m.space = t.space AND m.entity = t.id AND m.rank = 0"
            + " WHERE l.space = ?1 AND l.type = 'tagged')"
            + " SELECT min(u.name), count(DISTINCT u.entity) FROM used u"
            + " JOIN nodes n ON n.space = ?1 AND n.id = u.entity AND n.kind IS NOT NULL AND n.tombstoned = 0"
            + " GROUP BY u.folded ORDER BY u.folded";

    private final Db db;
    private final int space;

    public Tags(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    public ArrayNode all() {
        return Json.MAPPER.createArrayNode().addAll(db.all(ALL,
                row -> Json.object().put("tag", row.text(1)).put("count", row.number(2)), space));
    }
}
