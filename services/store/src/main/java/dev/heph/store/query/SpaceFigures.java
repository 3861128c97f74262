package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DeviceId;
import dev.heph.runtime.Json;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import dev.heph.store.log.Unapplied;

/** How much a hub has of one space, and how much of that a device lacks. */
public final class SpaceFigures {
    private final Db db;
    private final Space space;

    public SpaceFigures(Db db, Space space) {
        this.db = db;
        this.space = space;
    }

    /**
     * {@code {devices, bundles, ops, segments, conflicts, unapplied, waiting_bundles}}: segments are the ends that devices have signed, waiting
     * are bundles that only a newer heph can read.
     *
     * @param self the hub's own id, which is not one of the devices
     */
    public ObjectNode json(DeviceId self) {
        return db.read(tx -> Json.object()
                .put("devices", tx.first("SELECT count(*) FROM devices WHERE space = ? AND seq > 0 AND id <> ?", row -> row.getLong(1), space.num(),
                        self.id()).orElseThrow())
                .put("bundles", number(tx, "SELECT count(*) FROM bundles WHERE space = ?"))
                .put("ops", number(tx, "SELECT coalesce(sum(seq), 0) FROM devices WHERE space = ?"))
                .put("segments", number(tx, "SELECT count(*) FROM signatures WHERE space = ?"))
                .put("conflicts", number(tx, "SELECT count(*) FROM conflicts WHERE space = ?"))
                .put("unapplied", tx.first(Unapplied.LATER, row -> row.getLong(1), space.num(), space.num()).orElseThrow())
                .put("waiting_bundles", number(tx, "SELECT count(*) FROM bundles WHERE space = ? AND applied = 0")));
    }

    /** How many ops of others came after a place in the order of arrival; of those in 10,000 bundles at most: more is much, however much. */
    public long lacking(DeviceId device, long place) {
        return db.read(tx -> tx.first("SELECT coalesce(sum(count), 0) FROM (SELECT b.count FROM arrivals a"
                        + " JOIN bundles b ON b.space = a.space AND b.device = a.device AND b.seq = a.seq"
                        + " JOIN devices d ON d.space = a.space AND d.num = a.device WHERE a.space = ? AND a.n > ? AND d.id <> ? LIMIT 10000)",
                row -> row.getLong(1), space.num(), place, device.id()).orElseThrow());
    }

    private long number(Tx tx, String sql) {
        return tx.first(sql, row -> row.getLong(1), space.num()).orElseThrow();
    }
}
