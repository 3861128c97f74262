package dev.heph.model.merge;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextEdit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Facts in memory: the plainest implementation, which the others are measured against. */
public final class MemoryFacts implements Facts {
    /** One register or text of one entity. */
    private record Place(Id entity, Field field) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byEntity = entity.compareTo(other.entity);
            return byEntity != 0 ? byEntity : field.compareTo(other.field);
        }
    }

    /** An entry of a log, in the order in which a log is shown. */
    private record Entry(Hlc hlc, OpId op, String text) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byHlc = hlc.compareTo(other.hlc);
            return byHlc != 0 ? byHlc : op.compareTo(other.op);
        }
    }

    private record Enrolment(Bytes32 key, String name) {}

    private record Stamps(Hlc created, Hlc modified) {}

    private final SortedMap<Place, Register> registers = new TreeMap<>();
    private final Map<Op.Link, Set<OpId>> tags = new HashMap<>();
    private final SortedMap<Id, Set<OpId>> tombstones = new TreeMap<>();
    private final SortedMap<Place, Text> texts = new TreeMap<>();
    private final SortedMap<Place, Version> versions = new TreeMap<>();
    private final SortedMap<Place, Map<OpId, Edit>> edits = new TreeMap<>();
    private final SortedMap<Place, SortedMap<Race, Boolean>> races = new TreeMap<>();
    private final Map<DeviceId, NavigableMap<Long, Version>> seen = new HashMap<>();
    private final SortedMap<Id, Set<Entry>> entries = new TreeMap<>();
    private final SortedMap<DeviceId, Enrolment> devices = new TreeMap<>();
    private final SortedMap<DeviceId, Head> revocations = new TreeMap<>();
    private final SortedMap<Id, Stamps> stamps = new TreeMap<>();

    @Override
    public Register register(Id entity, Field field) {
        return registers.getOrDefault(new Place(entity, field), Register.EMPTY);
    }

    @Override
    public void register(Id entity, Field field, Register register) {
        registers.put(new Place(entity, field), register);
    }

    @Override
    public void addTag(Op.Link link, OpId tag) {
        tags.computeIfAbsent(link, key -> new TreeSet<>()).add(tag);
    }

    @Override
    public void removeTags(Op.Link link, Collection<OpId> removed) {
        remove(tags, link, removed);
    }

    /** The tags of a link: what removing it has seen. */
    public Set<OpId> tags(Op.Link link) {
        return Set.copyOf(tags.getOrDefault(link, Set.of()));
    }

    @Override
    public void addTombstone(Id entity, OpId tombstone) {
        tombstones.computeIfAbsent(entity, key -> new TreeSet<>()).add(tombstone);
    }

    @Override
    public void removeTombstones(Id entity, Collection<OpId> removed) {
        remove(tombstones, entity, removed);
    }

    /** The tombstones on an entity: what restoring it has seen. */
    public Set<OpId> tombstones(Id entity) {
        return Set.copyOf(tombstones.getOrDefault(entity, Set.of()));
    }

    private static <K> void remove(Map<K, Set<OpId>> sets, K key, Collection<OpId> removed) {
        sets.computeIfPresent(key, (same, ops) -> ops.removeAll(removed) && ops.isEmpty() ? null : ops);
    }

    @Override
    public Text text(Id entity, String field) {
        Text known = texts.get(textPlace(entity, field));
        return known == null ? new Text() : known;
    }

    @Override
    public Version version(Id entity, String field) {
        return versions.getOrDefault(textPlace(entity, field), Version.EMPTY);
    }

    @Override
    public void text(Id entity, String field, Text text, Version version) {
        texts.put(textPlace(entity, field), text);
        versions.put(textPlace(entity, field), version);
    }

    @Override
    public void saw(DeviceId author, long firstSeq, Map<DeviceId, Head> heads) {
        NavigableMap<Long, Version> own = seen.computeIfAbsent(author, device -> new TreeMap<>());
        Version before = own.isEmpty() ? Version.EMPTY : own.lastEntry().getValue();
        Version now = before;
        for (Map.Entry<DeviceId, Head> head : heads.entrySet()) {
            now = now.with(new OpId(head.getKey(), head.getValue().seq()));
        }
        own.put(firstSeq, now);
    }

    @Override
    public Version past(OpId op) {
        Version others = seen.get(op.device()).floorEntry(op.seq()).getValue();
        return op.seq() == 1 ? others : others.with(new OpId(op.device(), op.seq() - 1));
    }

    @Override
    public void addEdit(Id entity, String field, Edit edit) {
        edits.computeIfAbsent(textPlace(entity, field), place -> new LinkedHashMap<>()).put(edit.op(), edit);
    }

    @Override
    public List<Edit> editsBeyond(Id entity, String field, Version past) {
        return edits.getOrDefault(textPlace(entity, field), Map.of()).values().stream().filter(edit -> !past.includes(edit.op())).toList();
    }

    @Override
    public TextEdit edit(Id entity, String field, OpId op) {
        return edits.get(textPlace(entity, field)).get(op).edit();
    }

    @Override
    public void race(Id entity, String field, Race race) {
        races.computeIfAbsent(textPlace(entity, field), place -> new TreeMap<>()).merge(race, race.settled(), Boolean::logicalOr);
    }

    @Override
    public List<Race> races(Id entity, String field) {
        return races.getOrDefault(textPlace(entity, field), Collections.emptySortedMap()).entrySet().stream()
                .map(race -> new Race(race.getKey().one(), race.getKey().other(), race.getValue()))
                .toList();
    }

    private static Place textPlace(Id entity, String field) {
        return new Place(entity, new Field("text", field));
    }

    @Override
    public void addEntry(Id entity, OpId op, Hlc hlc, String text) {
        entries.computeIfAbsent(entity, key -> new TreeSet<>()).add(new Entry(hlc, op, text));
    }

    /** The entries of a log as they are shown. */
    public List<String> entries(Id entity) {
        return entries.getOrDefault(entity, Set.of()).stream().map(Entry::text).toList();
    }

    @Override
    public void enrol(DeviceId device, Bytes32 key, String name) {
        devices.put(device, new Enrolment(key, name));
    }

    @Override
    public void revoke(DeviceId device, Head last) {
        revocations.merge(device, last, (known, now) -> now.compareTo(known) < 0 ? now : known);
    }

    @Override
    public Optional<Head> ended(DeviceId device) {
        return Optional.ofNullable(revocations.get(device));
    }

    @Override
    public void touch(Id entity, OpId op, Hlc hlc) {
        stamps.merge(entity, new Stamps(hlc, hlc), (known, now) -> new Stamps(
                now.created().compareTo(known.created()) < 0 ? now.created() : known.created(),
                now.modified().compareTo(known.modified()) > 0 ? now.modified() : known.modified()));
    }

    /** Every fact as text: equal for equal facts, for comparing replicas. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        registers.forEach((place, register) -> all.append(place).append(register).append('\n'));
        byName(tags).forEach((link, ops) -> all.append(link).append(ops).append('\n'));
        tombstones.forEach((entity, ops) -> all.append(entity).append(ops).append('\n'));
        texts.forEach((place, text) -> all.append(place).append(versions.get(place)).append(text).append('\n'));
        races.forEach((place, found) -> all.append(place).append(races(place.entity(), place.field().name())).append('\n'));
        entries.forEach((entity, log) -> all.append(entity).append(log).append('\n'));
        devices.forEach((device, enrolment) -> all.append(device).append(enrolment).append('\n'));
        revocations.forEach((device, last) -> all.append(device).append(last).append('\n'));
        stamps.forEach((entity, stamp) -> all.append(entity).append(stamp).append('\n'));
        return all.toString();
    }

    private static SortedMap<String, Set<OpId>> byName(Map<Op.Link, Set<OpId>> tags) {
        SortedMap<String, Set<OpId>> named = new TreeMap<>();
        tags.forEach((link, ops) -> named.put(link.toString(), ops));
        return named;
    }
}
