package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.id.IdMint;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.HlcClock;
import dev.heph.model.op.Op;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Segment;
import dev.heph.model.op.WireException;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.Texts;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * One device's copy of one space: what it writes, and what it takes from others, goes through the same log, the same merge
 * and the same views. Owned by the writer's thread; what it keeps in memory is forgotten when a transaction is undone.
 */
public final class Replica {
    private final Space space;
    private final Identity identity;
    private final InstantSource time;
    private final IdMint mint;
    private final LongSupplier randomBits;
    private final Devices devices;
    private final Log log;
    private final Texts texts;
    private final Intake intake;
    private volatile DeviceKey key;
    private HlcClock clock;
    private Author author;

    public Replica(Space space, Identity identity, InstantSource time, IdMint mint, LongSupplier randomBits) {
        this(space, identity, time, mint, randomBits, Bundle::ops);
    }

    /** A replica of a version that may read less than this one. */
    public Replica(Space space, Identity identity, InstantSource time, IdMint mint, LongSupplier randomBits, Reading reading) {
        this.space = space;
        this.identity = identity;
        this.key = identity.keys().inUse();
        this.time = time;
        this.mint = mint;
        this.randomBits = randomBits;
        this.devices = new Devices(space);
        this.log = new Log(space, devices);
        this.texts = new Texts(space);
        this.intake = new Intake(space, devices, texts, () -> Optional.of(device()), reading);
    }

    /** Forgets what may belong to an undone transaction; it is read again from the database. */
    public void forget() {
        devices.forget();
        texts.forget();
        clock = null;
        author = null;
        key = identity.keys().inUse();
    }

    public Space space() {
        return space;
    }

    /** Who it is by now. */
    public DeviceId device(Tx tx) {
        load(tx);
        return device();
    }

    /** Who it is in a transaction that has asked before. */
    public DeviceId device() {
        return key.device();
    }

    /** What this device signs with. */
    public DeviceKey key() {
        return key;
    }

    public Log log() {
        return log;
    }

    public Devices devices() {
        return devices;
    }


    long nowMillis() {
        return time.millis();
    }

    Id mint() {
        return mint.mint();
    }

    long randomBits() {
        return randomBits.getAsLong();
    }

    /** Begins a change by this device within {@code tx}; its first change of all introduces the device. */
    public Change change(Tx tx) {
        return change(tx, mint.mint(), true);
    }

    /**
     * Begins a part of a larger action.
     *
     * @param last whether the action ends with this part
     */
    public Change change(Tx tx, Id action, boolean last) {
        load(tx);
        introduce(tx);
        return new Change(this, tx, intake.facts(tx), author, action, last);
    }

    /** Goes on with the action in which this device made a node, if it has done nothing since; else begins one. */
    public Change changeWith(Tx tx, Id node) {
        return log.madeLast(tx, device(tx), node).map(action -> change(tx, action, true)).orElseGet(() -> change(tx));
    }

    /** Whether the facts are such as this version of heph makes of the log. */
    public boolean isCurrent(Tx tx) {
        return intake.isCurrent(tx);
    }

    /**
     * Makes all facts and views anew from the log, for it holds what the version that made them did not know ("what a version does not
     * know" in docs/design/merge.md). All of it in this transaction: who looks meanwhile sees what was there before, and after a crash it begins again.
     */
    public Set<Id> again(Tx tx) {
        return intake.again(tx);
    }

    /**
     * Reads some of the texts anew that an older version of heph has read less from.
     *
     * @return whether there are more
     */
    public boolean rereadSome(Tx tx) {
        return intake.rereadSome(tx);
    }

    Set<Id> settle(Tx tx, SqlFacts facts) {
        return intake.settle(tx, facts);
    }

    private void load(Tx tx) {
        if (author == null) {
            tx.first("SELECT device FROM identities WHERE space = ? ORDER BY num DESC LIMIT 1", row -> DeviceId.of(row.getBytes(1)), space.num())
                    .ifPresent(identity.keys()::use);
            key = identity.keys().inUse();
            clock = devices.clock(tx, device(), nowMillis());
            author = new Author(space.name(), device(), devices.head(tx, device()));
        }
    }

