package dev.heph.store.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Edit;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Segment;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import dev.heph.store.db.Tx;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The append-only log of one space: bundles as the bytes that came, and an index of their ops. */
public final class Log {
    private static final int PAGE = 200;

    /** Fewer ops are written one by one. */
    private static final int WORTH_WRITING_TOGETHER = 20;

    private final Space space;
    private final Devices devices;
    private final Arrivals arrivals;
    private Read last;

    public Log(Space space, Devices devices) {
        this.space = space;
        this.devices = devices;
        this.arrivals = new Arrivals(space);
    }

    /** What the author of an op had seen when writing it. */
    public Version past(Tx tx, OpId op) {
        return devices.past(tx, op);
    }

    /** Notes that this version cannot read a bundle of the log. */
    public void unread(Tx tx, Bundle bundle) {
        tx.run("UPDATE bundles SET applied = 0 WHERE space = ? AND device = ? AND seq = ?",
                space.num(), devices.num(tx, bundle.header().device()), bundle.header().firstSeq());
    }

    /** Notes what the ops of a bundle of the log are about. */
    public void index(Tx tx, Bundle bundle, List<Op> ops, Set<OpId> unapplied) {
        Header header = bundle.header();
        int device = devices.num(tx, header.device());
        if (ops.size() >= WORTH_WRITING_TOGETHER) {
            indexTogether(tx, bundle, ops, unapplied, device);
            return;
        }
        for (int index = 0; index < ops.size(); index++) {
            Op op = ops.get(index);
            tx.run("INSERT INTO ops (space, device, seq, bundle, type, target, applied) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    space.num(), device, header.firstSeq() + index, header.firstSeq(), op.type(), op.target(),
                    !unapplied.contains(bundle.opId(index)));
        }
    }

