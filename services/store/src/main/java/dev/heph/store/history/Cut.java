package dev.heph.store.history;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Space;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What had happened by a moment: each device's ops with a stamp up to then, unless their author had seen a later one of another. */
final class Cut {
    private Cut() {}

    static Version at(Tx tx, Space space, Devices devices, long epochMillis) {
        Map<Integer, Long> ends = new HashMap<>();
        tx.each("SELECT device, max(seq + count - 1) FROM bundles WHERE space = ? AND hlc <= ? GROUP BY device",
                row -> ends.put(row.getInt(1), row.getLong(2)), space.num(), new Hlc(epochMillis, Integer.MAX_VALUE));
        boolean whole = false;
        while (!whole) {
            whole = true;
            for (int device : ends.keySet()) {
                List<Integer> others = tx.all("SELECT DISTINCT other FROM heads WHERE space = ? AND device = ?", row -> row.getInt(1),
                        space.num(), device);
                for (int other : others) {
                    long before = tx.first("SELECT min(seq) FROM heads WHERE space = ? AND device = ? AND other = ? AND seen > ?",
                            row -> row.getLong(1), space.num(), device, other, ends.getOrDefault(other, 0L)).orElse(0L) - 1;
                    if (before >= 0 && before < ends.get(device)) {
                        ends.put(device, before);
                        whole = false;
                    }
                }
            }
        }
        Version cut = Version.EMPTY;
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            DeviceId device = devices.id(tx, end.getKey());
            cut = end.getValue() == 0 ? cut : cut.with(new OpId(device, end.getValue()));
        }
        return cut;
    }
}
