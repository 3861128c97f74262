package dev.heph.store.log;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Edit;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.store.db.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The append-only log of one space: bundles as the bytes that came, and an index of their ops. */
public final class Log {
    private static final int PAGE = 200;

    private final Space space;
    private final Devices devices;

    public Log(Space space, Devices devices) {
        this.space = space;
        this.devices = devices;
    }

    /** Keeps a bundle that continues its device's chain, but that this version cannot read. */
    public void appendUnread(Tx tx, Bundle bundle) {
        append(tx, bundle, false);
    }

    /** Appends a bundle that continues its device's chain. */
    public void append(Tx tx, Bundle bundle, List<Op> ops, Set<OpId> unapplied) {
        append(tx, bundle, true);
        Header header = bundle.header();
        int device = devices.num(tx, header.device());
        for (int index = 0; index < ops.size(); index++) {
            Op op = ops.get(index);
            tx.run("INSERT INTO ops (space, device, seq, bundle, type, target, applied) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    space.num(), device, header.firstSeq() + index, header.firstSeq(), op.type(), op.target(),
                    !unapplied.contains(bundle.opId(index)));
        }
    }

    private void append(Tx tx, Bundle bundle, boolean applied) {
        Header header = bundle.header();
        tx.run("INSERT INTO bundles (space, device, seq, count, hlc, action, header, payload, applied)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                space.num(), devices.num(tx, header.device()), header.firstSeq(), header.count(), header.hlc(),
                header.action().id(), bundle.headerBytes(), bundle.payload(), applied);
        devices.advance(tx, header.device(), bundle.head(), header.hlc());
    }

    /** The chain hash after the bundle that ends with this op; empty when no bundle here ends there. */
    public Optional<Bytes32> chainAt(Tx tx, DeviceId device, long seq) {
        return tx.first("SELECT header FROM bundles WHERE space = ? AND device = ? AND seq <= ? AND seq + count - 1 = ?"
                        + " ORDER BY seq DESC LIMIT 1",
                row -> Bytes32.sha256(row.getBytes(1)), space.num(), devices.num(tx, device), seq, seq);
    }

    /** Whether an op is here, is of one of these types and about this entity. */
    public boolean isAbout(Tx tx, OpId op, Id target, Set<String> types) {
        return tx.first("SELECT type FROM ops WHERE space = ? AND device = ? AND seq = ? AND target = ?",
                        row -> row.getString(1), space.num(), devices.num(tx, op.device()), op.seq(), target)
                .filter(types::contains)
                .isPresent();
    }

    /** Whether an op of the log took effect. */
    public boolean isApplied(Tx tx, OpId op) {
        return tx.first("SELECT applied FROM ops WHERE space = ? AND device = ? AND seq = ?", row -> row.getBoolean(1),
                space.num(), devices.num(tx, op.device()), op.seq()).orElse(false);
    }

    /** The actions that a device's last {@code reach} bundles are of, the last first. */
    public List<Id> actions(Tx tx, DeviceId device, int reach) {
        return tx.all("SELECT action FROM bundles WHERE space = ? AND device = ? ORDER BY seq DESC LIMIT ?",
                        row -> Id.of(row.getBytes(1)), space.num(), devices.num(tx, device), reach).stream()
                .distinct()
                .toList();
    }

    /** The bundles of an action, in its order. */
    public List<Bundle> ofAction(Tx tx, Id action) {
        return tx.all("SELECT header, payload FROM bundles WHERE space = ? AND action = ? ORDER BY arrival",
                row -> Bundle.read(row.getBytes(1), row.getBytes(2)), space.num(), action);
    }

    /** An op and the stamp of its bundle. */
    public record Stamped(Op op, Hlc hlc) {}

    /** One op; empty when it is not here. */
    public Optional<Stamped> op(Tx tx, OpId id) {
        return tx.first("SELECT header, payload FROM bundles WHERE space = ? AND device = ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
                        row -> Bundle.read(row.getBytes(1), row.getBytes(2)), space.num(), devices.num(tx, id.device()), id.seq())
                .filter(bundle -> id.seq() <= bundle.header().lastSeq())
                .map(bundle -> new Stamped(bundle.ops().get((int) (id.seq() - bundle.header().firstSeq())), bundle.header().hlc()));
    }

