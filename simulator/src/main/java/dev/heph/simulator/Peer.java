package dev.heph.simulator;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.id.IdMint;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Op;
import dev.heph.model.op.Segment;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.Texts;
import dev.heph.store.log.Space;
import dev.heph.store.query.Dates;
import dev.heph.store.query.Db;
import dev.heph.store.query.FreshLists;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Identity;
import dev.heph.store.replica.Replica;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A replica of the product on a database of its own, with a clock and a randomness that the plan decides. */
final class Peer {
    static final Space SPACE = Space.PERSONAL;
    private static final List<String> NAMES = List.of("Ada", "Bo", "Cy", "Di", "Eva", "Flo", "Gus", "Hal", "Ida", "Jo", "Kim", "Lee", "Mia", "Ned", "Oz",
            "Pam", "Quin", "Ray", "Sue", "Tom");
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");

    private final int index;
    private final Store store;
    private final Keyring keys;
    private final Db db;
    private final Recurring recurring;
    private final FreshLists lists;
    private final Map<Head, byte[]> signatures = new HashMap<>();
    private Replica replica;
    private Later later = Later.NOTHING;
    private long now;
    private Dice dice;

    Peer(int index, Store store) {
        this(index, store, chance -> new Keyring(key(index), chance));
        restart();
    }

    private Peer(int index, Store store, Function<LongSupplier, Keyring> keys) {
        this.index = index;
        this.store = store;
        this.keys = keys.apply(() -> dice.bits());
        db = new Db(store.database());
        recurring = new Recurring(db, SPACE.num(), new Dates(ZoneId.of(ZONES.get(index % ZONES.size())), LocalTime.of(index % 2 * 4, 0), () -> Instant.ofEpochMilli(now)));
        lists = new FreshLists(db, SPACE.num(), recurring);
    }

    private static DeviceKey key(int index) {
        byte[] seed = new byte[DeviceKey.SEED_BYTES];
        Arrays.fill(seed, (byte) (index + 1));
        return new DeviceKey(seed);
    }

    /** A copy of what is on its disk, for a device of its own or to come back as a backup. It does nothing before it {@link #begin}s. */
    Peer copy(int index, Store empty) {
        Peer copy = new Peer(index, empty, keys::copy);
        copy.at(now, dice);
        copy.signatures.putAll(signatures);
        store.copyLog(empty);
        return copy;
    }

    /** With a version of heph that knows all but this: it makes its facts of the log. */
    void begin(Later unknown) {
        later = unknown;
        restart();
        transact(replica::again);
    }

    /** It was put back by {@code heph backup restore}, and is started. */
    void restored() {
        DeviceId before = device();
        replica.log().range(tx(), before, 1, Integer.MAX_VALUE)
                .forEach(bundle -> signatures.put(bundle.head(), Segment.sign(List.of(bundle), keys.of(before)).signature()));
        transact(tx -> {
            tx.run("UPDATE spaces SET restored = 1 WHERE num = ?", SPACE.num());
            return replica.goOnAfterRestore(tx);
        });
    }

    /** What its version of heph does not know. */
    Later later() {
        return later;
    }

    void later(Later unknown) {
        later = unknown;
        restart();
    }

    String name() {
        return NAMES.get(index);
    }

    int index() {
        return index;
    }

    DeviceId device() {
        return replica.device(tx());
    }

    Replica replica() {
        return replica;
    }

    Recurring recurring() {
        return recurring;
    }

    FreshLists lists() {
        return lists;
    }

    /** What is in memory is lost. */
    void restart() {
        replica = new Replica(SPACE, new Identity(keys, name()), () -> Instant.ofEpochMilli(now), new IdMint(() -> now, () -> dice.bits()),
                () -> dice.bits(), later.reading());
    }

    /** Sets its clock and its randomness for what comes next. */
    void at(long millis, Dice next) {
        now = millis;
        dice = next;
    }

    /** Work of which all is kept, or nothing when it throws. */
    <T> T transact(Function<Tx, T> work) {
        boolean done = false;
        try {
            T result = store.transact(tx -> db.within(tx, () -> work.apply(tx)));
            done = true;
            return result;
        } finally {
            if (!done) {
                replica.forget();
            }
        }
    }

    /** Looks, without what the replica has in memory. */
    <T> T look(Function<SqlFacts, T> work) {
        return db.within(store.tx(), () -> work.apply(new SqlFacts(store.tx(), SPACE, replica.devices(), new Texts(SPACE))));
    }

    Tx tx() {
        return store.tx();
    }

    /** Takes a segment, and keeps its signature to pass it on. */
    void receive(Segment segment) {
        transact(tx -> replica.receive(tx, segment));
        signatures.put(segment.head(), segment.signature());
    }

    /** How far it knows each chain. */
    Map<DeviceId, Head> knows() {
        Map<DeviceId, Head> knows = new HashMap<>();
        tx().all("SELECT id, seq, chain FROM devices WHERE space = ? AND seq > 0", row -> knows.put(DeviceId.of(row.getBytes(1)),
                new Head(row.getLong(2), Bytes32.of(row.getBytes(3)))), SPACE.num());
        return knows;
    }

    /** Whether a chain here comes by this place. */
    boolean has(DeviceId device, Head head) {
        return replica.log().chainAt(tx(), device, head.seq()).equals(Optional.of(head.chain()));
    }

    /** Up to where two have the same of each chain, as they find out when they speak to each other. */
    Map<DeviceId, Long> common(Peer other) {
        Map<DeviceId, Long> common = new HashMap<>();
        Map<DeviceId, Head> here = knows();
        other.knows().forEach((device, there) -> common.put(device, has(device, there) ? there.seq()
                : other.has(device, here.getOrDefault(device, Head.START)) ? here.get(device).seq() : lastCommon(device, other)));
        return common;
    }

