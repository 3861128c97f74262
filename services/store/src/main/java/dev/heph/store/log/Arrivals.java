package dev.heph.store.log;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Point;
import dev.heph.store.db.Tx;
import java.util.Optional;

/** A hub's order of arrival: every bundle that gets into the log gets the next number, in the same transaction. */
public final class Arrivals {
    private final Space space;

    public Arrivals(Space space) {
        this.space = space;
    }

    /** The id of this order; empty when this is no hub. */
    public Optional<Id> epoch(Tx tx) {
        return tx.first("SELECT epoch FROM spaces WHERE num = ? AND epoch IS NOT NULL", row -> Id.of(row.getBytes(1)), space.num());
    }

    /** Makes this a hub, unless it is one: from now on what comes is numbered, and what is here already, as it came. */
    public void begin(Tx tx, Id epoch) {
        if (epoch(tx).isPresent()) {
            return;
        }
        tx.run("UPDATE spaces SET epoch = ? WHERE num = ?", epoch, space.num());
        record Row(int device, long seq, byte[] header) {}
        Point[] last = {last(tx)};
        tx.all("SELECT device, seq, header FROM bundles WHERE space = ? AND arrival > coalesce((SELECT b.arrival FROM arrivals a"
                        + " JOIN bundles b ON b.space = a.space AND b.device = a.device AND b.seq = a.seq WHERE a.space = ? AND a.n = ?), 0)"
                        + " ORDER BY arrival",
                row -> new Row(row.getInt(1), row.getLong(2), row.getBytes(3)), space.num(), space.num(), last[0].n()).forEach(row -> {
                    last[0] = last[0].next(Bytes32.sha256(row.header()));
                    add(tx, last[0], row.device(), row.seq());
                });
    }

    /** Numbers a bundle that has just been appended to the log, if this is a hub. @param device its local number */
    void append(Tx tx, int device, Bundle bundle) {
        if (epoch(tx).isPresent()) {
            add(tx, last(tx).next(bundle.chain()), device, bundle.header().firstSeq());
        }
    }

    private void add(Tx tx, Point point, int device, long seq) {
        tx.run("INSERT INTO arrivals (space, n, device, seq, chain) VALUES (?, ?, ?, ?, ?)",
                space.num(), point.n(), device, seq, point.chain());
    }

    /** How far it goes. */
    public Point last(Tx tx) {
        return tx.first("SELECT n, chain FROM arrivals WHERE space = ? ORDER BY n DESC LIMIT 1",
                row -> new Point(row.getLong(1), Bytes32.of(row.getBytes(2))), space.num()).orElse(Point.START);
    }

    /** Whether a place is one of this order. */
    public boolean holds(Tx tx, Point point) {
        return point.equals(Point.START)
                || tx.first("SELECT chain FROM arrivals WHERE space = ? AND n = ?", row -> Bytes32.of(row.getBytes(1)), space.num(), point.n())
                        .equals(Optional.of(point.chain()));
    }
}
