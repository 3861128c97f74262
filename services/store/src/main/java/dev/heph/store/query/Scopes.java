package dev.heph.store.query;

import dev.heph.model.id.Id;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tasks belong to a node: to a project and those that lie in it, to a tag and those under it, to any other note. */
public final class Scopes {
    private final Db db;
    private final int space;

    public Scopes(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** The tasks within the scope of {@code node}. */
    public Set<Id> of(Id node) {
        String kind = db.first("SELECT kind FROM nodes WHERE space = ? AND id = ?", row -> row.text(1), space, node.bytes()).orElse("");
        return new HashSet<>(switch (kind) {
            case "project" -> ids("SELECT t.id FROM tasks t WHERE t.space = ?1 AND t.project IN (" + SUBTREE + ")", node);
            case "tag" -> ids("SELECT l.src FROM link_tags l WHERE l.space = ?1 AND l.type = 'tagged' AND l.dst IN"
                    + " (SELECT u.id FROM nodes u JOIN nodes g ON g.space = ?1 AND g.id = ?2 WHERE u.space = ?1 AND u.kind = 'tag'"
                    + " AND (u.id = g.id OR u.title LIKE g.title || '/%'))", node);
            default -> ids("SELECT l.src FROM link_tags l WHERE l.space = ?1 AND l.dst = ?2 AND l.type = 'context-of'"
                    + " UNION SELECT l.dst FROM link_tags l WHERE l.space = ?1 AND l.src = ?2 AND l.type = 'context-of'", node);
        });
    }

    /** The projects that lie in one, itself among them; a cycle made by two devices at once ends by itself. */
    static final String SUBTREE = "WITH RECURSIVE inside(id) AS (SELECT ?2 UNION SELECT n.id FROM nodes n JOIN inside i"
            + " ON n.space = ?1 AND n.parent = i.id WHERE n.tombstoned = 0) SELECT id FROM inside";

    private List<Id> ids(String sql, Id node) {
        return db.all(sql, row -> Id.of(row.bytes(1)), space, node.bytes());
    }
}
