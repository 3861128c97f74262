package dev.heph.store.facts;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Head;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Space;
import java.util.Map;

/** What the authors of ops had seen, as the heads of their bundles say. */
final class Pasts {
    private final Tx tx;
    private final Space space;
    private final Devices devices;

    /** The first op of the bundle being applied, and what its author had seen of others, once somebody asked. */
    private OpId first;
    private Version pastOfFirst;

    Pasts(Tx tx, Space space, Devices devices) {
        this.tx = tx;
        this.space = space;
        this.devices = devices;
    }

    /** Notes what a bundle that is being applied names. */
    void saw(DeviceId author, long firstSeq, Map<DeviceId, Head> heads) {
        heads.forEach((other, head) -> tx.run("INSERT INTO heads (space, device, other, seq, seen) VALUES (?, ?, ?, ?, ?)",
                space.num(), devices.num(tx, author), devices.num(tx, other), firstSeq, head.seq()));
        first = new OpId(author, firstSeq);
        pastOfFirst = null;
    }

    /** What the author of an op had seen when writing it, its own ops before it among that. */
    Version of(OpId op) {
        boolean isOfThisBundle = first != null && first.device().equals(op.device()) && first.seq() <= op.seq();
        if (isOfThisBundle && pastOfFirst == null) {
            pastOfFirst = devices.seenOfOthers(tx, op);
        }
        return isOfThisBundle ? Devices.past(op, pastOfFirst) : devices.past(tx, op);
    }
}
