package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.runtime.Json;
import java.util.stream.Collectors;

/** How much is in the database, and what in it waits for somebody or something. */
public final class Totals {
    private static final String MEANINGFUL = Field.MEANINGFUL.stream()
            .map(field -> "('" + field.facet() + "', '" + field.name() + "')")
            .collect(Collectors.joining(", "));

    private final Db db;
    private final int space;

    public Totals(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    public ObjectNode json() {
        return Json.object()
                .put("conflict_count", conflicts())
                .put("note_count", db.count("SELECT count(*) FROM nodes WHERE space = ? AND kind = 'doc' AND tombstoned = 0"
                        + " AND context = 0", space))
                .put("unapplied_count", unapplied());
    }

    /** Ops of a later version, and those in bundles that this version cannot read at all. */
    private long unapplied() {
        return db.count("SELECT count(*) FROM ops WHERE space = ? AND applied = 0", space)
                + db.count("SELECT coalesce(sum(count), 0) FROM bundles WHERE space = ? AND applied = 0", space);
    }

    /** Meaningful registers that are contested, as {@link Register#contested} has it: a first value is no branch beside later ones. */
    private long conflicts() {
        return db.count("SELECT count(*) FROM (SELECT 1 FROM tips WHERE space = ? AND (facet, field) IN (VALUES " + MEANINGFUL + ")"
                + " GROUP BY entity, facet, field"
                + " HAVING count(DISTINCT value) > 1 AND (min(initial) = 1 OR count(DISTINCT iif(initial = 0, value, NULL)) > 1))",
                space);
    }
}