    /** Whether the two have different histories of one id. */
    boolean differsFrom(Peer other) {
        Map<DeviceId, Head> here = knows();
        return other.knows().entrySet().stream().anyMatch(there -> here.containsKey(there.getKey())
                && !has(there.getKey(), there.getValue()) && !other.has(there.getKey(), here.get(there.getKey())));
    }

    private long lastCommon(DeviceId device, Peer other) {
        return replica.log().range(tx(), device, 1, Integer.MAX_VALUE).stream().map(Bundle::head).takeWhile(head -> other.has(device, head))
                .mapToLong(Head::seq).max().orElse(0);
    }

    /** What another one lacks, in the order in which it came here, so that nothing comes before what it builds on. @param most bundles */
    List<Segment> beyond(Map<DeviceId, Long> known, int most) {
        DeviceId self = device();
        List<Bundle> lacking = new ArrayList<>();
        tx().each("SELECT d.id, b.seq + b.count - 1, b.header, b.payload FROM bundles b JOIN devices d ON d.space = b.space AND d.num = b.device"
                + " WHERE b.space = 1 ORDER BY b.arrival", row -> {
                    if (row.getLong(2) > known.getOrDefault(DeviceId.of(row.getBytes(1)), 0L)) {
                        lacking.add(Bundle.read(row.getBytes(3), row.getBytes(4)));
                    }
                });
        List<Segment> segments = new ArrayList<>();
        List<Bundle> run = new ArrayList<>();
        int count = 0;
        for (int at = 0; at < lacking.size() && count < most; at++) {
            Bundle bundle = lacking.get(at);
            run.add(bundle);
            boolean own = bundle.header().device().equals(self);
            boolean ends = at + 1 == lacking.size() || !lacking.get(at + 1).header().device().equals(bundle.header().device()) || run.size() >= most;
            if (own && ends) {
                segments.add(Segment.sign(run, keys.of(self)));
            } else if (!own && signatures.containsKey(bundle.head())) {
                segments.add(new Segment(run, signatures.get(bundle.head())));
            } else {
                continue;
            }
            count += run.size();
            run.clear();
        }
        return segments;
    }

    /** How often it found that its id was not its own alone. */
    int ids() {
        return tx().first("SELECT count(*) FROM identities", row -> row.getInt(1)).orElseThrow();
    }

    /** The end of its own chain. */
    Head end() {
        return replica.devices().head(tx(), device());
    }

    /** The actions in its log, and how many ops each has; but for introductions, which are nobody's. */
    Map<Id, Long> actions() {
        Map<Id, Long> actions = new HashMap<>();
        tx().all("SELECT b.action, sum(b.count) FROM bundles b WHERE b.space = 1 AND NOT EXISTS (SELECT 1 FROM ops o WHERE o.space = b.space"
                + " AND o.device = b.device AND o.seq = b.seq AND o.type = 'device.enrol') GROUP BY b.action",
                row -> actions.put(Id.of(row.getBytes(1)), row.getLong(2)));
        return actions;
    }

    /** The bundles of an action, each with the number of its ops. */
    Map<String, Long> bundles(Id action) {
        Map<String, Long> bundles = new HashMap<>();
        tx().all("SELECT hex(header), count FROM bundles WHERE space = 1 AND action = ?", row -> bundles.put(row.getString(1), row.getLong(2)), action);
        return bundles;
    }

    /** As {@link #actions()}, of some bundles. */
    static Map<Id, Long> actions(List<Bundle> bundles) {
        Map<Id, Long> actions = new TreeMap<>();
        bundles.stream().filter(bundle -> !(bundle.ops().getFirst() instanceof Op.DeviceEnrol))
                .forEach(bundle -> actions.merge(bundle.header().action().id(), (long) bundle.header().count(), Long::sum));
        return actions;
    }

    /** The visible nodes of these kinds, but no contexts of tasks. */
    List<Id> nodes(String... kinds) {
        return tx().all("SELECT id FROM nodes WHERE space = 1 AND tombstoned = 0 AND context = 0 AND kind IN (SELECT value FROM json_each(?)) ORDER BY id",
                row -> Id.of(row.getBytes(1)), "[\"" + String.join("\",\"", kinds) + "\"]");
    }

    /** The visible nodes with a body, contexts of tasks among them. */
    List<Id> bodies() {
        return tx().all("SELECT id FROM nodes WHERE space = 1 AND tombstoned = 0 AND kind IN ('doc', 'journal', 'project', 'tag') ORDER BY id",
                row -> Id.of(row.getBytes(1)));
    }

    /** The entries of a log as they are shown. */
    List<String> entries(Id id) {
        return tx().all("SELECT e.text FROM entries e JOIN devices d ON d.space = e.space AND d.num = e.device WHERE e.space = 1 AND e.entity = ?"
                + " ORDER BY e.hlc, d.id, e.seq", row -> row.getString(1), id);
    }

    /** The open conflicts of a kind. */
    List<Id> conflicts(String kind) {
        return tx().all("SELECT id FROM conflicts WHERE space = 1 AND kind = ?", row -> Id.of(row.getBytes(1)), kind);
    }

    /** Every bundle, in the order in which it came. */
    List<Bundle> log() {
        List<Bundle> log = new ArrayList<>();
        replica.log().replay(tx(), log::add);
        return log;
    }

    /** The texts as they are shown, those of deleted nodes too, by their nodes. */
    Map<Id, String> texts() {
        Map<Id, String> texts = new HashMap<>();
        tx().all("SELECT id, body FROM nodes WHERE space = 1 AND body IS NOT NULL", row -> texts.put(Id.of(row.getBytes(1)), row.getString(2)));
        return texts;
    }
}
