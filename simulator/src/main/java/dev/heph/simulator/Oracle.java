package dev.heph.simulator;

import dev.heph.model.conflict.Conflict;
import dev.heph.model.id.Id;
import dev.heph.model.merge.MemoryFacts;
import dev.heph.model.merge.Merge;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Write;
import dev.heph.store.facts.SqlFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be in a database that holds these bundles, twice: as the rules define it, from the set of ops and without any order, and for texts
 * as the merge comes to it in memory, the bundles in another order than any database took them in.
 */
final class Oracle {
    private record Place(Id entity, Field field) {}

    private record Body(Id entity, String field) {}

    private final Map<Place, Map<OpId, Write>> writes = new HashMap<>();
    private final Map<Op.Link, Set<OpId>> tags = new HashMap<>();
    private final Map<Id, Set<OpId>> tombstones = new HashMap<>();
    private final Map<Object, Set<OpId>> seen = new HashMap<>();
    private final Set<Body> texts = new HashSet<>();
    private final Set<Id> logs = new HashSet<>();
    private final MemoryFacts facts = new MemoryFacts();

    /** @param bundles each after those its author had seen */
    Oracle(List<Bundle> bundles) {
        for (Bundle bundle : bundles) {
            Merge.apply(facts, bundle);
            List<Op> ops = bundle.ops();
            for (int index = 0; index < ops.size(); index++) {
                add(bundle, bundle.opId(index), ops.get(index));
            }
        }
    }

    private void add(Bundle bundle, OpId id, Op op) {
        switch (op) {
            case Op.NodeCreate create -> create.fields().forEach((field, value) ->
                    write(new Place(create.target(), field), new Write(id, bundle.header().hlc(), value, true)));
            case Op.NodeSet set -> {
                Place place = new Place(set.target(), set.field());
                write(place, new Write(id, bundle.header().hlc(), set.value(), false));
                saw(place, set.seen());
            }
            case Op.LinkAdd add -> tags.computeIfAbsent(add.link(), link -> new TreeSet<>()).add(id);
            case Op.LinkRemove remove -> saw(remove.link(), remove.seen());
            case Op.Tombstone tombstone -> tombstones.computeIfAbsent(tombstone.target(), node -> new TreeSet<>()).add(id);
            case Op.Restore restore -> saw(restore.target(), restore.seen());
            case Op.TextChange change -> texts.add(new Body(change.target(), change.field()));
            case Op.LogAppend entry -> logs.add(entry.target());
            default -> { }
        }
    }

    private void write(Place place, Write write) {
        writes.computeIfAbsent(place, same -> new HashMap<>()).put(write.op(), write);
    }

    private void saw(Object what, List<OpId> ops) {
        seen.computeIfAbsent(what, same -> new HashSet<>()).addAll(ops);
    }

    private Set<OpId> unseen(Object what, Set<OpId> all) {
        Set<OpId> left = new TreeSet<>(all);
        left.removeAll(seen.getOrDefault(what, Set.of()));
        return left;
    }

    void check(Peer peer) {
        peer.look(there -> {
            writes.forEach((place, all) -> check(place, all, there));
            tags.forEach((link, all) -> same("the tags of " + link, unseen(link, all), new TreeSet<>(there.tags(link)), peer));
            tombstones.forEach((node, all) -> same("the tombstones of " + node, unseen(node, all), new TreeSet<>(there.tombstones(node)), peer));
            texts.forEach(body -> {
                same("the text of " + body, facts.text(body.entity(), body.field()).toString(), there.text(body.entity(), body.field()).toString(), peer);
                same("the version of " + body, facts.version(body.entity(), body.field()), there.version(body.entity(), body.field()), peer);
                same("the races of " + body, facts.races(body.entity(), body.field()), there.races(body.entity(), body.field()), peer);
            });
            logs.forEach(log -> same("the log of " + log, facts.entries(log), peer.entries(log), peer));
            same("the conflicts of fields", conflicts(), new TreeSet<>(peer.conflicts("field")), peer);
            return null;
        });
    }

    private void check(Place place, Map<OpId, Write> all, SqlFacts there) {
        Map<OpId, Write> tips = new HashMap<>(all);
        tips.keySet().removeAll(seen.getOrDefault(place, Set.of()));
        Broken.unless(new HashSet<>(there.register(place.entity(), place.field()).tips()).equals(new HashSet<>(tips.values())),
                "%s has the tips %s, and should have %s", place, there.register(place.entity(), place.field()).tips(), tips.values());
    }

    /** Of fields, and of nodes that are there. */
    private Set<Id> conflicts() {
        Set<Id> conflicts = new TreeSet<>();
        writes.forEach((place, all) -> {
            Map<OpId, Write> tips = new HashMap<>(all);
            tips.keySet().removeAll(seen.getOrDefault(place, Set.of()));
            if (unseen(place.entity(), tombstones.getOrDefault(place.entity(), Set.of())).isEmpty()) {
                Conflict.ofField(place.entity(), place.field(), new Register(List.copyOf(tips.values()))).map(Conflict::id).ifPresent(conflicts::add);
            }
        });
        return conflicts;
    }


    private static void same(String what, Object expected, Object found, Peer peer) {
        Broken.unless(expected.equals(found), "%s at %s is %s, and should be %s", what, peer.name(), found, expected);
    }
}
