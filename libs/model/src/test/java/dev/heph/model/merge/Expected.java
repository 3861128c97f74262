package dev.heph.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Write;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts as the rules define them, from a set of bundles and without any order: what is left when everything that some op
 * has seen is taken away. Merge comes to the same step by step.
 */
final class Expected {
    private record Place(Id node, Field field) {}

    private final Map<Place, Map<OpId, Write>> writes = new HashMap<>();
    private final Map<Op.Link, Set<OpId>> tags = new HashMap<>();
    private final Map<Id, Set<OpId>> tombstones = new HashMap<>();
    private final Map<Object, Set<OpId>> seen = new HashMap<>();

    static Expected of(List<Bundle> bundles) {
        Expected expected = new Expected();
        Map<DeviceId, Long> ends = new HashMap<>();
        for (Bundle bundle : bundles) {
            bundle.ops().stream().filter(Op.DeviceRevoke.class::isInstance).map(Op.DeviceRevoke.class::cast)
                    .filter(revoked -> !revoked.device().equals(bundle.header().device()))
                    .forEach(revoked -> ends.merge(revoked.device(), Math.max(revoked.last().seq(), seen(bundles, bundle, revoked.device())), Math::min));
        }
        for (Bundle bundle : bundles) {
            if (bundle.header().firstSeq() > ends.getOrDefault(bundle.header().device(), Long.MAX_VALUE)) {
                continue;
            }
            for (int index = 0; index < bundle.ops().size(); index++) {
                expected.add(bundle, bundle.opId(index), bundle.ops().get(index));
            }
        }
        return expected;
    }

    /** How far the author of a bundle had come with a device, by the heads of its bundles until then. */
    private static long seen(List<Bundle> bundles, Bundle by, DeviceId device) {
        return bundles.stream().map(Bundle::header)
                .filter(header -> header.device().equals(by.header().device()) && header.firstSeq() <= by.header().firstSeq())
                .filter(header -> header.heads().containsKey(device))
                .mapToLong(header -> header.heads().get(device).seq()).max().orElse(0);
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
            case Op.LinkAdd add -> tags.computeIfAbsent(add.link(), link -> new HashSet<>()).add(id);
            case Op.LinkRemove remove -> saw(remove.link(), remove.seen());
            case Op.Tombstone tombstone -> tombstones.computeIfAbsent(tombstone.target(), node -> new HashSet<>()).add(id);
            case Op.Restore restore -> saw(restore.target(), restore.seen());
            default -> { }
        }
    }

    private void write(Place place, Write write) {
        writes.computeIfAbsent(place, same -> new HashMap<>()).put(write.op(), write);
    }

    private void saw(Object what, Collection<OpId> ops) {
        seen.computeIfAbsent(what, same -> new HashSet<>()).addAll(ops);
    }

    void check(MemoryFacts facts) {
        writes.forEach((place, all) -> {
            Map<OpId, Write> tips = new HashMap<>(all);
            tips.keySet().removeAll(seen.getOrDefault(place, Set.of()));
            assertThat(facts.register(place.node(), place.field()).tips())
                    .as("tips of %s", place)
                    .containsExactlyInAnyOrderElementsOf(tips.values())
                    .isSorted();
        });
        tags.forEach((link, all) -> assertThat(facts.tags(link)).as("tags of %s", link).isEqualTo(unseen(link, all)));
        tombstones.forEach((node, all) ->
                assertThat(facts.tombstones(node)).as("tombstones of %s", node).isEqualTo(unseen(node, all)));
    }

    private Set<OpId> unseen(Object what, Set<OpId> all) {
        Set<OpId> left = new HashSet<>(all);
        left.removeAll(seen.getOrDefault(what, Set.of()));
        return left;
    }
}