    private void introduce(Tx tx) {
        if (author.head().equals(Head.START)) {
            Op enrol = new Op.DeviceEnrol(key.publicKey(), identity.name());
            keep(tx, intake.facts(tx), mint.mint(), true, List.of(enrol));
        }
    }

    /** Writes ops that are about devices, as an action of its own. */
    void say(Tx tx, List<? extends Op> ops) {
        load(tx);
        introduce(tx);
        SqlFacts facts = intake.facts(tx);
        keep(tx, facts, mint.mint(), true, List.copyOf(ops));
        intake.settle(tx, facts);
    }

    /** Writes the ops of one action as bundles to the log and makes them facts. */
    void keep(Tx tx, SqlFacts facts, Id action, boolean last, List<Op> ops) {
        Action next = new Action(action, log.count(tx, action), last);
        List<Bundle> bundles = author.write(clock.tick(nowMillis()), next, devices.takeUnnamedHeads(tx, device()), ops);
        bundles.forEach(bundle -> intake.take(tx, facts, bundle));
    }

    /**
     * Takes a signed segment, all of it or nothing; see {@link #take}.
     *
     * @return the entities that changed
     * @throws WireException when the segment is forged, cut or leaves a gap
     */
    public Set<Id> receive(Tx tx, Segment segment) {
        SortedMap<DeviceId, byte[]> signatures = new TreeMap<>(Map.of(segment.firstHeader().device(), segment.signature()));
        Parcel parcel = new Parcel(segment.bundles(), signatures);
        parcel.verify(device -> devices.key(tx, device));
        new Rights(this, tx).require(parcel);
        return take(tx, parcel, false).shown();
    }

    /**
     * What came of a parcel.
     *
     * @param shown the entities that show otherwise
     * @param ops how many of its ops were new here
     */
    public record Taken(Set<Id> shown, int ops) {
        /** Both. */
        public Taken and(Taken next) {
            Set<Id> all = new HashSet<>(shown);
            all.addAll(next.shown);
            return new Taken(all, ops + next.ops);
        }
    }

    /**
     * Takes bundles whose signatures were verified, all of them or none. Those that are here already are passed over. One of this device's
     * own id that is not what this device wrote makes it take a new id first.
     *
     * @param later whether views are refreshed later, by {@link #show}
     * @throws WireException when they leave a gap, or are another history than the one here
     * @throws HephException {@link Reason#CONFLICT} when others have to come first
     */
    public Taken take(Tx tx, Parcel parcel, boolean later) {
        load(tx);
        Set<Id> shown = partIfForked(tx, parcel);
        SqlFacts facts = intake.facts(tx);
        int ops = 0;
        for (Bundle bundle : parcel.bundles()) {
            if (isNew(tx, bundle)) {
                clock.receive(bundle.header().hlc(), nowMillis());
                intake.take(tx, facts, bundle);
                ops += bundle.header().count();
            }
        }
        parcel.byDevice().forEach((device, bundles) -> sign(tx, device, bundles.getLast().head(), parcel.signatures().get(device)));
        shown.addAll(later ? intake.defer(tx, facts) : intake.settle(tx, facts));
        return new Taken(shown, ops);
    }

    /** Refreshes some of the views that wait for it. @return the entities that show otherwise; nothing when none wait */
    public Set<Id> show(Tx tx) {
        return intake.show(tx);
    }

    private void sign(Tx tx, DeviceId device, Head head, byte[] signature) {
        if (signature != null && !device.equals(device())) {
            log.sign(tx, device, head, signature);
        }
    }

    private boolean isNew(Tx tx, Bundle bundle) {
        DeviceId from = bundle.header().device();
        if (!bundle.header().space().equals(space.name())) {
            throw new WireException("a bundle is of space '" + bundle.header().space() + "', not '" + space.name() + "'");
        }
        Head known = devices.head(tx, from);
        if (bundle.header().lastSeq() <= known.seq()) {
            requireSame(tx, from, bundle.head());
            return false;
        }
        if (bundle.header().firstSeq() != known.seq() + 1) {
            throw new WireException("bundle " + from + ":" + bundle.header().firstSeq() + " does not continue what is known of its device, which ends at "
                    + known.seq());
        } else if (!bundle.header().previous().equals(known.chain())) {
            throw twoHistories(from, known.seq());
        }
        requireHeads(tx, bundle);
        return true;
    }