    /** As one statement: a thousand would each cost more to hand over than to carry out. */
    private void indexTogether(Tx tx, Bundle bundle, List<Op> ops, Set<OpId> unapplied, int device) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        for (int index = 0; index < ops.size(); index++) {
            Op op = ops.get(index);
            rows.addArray().add(index).add(op.type()).add(HexFormat.of().formatHex(op.target().bytes())).add(unapplied.contains(bundle.opId(index)) ? 0 : 1);
        }
        tx.run("INSERT INTO ops (space, device, seq, bundle, type, target, applied)"
                        + " SELECT ?, ?, ? + (value ->> 0), ?, value ->> 1, unhex(value ->> 2), value ->> 3 FROM json_each(?)",
                space.num(), device, bundle.header().firstSeq(), bundle.header().firstSeq(), rows.toString());
    }

    /** Appends a bundle that continues its device's chain. */
    public void append(Tx tx, Bundle bundle) {
        Header header = bundle.header();
        int device = devices.num(tx, header.device());
        tx.run("INSERT INTO bundles (space, device, seq, count, hlc, action, header, payload, applied)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
                space.num(), device, header.firstSeq(), header.count(), header.hlc(), header.action().id(), bundle.headerBytes(),
                bundle.payload());
        arrivals.append(tx, device, bundle);
        devices.advance(tx, header.device(), bundle.head(), header.hlc());
    }

    /** The chain hash after the bundle that ends with this op; empty when no bundle here ends there. */
    public Optional<Bytes32> chainAt(Tx tx, DeviceId device, long seq) {
        return tx.first("SELECT header FROM bundles WHERE space = ? AND device = ? AND seq <= ? AND seq + count - 1 = ?"
                        + " ORDER BY seq DESC LIMIT 1",
                row -> Bytes32.sha256(row.getBytes(1)), space.num(), devices.num(tx, device), seq, seq);
    }

    /** The chain hashes of a device's bundles after one op and up to another. */
    public List<Bytes32> chains(Tx tx, DeviceId device, long after, long last) {
        return tx.all("SELECT header FROM bundles WHERE space = ? AND device = ? AND seq > ? AND seq <= ? ORDER BY seq",
                row -> Bytes32.sha256(row.getBytes(1)), space.num(), devices.num(tx, device), after, last);
    }

    /** Whether an op is here, is of one of these types and about this entity. */
    public boolean isAbout(Tx tx, OpId op, Id target, Set<String> types) {
        return tx.first("SELECT type FROM ops WHERE space = ? AND device = ? AND seq = ? AND target = ?",
                        row -> row.getString(1), space.num(), devices.num(tx, op.device()), op.seq(), target)
                .filter(types::contains)
                .isPresent();
    }

    /** The ops about an entity that took no effect. */
    public Set<OpId> unapplied(Tx tx, Id target) {
        return Set.copyOf(tx.all("SELECT device, seq FROM ops WHERE space = ? AND target = ? AND applied = 0",
                row -> new OpId(devices.id(tx, row.getInt(1)), row.getLong(2)), space.num(), target));
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

    /** An op, and the stamp and the action of its bundle. */
    public record Stamped(Op op, Hlc hlc, Id action) {
        private static Stamped in(Read read, long seq) {
            Header header = read.bundle().header();
            return new Stamped(read.ops().get((int) (seq - header.firstSeq())), header.hlc(), header.action().id());
        }

        /** What it says of a field, if it is about that. */
        public Optional<Value> value(Field field) {
            return switch (op) {
                case Op.NodeCreate create -> Optional.ofNullable(create.fields().get(field));
                case Op.NodeSet set when set.field().equals(field) -> Optional.of(set.value());
                default -> Optional.empty();
            };
        }
    }

    /** One op; empty when it is not here. */
    public Optional<Stamped> op(Tx tx, OpId id) {
        record Found(long arrival, byte[] header) {}
        return tx.first("SELECT arrival, header FROM bundles WHERE space = ? AND device = ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
                        row -> new Found(row.getLong(1), row.getBytes(2)), space.num(), devices.num(tx, id.device()), id.seq())
                .map(found -> read(tx, found.arrival(), found.header()))
                .filter(read -> id.seq() <= read.bundle().header().lastSeq())
                .map(read -> Stamped.in(read, id.seq()));
    }

    private record Read(byte[] header, Bundle bundle, List<Op> ops) {}

    /** Whoever asks for one op of a large bundle asks for its others next. A header tells its payload's hash. */
    private Read read(Tx tx, long arrival, byte[] header) {
        if (last == null || !Arrays.equals(last.header(), header)) {
            Bundle bundle = Bundle.read(header, tx.first("SELECT payload FROM bundles WHERE arrival = ?", row -> row.getBytes(1), arrival).orElseThrow());
            last = new Read(header, bundle, bundle.ops());
        }
        return last;
    }

    /** The edits of one text that a device made after an op of its and that took effect. */
    public List<Edit> edits(Tx tx, DeviceId device, long after, Id text, String field) {
        return tx.all("SELECT b.header, b.payload, group_concat(o.seq) FROM ops o"
                                + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                                + " WHERE o.space = ? AND o.target = ? AND o.device = ? AND o.seq > ? AND o.type = 'text.edit' AND o.applied = 1"
                                + " GROUP BY b.seq ORDER BY b.seq",
                        row -> edits(Bundle.read(row.getBytes(1), row.getBytes(2)), row.getString(3), field), space.num(), text, devices.num(tx, device), after)
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** @param seqs of those that are meant: beside an edit that took effect one may stand that did not fit */
    private static List<Edit> edits(Bundle bundle, String seqs, String field) {
        List<Op> ops = bundle.ops();
        return Arrays.stream(seqs.split(",")).mapToInt(seq -> (int) (Long.parseLong(seq) - bundle.header().firstSeq())).sorted()
                .filter(at -> ops.get(at) instanceof Op.TextChange change && change.field().equals(field))
                .mapToObj(at -> Edit.of(bundle.opId(at), bundle.header().action().id(), (Op.TextChange) ops.get(at)))
                .toList();
    }

    /** The action in which a device made a node, if that is what it did last. */
    public Optional<Id> madeLast(Tx tx, DeviceId device, Id node) {
        return actions(tx, device, 1).stream().findFirst().filter(action -> tx.first("SELECT 1 FROM ops o"
                        + " JOIN bundles b ON b.space = o.space AND b.device = o.device AND b.seq = o.bundle"
                        + " WHERE o.space = ? AND o.target = ? AND o.device = ? AND o.type = 'node.create' AND b.action = ?",
                row -> true, space.num(), node, devices.num(tx, device), action).isPresent());
    }

    /** How many bundles of an action are here. */
    public int count(Tx tx, Id action) {
        return tx.first("SELECT count(*) FROM bundles WHERE space = ? AND action = ?", row -> row.getInt(1), space.num(), action)
                .orElseThrow();
    }

    /** How many bundles are here. */
    public long count(Tx tx) {
        return tx.first("SELECT count(*) FROM bundles WHERE space = ?", row -> row.getLong(1), space.num()).orElseThrow();
    }

    /** What does not follow from the bundles. */
    private static final Set<String> KEPT = Set.of("spaces", "devices", "bundles", "ops", "signatures", "parted", "identities", "arrivals", "hubs", "points", "words");

    /** Forgets whose right to write ended: before everything is read anew that says so. */
    public void forgetEnds(Tx tx) {
        tx.run("UPDATE devices SET revoked_seq = NULL, revoked_chain = NULL WHERE space = ?", space.num());
    }

    /** Empties every table that follows from the bundles, their index first: to be filled again in this transaction. Whose right ended is kept. */
    public void forgetWhatFollows(Tx tx) {
        unguarded(tx, "ops_are_kept", () -> tx.run("DELETE FROM ops"));
        tx.run("UPDATE bundles SET applied = 1 WHERE applied = 0");
        tx.run("UPDATE devices SET key = NULL, name = NULL");
        tx.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'words\\_%' ESCAPE '\\'",
                        row -> row.getString(1)).stream()
                .filter(table -> !KEPT.contains(table))
                .forEach(table -> tx.run("DELETE FROM " + table));
        tx.run("INSERT INTO words (words) VALUES ('delete-all')");
    }

    /** Some device that has seen what a device wrote after one of its ops. */
    public Optional<DeviceId> seenBeyond(Tx tx, DeviceId device, long seq) {
        return tx.first("SELECT d.id FROM heads h JOIN devices d ON d.space = h.space AND d.num = h.device"
                        + " WHERE h.space = ? AND h.other = ? AND h.seen > ? LIMIT 1",
                row -> DeviceId.of(row.getBytes(1)), space.num(), devices.num(tx, device), seq);
    }

    /** Takes a device's bundles after {@code common} out of the log and keeps them beside it: they were written anew under another id. */
    public void part(Tx tx, DeviceId device, Head common) {
        int num = devices.num(tx, device);
        tx.run("INSERT INTO parted (space, device, seq, header, payload) SELECT space, device, seq, header, payload FROM bundles"
                + " WHERE space = ? AND device = ? AND seq > ?", space.num(), num, common.seq());
        unguarded(tx, "bundles_are_kept",
                () -> tx.run("DELETE FROM bundles WHERE space = ? AND device = ? AND seq > ?", space.num(), num, common.seq()));
        tx.run("UPDATE devices SET seq = ?, chain = ?, named_seq = ?, hlc = (SELECT b.hlc FROM bundles b WHERE b.space = devices.space"
                        + " AND b.device = devices.num ORDER BY b.seq DESC LIMIT 1) WHERE space = ? AND num = ?",
                common.seq(), common.chain(), common.seq(), space.num(), num);
    }

    /** A device's bundles that were written anew under another id, as they were. */
    public List<Bundle> parted(Tx tx, DeviceId device) {
        return tx.all("SELECT header, payload FROM parted WHERE space = ? AND device = ? ORDER BY seq", row -> Bundle.read(row.getBytes(1), row.getBytes(2)),
                space.num(), devices.num(tx, device));
    }

    /** Takes a guard of the log away and puts it back; a transaction that fails between undoes both. */
    private static void unguarded(Tx tx, String trigger, Runnable work) {
        String guard = tx.first("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", row -> row.getString(1), trigger).orElseThrow();
        tx.run("DROP TRIGGER " + trigger);
        work.run();
        tx.run(guard);
    }

    /** Whole bundles of one device from {@code firstSeq}, at most {@code limit} of them. */
    public List<Bundle> range(Tx tx, DeviceId device, long firstSeq, int limit) {
        return tx.all("SELECT header, payload FROM bundles WHERE space = ? AND device = ? AND seq >= ? ORDER BY seq LIMIT ?",
                row -> Bundle.read(row.getBytes(1), row.getBytes(2)),
                space.num(), devices.num(tx, device), firstSeq, limit);
    }

    /** The last bundle of a device that wrote. */
    public Bundle last(Tx tx, DeviceId device) {
        return tx.first("SELECT header, payload FROM bundles WHERE space = ? AND device = ? ORDER BY seq DESC LIMIT 1",
                row -> Bundle.read(row.getBytes(1), row.getBytes(2)), space.num(), devices.num(tx, device)).orElseThrow();
    }

    /** Keeps a device's signature over its chain up to a head: who takes the bundles from here will ask for it. */
    public void sign(Tx tx, DeviceId device, Head head, byte[] signature) {
        tx.run("INSERT OR REPLACE INTO signatures (space, device, seq, signature) VALUES (?, ?, ?, ?)",
                space.num(), devices.num(tx, device), head.seq(), signature);
    }

    /** Another device's bundles from {@code firstSeq} to the next end that it signed, so a piece of what came together; empty when there are none. */
    public Optional<Segment> signed(Tx tx, DeviceId device, long firstSeq) {
        record End(long seq, byte[] signature) {}
        return tx.first("SELECT seq, signature FROM signatures WHERE space = ? AND device = ? AND seq >= ? ORDER BY seq LIMIT 1",
                        row -> new End(row.getLong(1), row.getBytes(2)), space.num(), devices.num(tx, device), firstSeq)
                .map(end -> new Segment(range(tx, device, firstSeq, Integer.MAX_VALUE).stream()
                        .takeWhile(bundle -> bundle.header().firstSeq() <= end.seq())
                        .toList(), end.signature()));
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
                row -> new About(new OpId(devices.id(tx, row.getInt(1)), row.getLong(2)), row.getLong(3), row.getLong(4)),
                space.num(), target);
    }
}
