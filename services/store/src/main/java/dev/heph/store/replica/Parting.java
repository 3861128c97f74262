package dev.heph.store.replica;

import dev.heph.model.conflict.Conflict;
import dev.heph.model.fork.Fork;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Race;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Segment;
import dev.heph.model.op.WireException;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.TextHistory;
import dev.heph.store.log.Log;
import dev.heph.store.view.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two devices write under one id: one of them is a copy of the other, or was restored from a backup. The one that notices goes on under an id of
 * its own ("devices" in docs/design/merge.md).
 */
final class Parting {
    private static final int AT_A_TIME = 200;

    private final Replica replica;
    private final Tx tx;
    private final SqlFacts facts;
    private final DeviceId shared;

    Parting(Replica replica, Tx tx, SqlFacts facts) {
        this.replica = replica;
        this.tx = tx;
        this.facts = facts;
        this.shared = replica.device();
    }

    /**
     * Where bundles of this device's own id leave what this device has written; empty when they are nothing but that.
     *
     * @throws WireException when they begin after that place
     */
    Optional<Head> common(List<Bundle> bundles) {
        Head common = new Head(bundles.getFirst().header().firstSeq() - 1, bundles.getFirst().header().previous());
        if (!common.equals(Head.START) && !isHere(common)) {
            throw new WireException("another device writes under this device's id, and what it wrote begins before op " + (common.seq() + 1)
                    + ": send that too");
        }
        for (Bundle bundle : bundles) {
            if (!isHere(bundle.head())) {
                return Optional.of(common);
            }
            common = bundle.head();
        }
        return Optional.empty();
    }

    /**
     * Where this device's copy left what it has written, if what a bundle introduces is that copy: it wrote the same anew, so its id is the one that this
     * device would take.
     */
    Optional<Head> copied(Bundle introduction) {
        Head common = introduction.header().heads().getOrDefault(shared, Head.START);
        List<Bundle> since = replica.log().range(tx, shared, common.seq() + 1, 1);
        return Optional.of(common).filter(any -> !since.isEmpty() && after(since).device().equals(introduction.header().device()));
    }

    private boolean isHere(Head head) {
        return replica.log().chainAt(tx, shared, head.seq()).equals(Optional.of(head.chain()));
    }

    /**
     * Writes anew, under a new id, what was written after {@code common}, and puts it into the log in place of that. If that is nothing, the id is of
     * chance; else it follows from the old key and what was written.
     *
     * @return the key of the new id
     */
    DeviceKey part(Head common, Identity identity, Hlc now) {
        replica.log().seenBeyond(tx, shared, common.seq()).ifPresent(witness -> {
            throw new WireException("device " + shared + " has two histories, and device " + witness
                    + " has built on the one that is here: the other one must take a new id");
        });
        List<Bundle> since = replica.log().range(tx, shared, common.seq() + 1, Integer.MAX_VALUE);
        DeviceKey key = since.isEmpty() ? identity.keys().fresh() : after(since);
        identity.keys().keep(key);
        signFormer(common);
        List<Bundle> chain = anew(key, common, since, name(identity), now);
        replica.log().part(tx, shared, common);
        chain.forEach(bundle -> {
            if (since.isEmpty()) {
                replica.intake(tx, facts, bundle);
            } else {
                replica.log().append(tx, bundle); // and everything is made anew from the log afterwards
            }
        });
        Map<DeviceId, Head> named = new HashMap<>();
        chain.forEach(bundle -> named.putAll(bundle.header().heads()));
        replica.devices().named(tx, named); // what only an introduction named is named by none of them
        takenUp(key);
        return key;
    }

    /**
     * Takes an id of chance where nothing was ever written under the one before, as far as is known here. It introduces itself with its first change.
     *
     * @return the key of the new id
     */
    DeviceKey begin(Identity identity) {
        DeviceKey key = identity.keys().fresh();
        identity.keys().keep(key);
        takenUp(key);
        return key;
    }

    private void takenUp(DeviceKey key) {
        tx.run("INSERT INTO identities (space, device, before, since) VALUES (?, ?, ?, ?)",
                replica.space().num(), key.device().id(), shared.id(), replica.nowMillis());
    }

