package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;

/** The devices of which something is here: their names, how many ops each has written, and when the last one. */
public final class DeviceList {
    private static final String ALL = "SELECT id, coalesce(name, ''), seq, hlc, revoked_seq IS NOT NULL FROM devices"
            + " WHERE space = ? AND seq > 0 ORDER BY hlc DESC, id";

    private final Db db;
    private final int space;

    public DeviceList(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    /** The one that wrote last first. @param self which of them is this one */
    public ArrayNode all(DeviceId self) {
        return db.read(() -> Json.MAPPER.createArrayNode().addAll(db.all(ALL,
                row -> {
                    DeviceId id = DeviceId.of(row.bytes(1));
                    return Json.object()
                            .put("id", id.toString())
                            .put("name", row.text(2))
                            .put("seq", row.number(3))
                            .put("at", Hlc.of(row.bytes(4)).millis())
                            .put("self", id.equals(self))
                            .put("revoked", row.yes(5));
                }, space)));
    }
}
