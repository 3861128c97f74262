package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Admission;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Hlc;
import dev.heph.runtime.Json;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Admissions;
import dev.heph.store.log.Revocation;
import dev.heph.store.log.Space;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;

/** The devices of which something is here: their names, since when they write, how many ops each has written, when the last one, and who may not any more. */
public final class DeviceList {
    private static final String ALL = "SELECT d.id, coalesce(d.name, ''), d.seq, d.hlc, b.hlc FROM devices d"
            + " JOIN bundles b ON b.space = d.space AND b.device = d.num AND b.seq = 1 WHERE d.space = ? ORDER BY d.hlc DESC, d.id";

    private final Db db;
    private final Space space;

    public DeviceList(Db db, Space space) {
        this.db = db;
        this.space = space;
    }

    /** The one that wrote last first. @param self which of them is this one */
    public ArrayNode all(DeviceId self) {
        return db.read(tx -> Json.MAPPER.createArrayNode().addAll(tx.all(ALL, row -> json(tx, row, self), space.num())));
    }

    private ObjectNode json(Tx tx, ResultSet row, DeviceId self) throws SQLException {
        DeviceId id = DeviceId.of(row.getBytes(1));
        ObjectNode device = Json.object()
                .put("id", id.toString())
                .put("name", row.getString(2))
                .put("seq", row.getLong(3))
                .put("at", Hlc.of(row.getBytes(4)).millis())
                .put("since", Hlc.of(row.getBytes(5)).millis())
                .put("self", id.equals(self))
                .put("revoked", false);
        Set<Bytes32> hubs = Admissions.of(tx, space, self).stream().map(Admission::hub).collect(Collectors.toSet());
        Admissions.of(tx, space, id).stream()
                .filter(admission -> hubs.contains(admission.hub()) || DerivedId.device(admission.hub().bytes()).equals(self))
                .findFirst().ifPresent(admission -> device.put("admitted_at", admission.at()));
        Revocation.of(tx, space, id).ifPresent(revocation -> device.put("revoked", true)
                .put("revoked_at", revocation.at().toEpochMilli()).put("revoked_by", revocation.by()).put("last_seq", revocation.last()));
        return device;
    }
}