    /** Takes a bundle of this device's own that follows from what is here. */
    void intake(Tx tx, SqlFacts facts, Bundle bundle) {
        intake.take(tx, facts, bundle);
    }

    /**
     * Goes on under an id of its own if the database was restored from a backup: what was written after that under the id in it may be with others.
     *
     * @return the entities that show otherwise
     */
    public Set<Id> goOnAfterRestore(Tx tx) {
        load(tx);
        boolean restored = tx.run("UPDATE spaces SET restored = 0 WHERE num = ? AND restored = 1", space.num()) > 0;
        if (!restored || devices.ended(tx, device()).isPresent()) { // nobody takes what a revoked one writes, so it stays who it is
            return Set.of();
        }
        SqlFacts facts = intake.facts(tx);
        Parting parting = new Parting(this, tx, facts);
        key = author.head().equals(Head.START)
                ? parting.begin(identity)
                : parting.part(author.head(), identity, clock.tick(nowMillis()));
        author = null;
        return intake.settle(tx, facts);
    }

    /** Somebody sends what this device wrote, or what another one wrote under its id. */
    private Set<Id> partIfForked(Tx tx, Parcel parcel) {
        Set<Id> shown = new HashSet<>();
        for (Optional<Head> common = common(tx, parcel); common.isPresent(); common = common(tx, parcel)) {
            key = new Parting(this, tx, intake.facts(tx)).part(common.get(), identity, clock.tick(nowMillis()));
            author = null; // who this device is by now is read from the database once that is on disk
            shown.addAll(again(tx));
        }
        return shown;
    }

    /** Where what is in a parcel leaves what this device wrote, under its id or under the one that it would take; empty when it does not. */
    private Optional<Head> common(Tx tx, Parcel parcel) {
        Parting parting = new Parting(this, tx, intake.facts(tx));
        Map<DeviceId, List<Bundle>> byDevice = parcel.byDevice();
        List<Bundle> own = byDevice.getOrDefault(device(), List.of());
        return Optional.of(own).filter(bundles -> !bundles.isEmpty()).flatMap(parting::common)
                .or(() -> byDevice.values().stream().map(List::getFirst)
                        .filter(first -> first.header().firstSeq() == 1 && devices.head(tx, first.header().device()).equals(Head.START))
                        .flatMap(first -> parting.copied(first).stream())
                        .findFirst());
    }

    private void requireHeads(Tx tx, Bundle bundle) {
        bundle.header().heads().forEach((device, head) -> {
            boolean isOwn = device.equals(device());
            if (!isOwn && devices.ended(tx, device).filter(end -> head.seq() > end.seq()).isPresent()) {
                return; // what does not count need not be here
            }
            if (!isOwn && devices.head(tx, device).seq() >= head.seq()) {
                requireSame(tx, device, head);
            } else if (!isOwn || !log.chainAt(tx, device, head.seq()).equals(Optional.of(head.chain()))) {
                throw new HephException(Reason.CONFLICT, "a bundle of device " + bundle.header().device()
                        + " has seen device " + device + " up to " + head.seq() + ", which is not here yet: send that first");
            }
        });
    }

    /** Two histories under one device's name are a clone or a restored backup; neither may be taken for the other. */
    private void requireSame(Tx tx, DeviceId device, Head head) {
        if (!log.chainAt(tx, device, head.seq()).equals(Optional.of(head.chain()))) {
            throw twoHistories(device, head.seq());
        }
    }

    private static WireException twoHistories(DeviceId device, long seq) {
        return new WireException("device " + device + " has two histories up to " + seq
                + ": it was cloned or restored from a backup, and must take a new id");
    }

    /** This device's own bundles from {@code firstSeq}, at most {@code limit}, signed; empty when there are none. */
    public Optional<Segment> segment(Tx tx, long firstSeq, int limit) {
        List<Bundle> bundles = log.range(tx, device(tx), firstSeq, limit);
        return bundles.isEmpty() ? Optional.empty() : Optional.of(Segment.sign(bundles, key));
    }

    /** Another device's next bundles from {@code firstSeq}, byte for byte and in such a piece as they came and were signed in; empty when there are none. */
    public Optional<Segment> forward(Tx tx, DeviceId device, long firstSeq) {
        return log.signed(tx, device, firstSeq);
    }
}
