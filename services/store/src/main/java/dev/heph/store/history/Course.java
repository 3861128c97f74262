package dev.heph.store.history;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.store.db.Tx;
import dev.heph.store.facts.SqlFacts;
import dev.heph.store.facts.Texts;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Brings the ops about some entities back from the log, in an order in which things can have happened. */
final class Course {
    /** An import's bundle holds a thousand ops, about as many nodes, which are asked for one after the other. */
    private static final int KEPT_BUNDLES = 8;

    private final Tx tx;
    private final Log log;
    private final SqlFacts facts;
    private final Map<OpId, Bundle> bundles = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<OpId, Bundle> eldest) {
            return size() > KEPT_BUNDLES;
        }
    };

    Course(Tx tx, Space space, Devices devices) {
        this.tx = tx;
        this.log = new Log(space, devices);
        this.facts = new SqlFacts(tx, space, devices, new Texts(space));
    }

    /** As long as nothing has happened. */
    Past past() {
        return new Past(facts::past);
    }

    /** Each op after those that its author had seen, else by their stamps: so a clock that goes wrong cannot turn round what happened. */
    List<Happened> of(Collection<Id> entities) {
        List<Log.About> arrived = new ArrayList<>();
        entities.forEach(entity -> arrived.addAll(log.about(tx, entity)));
        arrived.sort(Comparator.comparingLong(Log.About::arrival).thenComparing(about -> about.op().seq()));
        List<Happened> course = new ArrayList<>(arrived.size());
        for (Log.About about : arrived) {
            Bundle bundle = bundles.computeIfAbsent(new OpId(about.op().device(), about.bundle()),
                    first -> log.range(tx, first.device(), first.seq(), 1).getFirst());
            course.add(new Happened(about.op(), bundle.ops().get((int) (about.op().seq() - about.bundle())), about.bundle(),
                    bundle.header().hlc(), bundle.header().action().id()));
        }
        return inOrder(course, facts::past);
    }

    /** @param past all that the author of an op had seen before it */
    static List<Happened> inOrder(List<Happened> arrived, Function<OpId, Version> past) {
        if (arrived.stream().map(happened -> happened.id().device()).distinct().count() < 2) {
            return arrived; // one device's own order
        }
        Map<DeviceId, NavigableMap<Long, Hlc>> stamps = new HashMap<>();
        Map<OpId, Hlc> ofBundles = new HashMap<>();
        for (Happened happened : arrived) {
            Hlc stamp = ofBundles.computeIfAbsent(happened.first(), first -> latest(happened.at(), past.apply(first), stamps));
            stamps.computeIfAbsent(happened.id().device(), device -> new TreeMap<>()).put(happened.id().seq(), stamp);
        }
        // Stable: what has one stamp stays in the order of its arrival, which no op came before one that it had seen.
        return arrived.stream().sorted(Comparator.comparing(happened -> ofBundles.get(happened.first()))).toList();
    }

    private static Hlc latest(Hlc own, Version seen, Map<DeviceId, NavigableMap<Long, Hlc>> stamps) {
        Hlc latest = own;
        for (Map.Entry<DeviceId, Long> known : seen.seqs().entrySet()) {
            Map.Entry<Long, Hlc> last = stamps.containsKey(known.getKey()) ? stamps.get(known.getKey()).floorEntry(known.getValue()) : null;
            if (last != null && last.getValue().compareTo(latest) > 0) {
                latest = last.getValue();
            }
        }
        return latest;
    }
}
