package dev.heph.store.log;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.HlcClock;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.store.db.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The devices that wrote in one space: their local numbers, keys and the ends of their chains. Owned by the writer's thread. */
public final class Devices {
    private final Space space;
    private final Map<DeviceId, Integer> nums = new HashMap<>();
    private final Map<Integer, DeviceId> ids = new HashMap<>();

    public Devices(Space space) {
        this.space = space;
    }

    /** Forgets what may belong to an undone transaction. */
    public void forget() {
        nums.clear();
        ids.clear();
    }

    /** The local number of a device; a new one gets the next. */
    public int num(Tx tx, DeviceId device) {
        Integer known = nums.get(device);
        if (known == null) {
            known = tx.first("SELECT num FROM devices WHERE space = ? AND id = ?", row -> row.getInt(1),
                            space.num(), device.id())
                    .orElseGet(() -> add(tx, device));
            nums.put(device, known);
            ids.put(known, device);
        }
        return known;
    }

    private int add(Tx tx, DeviceId device) {
        tx.run("INSERT INTO devices (space, num, id, chain)"
                + " SELECT ?, coalesce(max(num), 0) + 1, ?, ? FROM devices WHERE space = ?",
                space.num(), device.id(), Bytes32.ZERO, space.num());
        return tx.first("SELECT num FROM devices WHERE space = ? AND id = ?", row -> row.getInt(1), space.num(), device.id())
                .orElseThrow();
    }

    public DeviceId id(Tx tx, int num) {
        return ids.computeIfAbsent(num, missing -> tx.first("SELECT id FROM devices WHERE space = ? AND num = ?",
                        row -> DeviceId.of(row.getBytes(1)), space.num(), num)
                .orElseThrow());
    }

    public Head head(Tx tx, DeviceId device) {
        return tx.first("SELECT seq, chain FROM devices WHERE space = ? AND num = ?",
                        row -> new Head(row.getLong(1), Bytes32.of(row.getBytes(2))), space.num(), num(tx, device))
                .orElseThrow();
    }

    void advance(Tx tx, DeviceId device, Head head, Hlc hlc) {
        tx.run("UPDATE devices SET seq = ?, chain = ?, hlc = ? WHERE space = ? AND num = ?",
                head.seq(), head.chain(), hlc, space.num(), num(tx, device));
    }

    /** The clock of {@code self} as it stood: after its own last stamp, and after the others' as far as a clock lets itself be drawn. */
    public HlcClock clock(Tx tx, DeviceId self, long wallMillis) {
        Map<DeviceId, Hlc> stamps = new HashMap<>();
        tx.all("SELECT id, hlc FROM devices WHERE space = ? AND hlc IS NOT NULL",
                row -> stamps.put(DeviceId.of(row.getBytes(1)), Hlc.of(row.getBytes(2))), space.num());
        Hlc own = stamps.remove(self);
        HlcClock clock = new HlcClock(own == null ? Hlc.ZERO : own);
        stamps.values().forEach(stamp -> clock.receive(stamp, wallMillis));
        return clock;
    }

    /** The heads of the other devices that advanced since this was last called: what the next own bundle names. */
    public SortedMap<DeviceId, Head> takeUnnamedHeads(Tx tx, DeviceId self) {
        SortedMap<DeviceId, Head> heads = new TreeMap<>();
        tx.all("SELECT id, seq, chain FROM devices WHERE space = ? AND seq > named_seq AND num <> ?",
                row -> heads.put(DeviceId.of(row.getBytes(1)), new Head(row.getLong(2), Bytes32.of(row.getBytes(3)))),
                space.num(), num(tx, self));
        if (!heads.isEmpty()) {
            tx.run("UPDATE devices SET named_seq = seq WHERE space = ? AND seq > named_seq", space.num());
        }
        return heads;
    }

    /** What this device has named as seen is this, and the next own bundle names all else; after its chain was written anew. */
    public void named(Tx tx, Map<DeviceId, Head> heads) {
        tx.run("UPDATE devices SET named_seq = 0 WHERE space = ?", space.num());
        heads.forEach((device, head) -> tx.run("UPDATE devices SET named_seq = ? WHERE space = ? AND num = ?", head.seq(), space.num(), num(tx, device)));
    }

    public void enrol(Tx tx, DeviceId device, Bytes32 key, String name) {
        tx.run("UPDATE devices SET key = ?, name = ? WHERE space = ? AND num = ?", key, name, space.num(), num(tx, device));
    }

    public void revoke(Tx tx, DeviceId device, Head last) {
        // Of two revocations the one that allows less counts, in whichever order they come.
        tx.run("UPDATE devices SET revoked_seq = ?, revoked_chain = ? WHERE space = ? AND num = ?"
                + " AND (revoked_seq IS NULL OR (revoked_seq, revoked_chain) > (?, ?))",
                last.seq(), last.chain(), space.num(), num(tx, device), last.seq(), last.chain());
    }

    /** After which of its ops what a device wrote does not count; empty while it may write. */
    public Optional<Head> ended(Tx tx, DeviceId device) {
        return tx.first("SELECT revoked_seq, revoked_chain FROM devices WHERE space = ? AND num = ? AND revoked_seq IS NOT NULL",
                row -> new Head(row.getLong(1), Bytes32.of(row.getBytes(2))), space.num(), num(tx, device));
    }

    /** Whether something has taken effect that does not count. @param own whose writing always does */
    public boolean countsTooMuch(Tx tx, Optional<DeviceId> own) {
        return tx.first("SELECT 1 FROM devices d JOIN ops o ON o.space = d.space AND o.device = d.num AND o.seq > d.revoked_seq"
                        + " WHERE d.space = ? AND d.id IS NOT ? AND o.bundle > d.revoked_seq AND o.applied = 1"
                        + " AND (o.type NOT LIKE 'device.%' OR o.type = 'device.enrol' AND o.seq > 1) LIMIT 1",
                row -> true, space.num(), own.map(DeviceId::id).orElse(null)).isPresent();
    }

    /** What a device last called itself, as far as that counts. */
    public Optional<String> name(Tx tx, DeviceId device) {
        return tx.first("SELECT name FROM devices WHERE space = ? AND num = ? AND name IS NOT NULL", row -> row.getString(1), space.num(), num(tx, device));
    }

    public Optional<Bytes32> key(Tx tx, DeviceId device) {
        return tx.first("SELECT key FROM devices WHERE space = ? AND id = ? AND key IS NOT NULL",
                row -> Bytes32.of(row.getBytes(1)), space.num(), device.id());
    }

    /** What the author of an op had seen when writing it, as the heads of its bundles say, its own ops before it among that. */
    public Version past(Tx tx, OpId op) {
        return past(op, seenOfOthers(tx, op));
    }

    /** @param others what the author of the op had seen of other devices */
    public static Version past(OpId op, Version others) {
        return op.seq() == 1 ? others : others.with(new OpId(op.device(), op.seq() - 1));
    }

    public Version seenOfOthers(Tx tx, OpId op) {
        int author = num(tx, op.device());
        SortedMap<DeviceId, Long> seen = new TreeMap<>();
        tx.all("SELECT d.id, (SELECT h.seen FROM heads h WHERE h.space = d.space AND h.device = ? AND h.other = d.num AND h.seq <= ?"
                        + " ORDER BY h.seq DESC LIMIT 1) FROM devices d WHERE d.space = ? AND d.num <> ?",
                row -> row.getLong(2) == 0 ? null : seen.put(DeviceId.of(row.getBytes(1)), row.getLong(2)),
                author, op.seq(), space.num(), author);
        return new Version(seen);
    }
}
