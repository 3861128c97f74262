package dev.heph.store.log;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Admission;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.store.db.Tx;
import java.util.List;
import java.util.stream.Stream;

/** What hubs said of devices when those came to them for the first time. */
public final class Admissions {
    private Admissions() {}

    /** Of one device, in the order of arrival. */
    public static List<Admission> of(Tx tx, Space space, DeviceId device) {
        return tx.all("SELECT b.header, b.payload FROM ops o JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                                + " WHERE o.space = ? AND o.target = ? AND o.type = 'device.admit' ORDER BY b.arrival",
                        row -> Bundle.read(row.getBytes(1), row.getBytes(2)), space.num(), device.id()).stream()
                .flatMap(bundle -> bundle.ops().stream())
                .flatMap(op -> op instanceof Op.DeviceAdmit(Admission admission) ? Stream.of(admission) : Stream.empty())
                .toList();
    }
}