    /** Signs what stays under the old id, in pieces that can travel: from now on its key signs nothing any more. */
    private void signFormer(Head common) {
        int ops = 0;
        long bytes = 0;
        for (long next = 1; next <= common.seq();) {
            for (Bundle bundle : replica.log().range(tx, shared, next, AT_A_TIME)) {
                if (bundle.head().seq() <= common.seq()) {
                    ops += bundle.header().count();
                    bytes += bundle.header().payloadSize();
                    if (bundle.head().equals(common) || ops > Parcel.MAX_OPS / 2 || bytes > Parcel.MAX_BYTES / 2) {
                        replica.log().sign(tx, shared, bundle.head(), Segment.sign(List.of(bundle), replica.key()).signature());
                        ops = 0;
                        bytes = 0;
                    }
                }
                next = bundle.head().seq() + 1;
            }
        }
    }

    /** Who holds the same under the old id takes the same new one, and what both write anew is there once; where they differ after that they part again. */
    private DeviceKey after(List<Bundle> since) {
        return replica.key().after(since.getFirst().chain());
    }

    /** What this device is called: what somebody named it, else what its machine is called. */
    private String name(Identity identity) {
        String called = replica.devices().name(tx, shared).orElse(identity.name());
        return Optional.of(called).equals(introduced()) ? identity.name() : called;
    }

    /** What the old id was called in its first op. */
    private Optional<String> introduced() {
        return replica.log().op(tx, new OpId(shared, 1)).map(Log.Stamped::op)
                .flatMap(op -> op instanceof Op.DeviceEnrol enrol ? Optional.of(enrol.name()) : Optional.empty());
    }

    private List<Bundle> anew(DeviceKey key, Head common, List<Bundle> since, String name, Hlc now) {
        // A copy may have a name of its own: it says so after what it may share with others.
        String before = introduced().orElse(name);
        Op.DeviceEnrol enrol = new Op.DeviceEnrol(key.publicKey(), before);
        List<Bundle> chain = new ArrayList<>(new Fork(shared, key.device(), since, new Facts(common)).chain(enrol, seen(common), now));
        if (!name.equals(before)) {
            chain.addAll(new Author(replica.space().name(), key.device(), chain.getLast().head())
                    .write(now, Action.single(replica.mint()), Collections.emptySortedMap(), List.of(new Op.DeviceEnrol(key.publicKey(), name))));
        }
        return chain;
    }

    private SortedMap<DeviceId, Head> seen(Head common) {
        SortedMap<DeviceId, Head> seen = new TreeMap<>();
        if (!common.equals(Head.START)) {
            facts.past(new OpId(shared, common.seq())).seqs().forEach((device, seq) -> {
                if (!device.equals(shared)) {
                    seen.put(device, new Head(seq, replica.log().chainAt(tx, device, seq).orElseThrow()));
                }
            });
            seen.put(shared, common);
        }
        return seen;
    }

    /** What the ops refer to without saying so in their form. */
    private final class Facts implements Fork.Known {
        private final Head common;
        private final Map<Id, Map<Id, Conflict>> open = new HashMap<>();

        Facts(Head common) {
            this.common = common;
        }

        @Override
        public long last(Id entity, String text) {
            return new TextHistory(tx, replica.log()).last(entity, text, shared, common.seq());
        }

        @Override
        public Op.NodeSet renamed(Op.NodeSet set, Fork names) {
            Id node = set.target();
            if (set.field().equals(Field.SOURCE_REV)) {
                Optional<Value> value = set.value().asText().flatMap(Branch::parse)
                        .map(branch -> branch.with(names.renamed(node, Views.BODY, branch.trunk()), names::renamed))
                        .map(branch -> Value.text(branch.text()));
                return new Op.NodeSet(node, set.field(), value.orElse(set.value()), set.seen());
            } else if (set.field().facet().equals(Race.SETTLED)) {
                Optional<Conflict> settled = Id.parse(set.field().name()).map(open.computeIfAbsent(node, this::ofText)::get);
                return new Op.NodeSet(node, settled.map(conflict -> new Field(Race.SETTLED, conflict.with(names::renamed).id().toString()))
                        .orElse(set.field()), set.value(), set.seen());
            }
            return set;
        }

        private Map<Id, Conflict> ofText(Id node) {
            Map<Id, Conflict> conflicts = new HashMap<>();
            facts.races(node, Views.BODY).stream().map(race -> Conflict.ofRace(node, Views.BODY, race)).forEach(one -> conflicts.put(one.id(), one));
            return conflicts;
        }
    }
}
