package dev.heph.store.exchange;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Segment;
import dev.heph.store.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Picks bundles for one piece of an exchange, in the order in which they are added: as many as may go into it, up to a place where
 * every device in it has signed. What this device wrote is signed wherever it is cut.
 */
final class Gathering {
    /** @param signed whether the author's signature over this bundle is here, or need not be */
    record Row(long arrival, DeviceId device, long firstSeq, int count, int bytes, boolean signed) {
        /** A row of {@link #COLUMNS}. @param own this device, which signs when it sends */
        static Row of(ResultSet row, DeviceId own) throws SQLException {
            DeviceId device = DeviceId.of(row.getBytes(2));
            return new Row(row.getLong(1), device, row.getLong(3), row.getInt(4), row.getInt(5), row.getBoolean(6) || device.equals(own));
        }

        Row signed(boolean also) {
            return new Row(arrival, device, firstSeq, count, bytes, signed || also);
        }

        long lastSeq() {
            return firstSeq + count - 1;
        }
    }

    /** What a row is read from: a bundle {@code b} and its device {@code d}. */
    static final String COLUMNS = "b.arrival, d.id, b.seq, b.count, length(b.header) + length(b.payload),"
            + " EXISTS (SELECT 1 FROM signatures g WHERE g.space = b.space AND g.device = b.device AND g.seq = b.seq + b.count - 1)";

    private final int maxOps;
    private final int maxBytes;
    private final List<Row> rows = new ArrayList<>();
    private final Set<DeviceId> open = new HashSet<>();
    private int cut;
    private int ops;
    private long bytes;

    Gathering(int maxOps, int maxBytes) {
        this.maxOps = maxOps;
        this.maxBytes = maxBytes;
    }

    /** @return false when it is full; the row is then not in it */
    boolean add(Row row) {
        if (cut > 0 && (ops + row.count() > maxOps || bytes + row.bytes() > maxBytes)) {
            return false;
        }
        rows.add(row);
        ops += row.count();
        bytes += row.bytes();
        if (row.signed()) {
            open.remove(row.device());
        } else {
            open.add(row.device());
        }
        if (open.isEmpty()) {
            cut = rows.size();
        }
        return true;
    }

    /** What was picked. */
    List<Row> rows() {
        return rows.subList(0, cut);
    }

    static Bundle bundle(Tx tx, Row row) {
        return tx.first("SELECT header, payload FROM bundles WHERE arrival = ?", found -> Bundle.read(found.getBytes(1), found.getBytes(2)), row.arrival())
                .orElseThrow();
    }

    /** The signatures over the last of each device's bundles. @param own this device's key, for its own */
    static SortedMap<DeviceId, byte[]> signatures(Tx tx, int space, List<Bundle> bundles, DeviceKey own) {
        SortedMap<DeviceId, byte[]> signatures = new TreeMap<>();
        new Parcel(bundles, new TreeMap<>()).byDevice().forEach((device, ofDevice) -> signatures.put(device, device.equals(own.device())
                ? Segment.sign(ofDevice, own).signature()
                : tx.first("SELECT g.signature FROM signatures g JOIN devices d ON d.space = g.space AND d.num = g.device"
                                + " WHERE g.space = ? AND d.id = ? AND g.seq = ?",
                        row -> row.getBytes(1), space, device.id(), ofDevice.getLast().head().seq()).orElseThrow()));
        return signatures;
    }
}