    /** The edits of one text that a device made after an op of its and that took effect. */
    public List<Edit> edits(Tx tx, DeviceId device, long after, Id text, String field) {
        return tx.all("SELECT DISTINCT b.header, b.payload FROM ops o JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                                + " WHERE o.space = ? AND o.target = ? AND o.device = ? AND o.seq > ? AND o.type = 'text.edit' AND o.applied = 1 ORDER BY b.seq",
                        row -> Bundle.read(row.getBytes(1), row.getBytes(2)), space.num(), text, devices.num(tx, device), after).stream()
                .flatMap(bundle -> edits(bundle, after, text, field))
                .toList();
    }

    private static Stream<Edit> edits(Bundle bundle, long after, Id text, String field) {
        List<Op> ops = bundle.ops();
        return IntStream.range(0, ops.size())
                .filter(at -> bundle.opId(at).seq() > after)
                .filter(at -> ops.get(at) instanceof Op.TextChange change && change.target().equals(text) && change.field().equals(field))
                .mapToObj(at -> new Edit(bundle.opId(at), bundle.header().action().id(), ((Op.TextChange) ops.get(at)).edit()));
    }

    /** How many bundles of an action are here. */
    public int count(Tx tx, Id action) {
        return tx.first("SELECT count(*) FROM bundles WHERE space = ? AND action = ?", row -> row.getInt(1), space.num(), action)
                .orElseThrow();
    }

    /** Whole bundles of one device from {@code firstSeq}, at most {@code limit} of them. */
    public List<Bundle> range(Tx tx, DeviceId device, long firstSeq, int limit) {
        return tx.all("SELECT header, payload FROM bundles WHERE space = ? AND device = ? AND seq >= ? ORDER BY seq LIMIT ?",
                row -> Bundle.read(row.getBytes(1), row.getBytes(2)),
                space.num(), devices.num(tx, device), firstSeq, limit);
    }

    /** Every bundle in the order of arrival, a page in memory at a time. */
    public void replay(Tx tx, Consumer<Bundle> consumer) {
        record Arrived(long arrival, Bundle bundle) {}
        long after = 0;
        List<Arrived> page;
        do {
            page = tx.all("SELECT arrival, header, payload FROM bundles WHERE space = ? AND arrival > ? ORDER BY arrival LIMIT ?",
                    row -> new Arrived(row.getLong(1), Bundle.read(row.getBytes(2), row.getBytes(3))),
                    space.num(), after, PAGE);
            for (Arrived arrived : page) {
                consumer.accept(arrived.bundle());
                after = arrived.arrival();
            }
        } while (!page.isEmpty());
    }

    /** The bundles with ops of these types about one entity, in the order of arrival. */
    public List<Bundle> bundlesAbout(Tx tx, Id target, Set<String> types) {
        return tx.all("SELECT DISTINCT b.arrival, b.header, b.payload FROM ops o"
                        + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                        + " WHERE o.space = ? AND o.target = ? AND o.type IN (SELECT value FROM json_each(?)) ORDER BY b.arrival",
                row -> Bundle.read(row.getBytes(2), row.getBytes(3)), space.num(), target,
                types.stream().sorted().collect(Collectors.joining("\",\"", "[\"", "\"]")));
    }

    /**
     * An op that is about an entity.
     *
     * @param bundle the number of its bundle's first op
     * @param arrival when that came here, among the others
     */
    public record About(OpId op, long bundle, long arrival) {}

    /** The ops about an entity that took effect. */
    public List<About> about(Tx tx, Id target) {
        return tx.all("SELECT o.device, o.seq, o.bundle, b.arrival FROM ops o"
                        + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                        + " WHERE o.space = ? AND o.target = ? AND o.applied = 1",
                row -> new About(new OpId(devices.id(tx, row.getInt(1)), row.getLong(2)), row.getLong(3), row.getLong(4)), space.num(), target);
    }
}
