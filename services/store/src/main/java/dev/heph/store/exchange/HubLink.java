package dev.heph.store.exchange;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Point;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hub that this device syncs with, and how far it has got there. */
public final class HubLink {
    /** So many of the last places passed are kept; of those before one in {@link #STRIDE}. */
    private static final int NEAR = 50;

    private static final int STRIDE = 1_000;

    /** So many places a pull names, the nearest; of the others, each twice as far back as the one before, and the first of all. */
    private static final int NAMED_NEAR = 8;

    private final Space space;

    public HubLink(Space space) {
        this.space = space;
    }

    /**
     * @param epoch the hub's when this device last heard of it; empty: never
     * @param at how far its order of arrival has been taken
     * @param acknowledgedOf whose acknowledgement that is; this device may have another id by now
     * @param acknowledged up to which op the hub has that device's own
     * @param joined epoch milliseconds
     * @param synced when a whole exchange succeeded last, epoch milliseconds
     */
    public record State(
            String url, Optional<Id> epoch, Point at, Optional<DeviceId> acknowledgedOf, long acknowledged, long joined, Optional<Long> synced) {
        /** Up to which op the hub has what this device wrote. */
        public long acknowledged(DeviceId own) {
            return acknowledgedOf.equals(Optional.of(own)) ? acknowledged : 0;
        }
    }

    public Optional<State> state(Tx tx) {
        return tx.first("SELECT url, epoch, n, chain, device, acknowledged, joined, synced FROM hubs WHERE space = ?",
                row -> new State(row.getString(1), Optional.ofNullable(row.getBytes(2)).map(Id::of), new Point(row.getLong(3), Bytes32.of(row.getBytes(4))),
                        Optional.ofNullable(row.getBytes(5)).map(DeviceId::of), row.getLong(6), row.getLong(7),
                        Optional.of(row.getLong(8)).filter(millis -> millis > 0)),
                space.num());
    }

    /** @throws HephException {@link Reason#CONFLICT} when there is no hub */
    public State require(Tx tx) {
        return state(tx).orElseThrow(() -> new HephException(Reason.CONFLICT, "this device has no hub. To join one: heph hub join URL"));
    }

    /** Begins with a hub; with the one that it has already, this changes nothing. */
    public void join(Tx tx, String url, long nowMillis) {
        if (state(tx).filter(state -> state.url().equals(url)).isEmpty()) {
            leave(tx);
            tx.run("INSERT INTO hubs (space, url, chain, joined) VALUES (?, ?, ?, ?)", space.num(), url, Bytes32.ZERO, nowMillis);
        }
    }

    /** Forgets the hub and how far it was taken; what came from it stays. */
    public void leave(Tx tx) {
        tx.run("DELETE FROM points WHERE space = ?", space.num());
        tx.run("DELETE FROM hubs WHERE space = ?", space.num());
    }

    /** Goes on from another place than the last: the hub has lost its end, or is another. */
    public void rewind(Tx tx, Id epoch, Point to) {
        tx.run("DELETE FROM points WHERE space = ? AND n > ?", space.num(), to.n());
        tx.run("UPDATE hubs SET epoch = ?, n = ?, chain = ?, acknowledged = 0 WHERE space = ?", epoch, to.n(), to.chain(), space.num());
    }

    /** What comes before this place is here now. */
    public void passed(Tx tx, Point place) {
        tx.run("UPDATE hubs SET n = ?, chain = ? WHERE space = ? AND n <> ?", place.n(), place.chain(), space.num(), place.n());
    }

    /** Keeps a place to go back to. */
    public void keep(Tx tx, Point place) {
        tx.run("INSERT OR REPLACE INTO points (space, n, chain) VALUES (?, ?, ?)", space.num(), place.n(), place.chain());
        tx.run("DELETE FROM points WHERE space = ? AND n < (SELECT min(n) FROM (SELECT n FROM points WHERE space = ? ORDER BY n DESC LIMIT " + NEAR + "))"
                + " AND EXISTS (SELECT 1 FROM points p WHERE p.space = points.space AND p.n > points.n AND p.n / " + STRIDE + " = points.n / " + STRIDE
                + " AND p.n < (SELECT min(n) FROM (SELECT n FROM points WHERE space = ? ORDER BY n DESC LIMIT " + NEAR + ")))",
                space.num(), space.num(), space.num());
    }

    /** The hub has this device's own ops up to here. */
    public void acknowledge(Tx tx, DeviceId own, long seq) {
        tx.run("UPDATE hubs SET device = ?, acknowledged = ? WHERE space = ? AND (device IS NOT ? OR acknowledged <> ?)",
                own.id(), seq, space.num(), own.id(), seq);
    }

    public void synced(Tx tx, long nowMillis) {
        tx.run("UPDATE hubs SET synced = ? WHERE space = ?", nowMillis, space.num());
    }

    /** The last place passed and some before it, the last first. */
    public List<Point> places(Tx tx) {
        List<Point> kept = tx.all("SELECT n, chain FROM points WHERE space = ? ORDER BY n DESC",
                row -> new Point(row.getLong(1), Bytes32.of(row.getBytes(2))), space.num());
        Point last = require(tx).at();
        List<Point> places = new ArrayList<>();
        places.add(last);
        for (Point place : kept) {
            long back = last.n() - place.n();
            boolean near = places.size() < NAMED_NEAR && back > 0;
            if (near || back >= 2 * (last.n() - places.getLast().n()) && back > 0) {
                places.add(place);
            }
        }
        if (!kept.isEmpty() && !places.contains(kept.getLast())) {
            places.add(kept.getLast());
        }
        return places;
    }
}
