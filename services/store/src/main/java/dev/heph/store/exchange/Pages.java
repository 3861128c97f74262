package dev.heph.store.exchange;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Page;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Point;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Arrivals;
import dev.heph.store.log.Revocation;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A hub's order of arrival, a page at a time ("pull" in docs/design/sync.md). */
public final class Pages {
    private final Space space;
    private final Arrivals arrivals;

    public Pages(Space space) {
        this.space = space;
        this.arrivals = new Arrivals(space);
    }

    /**
     * What comes after the first of {@code after} that is a place in this order, or after its beginning.
     *
     * @param known up to where the asking device has what it wrote: of that it gets the heads only
     * @param maxOps how many ops at most, if the first signed piece is not larger; who asks for more than two parcels takes more bytes, too
     * @param own this hub's key, for what it wrote itself
     */
    public Page page(Tx tx, List<Point> after, DeviceId asking, long known, int maxOps, DeviceKey own) {
        Id epoch = arrivals.epoch(tx).orElseThrow(() -> new HephException(Reason.CONFLICT, "this is a device, not a hub"));
        Point from = after.stream().filter(point -> arrivals.holds(tx, point)).findFirst().orElse(Point.START);
        Optional<Revocation> revocation = Revocation.of(tx, space, asking);
        if (revocation.isPresent() && from.n() >= revoked(tx, asking)) {
            throw new HephException(Reason.REVOKED, revocation.get().toString()); // it has heard of it, and of what came before
        }
        List<Page.Item> items = new ArrayList<>();
        List<Bundle> whole = new ArrayList<>();
        for (Gathering.Row row : gathered(tx, from, asking, known, maxOps, own)) {
            if (isKnown(row, asking, known)) {
                items.add(new Page.Known(asking, new Head(row.lastSeq(), chain(tx, row))));
            } else {
                Bundle bundle = Gathering.bundle(tx, row);
                items.add(new Page.Whole(bundle));
                whole.add(bundle);
            }
        }
        return new Page(epoch, from, items, arrivals.last(tx).n(), new Parcels(space).head(tx, asking), Gathering.signatures(tx, space.num(), whole, own));
    }

    private List<Gathering.Row> gathered(Tx tx, Point from, DeviceId asking, long known, int maxOps, DeviceKey own) {
        Gathering gathering = new Gathering(maxOps, Math.clamp((long) maxOps * Page.MAX_BYTES / Page.MAX_OPS, Parcel.MAX_BYTES, Page.MAX_BYTES));
        int rows = maxOps + Parcel.MAX_OPS; // a piece that is still open when the page is full began at most a parcel ago
        for (Gathering.Row row : tx.all("SELECT " + Gathering.COLUMNS
                        + " FROM arrivals a JOIN bundles b ON b.space = a.space AND b.device = a.device AND b.seq = a.seq"
                        + " JOIN devices d ON d.space = a.space AND d.num = a.device WHERE a.space = ? AND a.n > ? ORDER BY a.n LIMIT " + rows,
                found -> Gathering.Row.of(found, own.device()), space.num(), from.n())) {
            row = row.signed(isKnown(row, asking, known));
            if (!gathering.add(row)) {
                break;
            }
        }
        return gathering.rows();
    }

    /** When it came here that a device was revoked. */
    private long revoked(Tx tx, DeviceId device) {
        return tx.first("SELECT min(a.n) FROM ops o JOIN arrivals a ON a.space = o.space AND a.device = o.device AND a.seq = o.bundle"
                + " WHERE o.space = ? AND o.target = ? AND o.type = 'device.revoke'", row -> row.getLong(1), space.num(), device.id()).orElseThrow();
    }

    private static boolean isKnown(Gathering.Row row, DeviceId asking, long known) {
        return row.device().equals(asking) && row.lastSeq() <= known;
    }

    private Bytes32 chain(Tx tx, Gathering.Row row) {
        return tx.first("SELECT header FROM bundles WHERE arrival = ?", found -> Bytes32.sha256(found.getBytes(1)), row.arrival()).orElseThrow();
    }
}
