package dev.heph.store.doctor;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Point;
import dev.heph.model.op.WireException;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Doctor.Check;
import dev.heph.store.log.Chains;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.util.Map;
import java.util.Optional;

/** What shows that the log of a hub is what devices wrote, and all of it: their signatures, and the order in which it came. */
final class Proof {
    private final Space space;
    private final Optional<DeviceId> own;

    /** @param own the hub's own id, which signs when it sends and not before */
    Proof(Space space, Optional<DeviceId> own) {
        this.space = space;
        this.own = own;
    }

    /** Each signature that is kept fits the chain that it is over, and there is one over the end of each chain. */
    Check signatures(Tx tx) {
        var chains = new Chains();
        long[] fitting = {0};
        try {
            new Log(space, new Devices(space)).replay(tx, bundle -> {
                chains.take(bundle);
                signature(tx, bundle).ifPresent(signature -> {
                    chains.verify(bundle.header().device(), signature);
                    fitting[0]++;
                });
            });
        } catch (WireException e) {
            return new Check("signatures", false, e.getMessage());
        }
        for (Map.Entry<DeviceId, Bundle> last : chains.lasts().entrySet()) {
            if (!Optional.of(last.getKey()).equals(own) && signature(tx, last.getValue()).isEmpty()) {
                return new Check("signatures", false, "nothing signs what device " + last.getKey() + " wrote up to its op " + last.getValue().head().seq());
            }
        }
        return new Check("signatures", true, fitting[0] + " fit, and cover everything that devices wrote");
    }

    private Optional<byte[]> signature(Tx tx, Bundle bundle) {
        return tx.first("SELECT g.signature FROM signatures g JOIN devices d ON d.space = g.space AND d.num = g.device"
                        + " WHERE g.space = ? AND d.id = ? AND g.seq = ?",
                row -> row.getBytes(1), space.num(), bundle.header().device().id(), bundle.head().seq());
    }

    /** Every bundle has its number, without a gap, and each place of the order follows from the one before ("the order of arrival" in docs/design/sync.md). */
    Check order(Tx tx) {
        Point[] at = {Point.START};
        String[] wrong = {""};
        tx.each("SELECT a.n, a.chain, b.header FROM arrivals a LEFT JOIN bundles b ON b.space = a.space AND b.device = a.device AND b.seq = a.seq"
                + " WHERE a.space = " + space.num() + " ORDER BY a.n", row -> {
                    byte[] header = row.getBytes(3);
                    if (wrong[0].isEmpty() && header != null) {
                        at[0] = at[0].next(Bytes32.sha256(header));
                    }
                    boolean follows = header != null && at[0].equals(new Point(row.getLong(1), Bytes32.of(row.getBytes(2))));
                    if (wrong[0].isEmpty() && !follows) {
                        wrong[0] = header == null ? "the bundle with the number " + row.getLong(1) + " is not in the log"
                                : "the number " + row.getLong(1) + " does not follow from what came before it";
                    }
                });
        long bundles = tx.first("SELECT count(*) FROM bundles WHERE space = ?", row -> row.getLong(1), space.num()).orElseThrow();
        if (wrong[0].isEmpty() && bundles != at[0].n()) {
            wrong[0] = bundles + " bundles have only " + at[0].n() + " numbers";
        }
        return new Check("order of arrival", wrong[0].isEmpty(), wrong[0].isEmpty() ? "up to " + at[0].n() + ", without a gap" : wrong[0]);
    }
}
