package dev.heph.store.exchange;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Parcel;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Revocation;
import dev.heph.store.log.Space;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What another replica lacks of the log here ("push" and "when the hub has lost something" in docs/design/sync.md). */
public final class Parcels {
    private static final int ROWS = 500;

    private final Space space;

    public Parcels(Space space) {
        this.space = space;
    }

    /** The end of every device's chain, as far as it is here: what others need not send. */
    public SortedMap<DeviceId, Head> heads(Tx tx) {
        return heads(tx, "seq", "chain");
    }

    /** The end of every device's chain, as far as it is here and counts: equal where the same is shown, though somebody has more that is left out. */
    public SortedMap<DeviceId, Head> counting(Tx tx) {
        SortedMap<DeviceId, Head> heads = heads(tx, "iif(seq >= revoked_seq, revoked_seq, seq)", "iif(seq >= revoked_seq, revoked_chain, chain)");
        heads.values().removeIf(head -> head.seq() == 0); // who was told of the revocation first has nothing of it
        return heads;
    }

    private SortedMap<DeviceId, Head> heads(Tx tx, String seq, String chain) {
        SortedMap<DeviceId, Head> heads = new TreeMap<>();
        tx.all("SELECT id, " + seq + ", " + chain + " FROM devices WHERE space = ? AND seq > 0",
                row -> heads.put(DeviceId.of(row.getBytes(1)), new Head(row.getLong(2), Bytes32.of(row.getBytes(3)))), space.num());
        return heads;
    }

    /** The end of one device's chain, as far as it is here. */
    public Head head(Tx tx, DeviceId device) {
        return tx.first("SELECT seq, chain FROM devices WHERE space = ? AND id = ?", row -> new Head(row.getLong(1), Bytes32.of(row.getBytes(2))),
                space.num(), device.id()).orElse(Head.START);
    }

    /**
     * The next piece of what a replica with these heads lacks, in the order in which it came here; empty when that is nothing, or nothing
     * that it could use: a device whose chain is another one there than here is left out, and what it would refuse because it knows of a revocation. Of
     * one that it has not heard of yet it gets everything, for what comes next may build on that.
     */
    public Parcel lacking(Tx tx, Map<DeviceId, Head> theirs, DeviceKey own) {
        Map<DeviceId, Long> after = new HashMap<>();
        Map<DeviceId, Long> ends = Revocation.ends(tx, space, theirs);
        long first = Long.MAX_VALUE;
        for (Map.Entry<DeviceId, Head> here : heads(tx).entrySet()) {
            Head there = theirs.getOrDefault(here.getKey(), Head.START);
            boolean more = Math.min(here.getValue().seq(), ends.getOrDefault(here.getKey(), Long.MAX_VALUE)) > there.seq();
            OptionalLong next = more ? next(tx, here.getKey(), there) : OptionalLong.empty();
            if (next.isPresent()) {
                after.put(here.getKey(), there.seq());
                first = Math.min(first, next.getAsLong());
            }
        }
        return parcel(tx, first, after, ends, own);
    }

    /** The next piece of what this device wrote after an op of its; empty when that was the last. */
    public Parcel own(Tx tx, long after, DeviceKey own) {
        OptionalLong first = arrival(tx, own.device(), after + 1);
        return first.isPresent() ? parcel(tx, first.getAsLong(), Map.of(own.device(), after), Map.of(), own) : new Parcel(List.of(), new TreeMap<>());
    }

    /** The arrival here of a device's bundle after a head; none if the head is not one of its chain here. */
    private OptionalLong next(Tx tx, DeviceId device, Head there) {
        return continues(tx, device, there) ? arrival(tx, device, there.seq() + 1) : OptionalLong.empty();
    }

    /** When a device's bundle with this first op came here. */
    private OptionalLong arrival(Tx tx, DeviceId device, long firstSeq) {
        return tx.first("SELECT b.arrival FROM bundles b JOIN devices d ON d.space = b.space AND d.num = b.device"
                                + " WHERE b.space = ? AND d.id = ? AND b.seq = ?",
                        row -> OptionalLong.of(row.getLong(1)), space.num(), device.id(), firstSeq)
                .orElse(OptionalLong.empty());
    }

    private boolean continues(Tx tx, DeviceId device, Head there) {
        return there.equals(Head.START) || tx.first("SELECT b.header FROM bundles b JOIN devices d ON d.space = b.space AND d.num = b.device"
                        + " WHERE b.space = ? AND d.id = ? AND b.seq <= ? ORDER BY b.seq DESC LIMIT 1",
                row -> Bytes32.sha256(row.getBytes(1)), space.num(), device.id(), there.seq()).filter(there.chain()::equals).isPresent();
    }

    private Parcel parcel(Tx tx, long first, Map<DeviceId, Long> after, Map<DeviceId, Long> ends, DeviceKey own) {
        Gathering gathering = new Gathering(Parcel.MAX_OPS, Parcel.MAX_BYTES);
        boolean goesOn = !after.isEmpty();
        for (long from = first; goesOn;) {
            List<Gathering.Row> rows = rows(tx, from, own);
            goesOn = rows.size() == ROWS;
            for (Gathering.Row row : rows) {
                from = row.arrival() + 1;
                boolean lacking = row.firstSeq() > after.getOrDefault(row.device(), Long.MAX_VALUE)
                        && row.firstSeq() <= ends.getOrDefault(row.device(), Long.MAX_VALUE);
                if (lacking && !gathering.add(row)) {
                    goesOn = false;
                    break;
                }
            }
        }
        List<Bundle> bundles = gathering.rows().stream().map(row -> Gathering.bundle(tx, row)).toList();
        return new Parcel(bundles, Gathering.signatures(tx, space.num(), bundles, own));
    }

    private List<Gathering.Row> rows(Tx tx, long from, DeviceKey own) {
        return tx.all("SELECT " + Gathering.COLUMNS + " FROM bundles b JOIN devices d ON d.space = b.space AND d.num = b.device"
                        + " WHERE b.space = ? AND b.arrival >= ? ORDER BY b.arrival LIMIT " + ROWS,
                row -> Gathering.Row.of(row, own.device()), space.num(), from);
    }
}
