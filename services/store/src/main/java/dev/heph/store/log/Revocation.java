package dev.heph.store.log;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.store.db.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * That a device's right to write ended.
 *
 * @param name of the device, for people
 * @param by the name of the one that said so, of several the first that came here
 * @param at when, by that one's clock
 * @param last its last op that counts
 */
public record Revocation(DeviceId device, String name, String by, Instant at, long last) {
    /** The revocation of a device. Parameters: the space and the device's id. */
    public static final String OF = "SELECT coalesce(d.name, ''), coalesce(r.name, ''), b.hlc, d.revoked_seq, r.id FROM devices d"
            + " JOIN ops o ON o.space = d.space AND o.target = d.id AND o.type = 'device.revoke' AND o.device <> d.num"
            + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
            + " JOIN devices r ON r.space = o.space AND r.num = o.device"
            + " WHERE d.space = ? AND d.id = ? AND d.revoked_seq IS NOT NULL ORDER BY b.arrival LIMIT 1";

    public static Optional<Revocation> of(Tx tx, Space space, DeviceId device) {
        return tx.first(OF, row -> new Revocation(device, row.getString(1), row.getString(2), Instant.ofEpochMilli(Hlc.of(row.getBytes(3)).millis()),
                row.getLong(4)), space.num(), device.id());
    }

    /** Where rights to write end for somebody who has so much of the log: the revocations that are in that count. */
    public static Map<DeviceId, Long> ends(Tx tx, Space space, Map<DeviceId, Head> heads) {
        Map<DeviceId, Long> ends = new HashMap<>();
        tx.each("SELECT b.header, b.payload FROM devices d JOIN ops o ON o.space = d.space AND o.target = d.id AND o.type = 'device.revoke' AND o.device <> d.num"
                + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle WHERE d.space = ? AND d.revoked_seq IS NOT NULL",
                row -> {
                    Bundle bundle = Bundle.read(row.getBytes(1), row.getBytes(2));
                    if (heads.getOrDefault(bundle.header().device(), Head.START).seq() >= bundle.header().lastSeq()) {
                        bundle.ops().stream().filter(Op.DeviceRevoke.class::isInstance).map(Op.DeviceRevoke.class::cast)
                                .filter(revoked -> !revoked.device().equals(bundle.header().device()))
                                .forEach(revoked -> ends.merge(revoked.device(), revoked.last().seq(), Math::min));
                    }
                }, space.num());
        return ends;
    }

    /** For people. */
    @Override
    public String toString() {
        return "device " + (name.isEmpty() ? device.toString() : name) + " was revoked by " + by + " on " + at.truncatedTo(ChronoUnit.SECONDS)
                + ": nothing that it wrote after its op " + last + " is taken";
    }
}
