package dev.heph.store.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Version;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import dev.heph.store.replica.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All there is as it was at a moment ("everything" in docs/design/history.md). */
public final class Everything {
    private static final int NAMED = 10;

    private final Tx tx;
    private final Space space;
    private final Devices devices;
    private final Restoration restoration;

    public Everything(Tx tx, Space space, long epochMillis) {
        this.tx = tx;
        this.space = space;
        this.devices = new Devices(space);
        Course course = new Course(tx, space, devices);
        this.restoration = new Restoration(tx, space, differences(course, Cut.at(tx, space, devices, epochMillis)), course.past());
    }

    public void carryOut(Change change) {
        restoration.carryOut(change);
    }

    /** Once it was carried out: what changed, without what was left since it leads to something deleted. */
    public ArrayNode changes() {
        return restoration.changes();
    }

    private List<Difference> differences(Course course, Version cut) {
        Log log = new Log(space, devices);
        List<Difference> differences = new ArrayList<>();
        for (Id entity : changedSince(cut)) {
            boolean existed = log.about(tx, entity).stream().anyMatch(about -> cut.includes(about.op()));
            if (existed || isOccurrence(entity)) {
                differences.addAll(Restoration.between(course.of(List.of(entity)), cut::includes, course.past()));
            } else if (isThere(entity)) {
                differences.add(new Difference(new Aspect.Deleted(entity), new Value.Bool(false), new Value.Bool(true)));
            }
        }
        return differences;
    }

    /** In the order in which that began, so that the bundles of an import are read once. */
    private Set<Id> changedSince(Version cut) {
        Set<Id> changed = new LinkedHashSet<>();
        for (int device : tx.all("SELECT num FROM devices WHERE space = ?", row -> row.getInt(1), space.num())) {
            DeviceId id = devices.id(tx, device);
            tx.each("SELECT target FROM ops WHERE space = ? AND device = ? AND seq > ? AND applied = 1 ORDER BY seq",
                    row -> changed.add(Id.of(row.getBytes(1))), space.num(), device, cut.seqs().getOrDefault(id, 0L));
        }
        return changed;
    }

    private boolean isThere(Id entity) {
        return tx.first("SELECT 1 FROM nodes WHERE space = ? AND id = ? AND kind IS NOT NULL AND tombstoned = 0", row -> true,
                space.num(), entity).isPresent();
    }

    private boolean isOccurrence(Id entity) {
        return tx.first("SELECT 1 FROM occurrences WHERE space = ? AND id = ?", row -> true, space.num(), entity).isPresent();
    }

    /** {@code {deleted, restored, changed}}: of each how many, and the first of them. */
    public ObjectNode json() {
        Map<Id, String> fates = new LinkedHashMap<>();
        for (Difference difference : restoration.differences()) {
            boolean isWhole = difference.aspect() instanceof Aspect.Deleted;
            String fate = !isWhole ? "changed" : Restoration.isTrue(difference.after()) ? "deleted" : "restored";
            fates.merge(subject(difference.aspect().entity()), fate, (before, now) -> before.equals("changed") ? now : before);
        }
        DifferenceJson titles = new DifferenceJson(tx, space);
        ObjectNode json = Json.object();
        for (String fate : List.of("deleted", "restored", "changed")) {
            List<Id> ids = fates.entrySet().stream().filter(one -> one.getValue().equals(fate)).map(Map.Entry::getKey).toList();
            ArrayNode first = json.putObject(fate).put("count", ids.size()).putArray("first");
            ids.stream().limit(NAMED).forEach(id -> first.addObject().put("id", id.toString()).put("title", titles.title(id)));
        }
        return json;
    }

    /** A context document is spoken of as its task, and so is an occurrence. */
    private Id subject(Id entity) {
        return tx.first("SELECT task FROM occurrences WHERE space = ? AND id = ?", row -> Id.of(row.getBytes(1)), space.num(), entity)
                .or(() -> tx.first("SELECT src FROM link_tags WHERE space = ? AND dst = ? AND type = 'canonical-context'",
                        row -> Id.of(row.getBytes(1)), space.num(), entity))
                .orElse(entity);
    }
}
