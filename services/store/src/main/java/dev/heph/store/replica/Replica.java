package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.id.IdMint;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.HlcClock;
import dev.heph.model.op.Op;
import dev.heph.model.op.Segment;
import dev.heph.model.op.WireException;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.Texts;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private DeviceKey key;
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
        this.intake = new Intake(space, devices, texts, reading);
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

    public Log log() {
        return log;
    }

    public Devices devices() {
        return devices;
    }

    DeviceKey key() {
        return key;
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

    /** Writes the ops of one action as bundles to the log and makes them facts. */
    void keep(Tx tx, SqlFacts facts, Id action, boolean last, List<Op> ops) {
        Action next = new Action(action, log.count(tx, action), last);
        List<Bundle> bundles = author.write(clock.tick(nowMillis()), next, devices.takeUnnamedHeads(tx, device()), ops);
        bundles.forEach(bundle -> intake.take(tx, facts, bundle));
    }

    /**
     * Takes a signed segment, all of it or nothing. Bundles that are here already are passed over. One of this device's own id that is not what this
     * device wrote makes it take a new id first.
     *
     * @return the entities that changed
     * @throws WireException when the segment is forged, cut or leaves a gap
     */
    public Set<Id> receive(Tx tx, Segment segment) {
        load(tx);
        DeviceId from = segment.firstHeader().device();
        if (!segment.firstHeader().space().equals(space.name())) {
            throw new WireException("the segment is of space '" + segment.firstHeader().space() + "', not '" + space.name() + "'");
        }
        Head known = devices.head(tx, from);
        Head before = new Head(segment.firstHeader().firstSeq() - 1, segment.firstHeader().previous());
        segment.verify(before, devices.key(tx, from).or(() -> introduction(segment))
                .orElseThrow(() -> new WireException("device " + from + " has not introduced itself")));
        if (from.equals(device())) {
            return ownId(tx, segment);
        }
        if (segment.firstHeader().firstSeq() == 1 && known.equals(Head.START)) {
            Parting parting = new Parting(this, tx, intake.facts(tx));
            Optional<Head> copied = parting.copied(segment);
            if (copied.isPresent()) {
                return part(tx, parting, copied.get(), segment);
            }
        }
        if (segment.head().seq() > known.seq()) {
            log.sign(tx, from, segment.head(), segment.signature());
        }
        SqlFacts facts = intake.facts(tx);
        Head at = known;
        for (Bundle bundle : segment.bundles()) {
            if (bundle.header().lastSeq() <= known.seq()) {
                requireSame(tx, from, bundle.head());
                continue;
            }
            if (bundle.header().firstSeq() != at.seq() + 1 || !bundle.header().previous().equals(at.chain())) {
                throw new WireException("the segment does not continue what is known of device " + from + " at " + at.seq());
            }
            requireHeads(tx, bundle);
            clock.receive(bundle.header().hlc(), nowMillis());
            intake.take(tx, facts, bundle);
            at = bundle.head();
        }
        return intake.settle(tx, facts);
    }

    /** Somebody sends what this device wrote, or what another one wrote under its id. */
    private Set<Id> ownId(Tx tx, Segment segment) {
        Parting parting = new Parting(this, tx, intake.facts(tx));
        Optional<Head> common = parting.common(segment);
        return common.isEmpty() ? Set.of() : part(tx, parting, common.get(), segment);
    }

    private Set<Id> part(Tx tx, Parting parting, Head common, Segment segment) {
        DeviceKey next = parting.part(common, identity, clock.tick(nowMillis()));
        Set<Id> shown = again(tx);
        key = next;
        shown.addAll(receive(tx, segment)); // and this id may not be its own either
        author = null; // who this device is by now is read from the database once that is on disk
        return shown;
    }

    private void requireHeads(Tx tx, Bundle bundle) {
        bundle.header().heads().forEach((device, head) -> {
            boolean isOwn = device.equals(device());
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
            throw new WireException("device " + device + " has two histories up to " + head.seq()
                    + ": it was cloned or restored from a backup, and must take a new id");
        }
    }

    /** The key in the segment's own first op, when the segment begins the chain. */
    private static Optional<Bytes32> introduction(Segment segment) {
        Bundle first = segment.bundles().getFirst();
        return first.header().firstSeq() == 1 && first.ops().getFirst() instanceof Op.DeviceEnrol(Bytes32 key, String name)
                ? Optional.of(key)
                : Optional.empty();
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
