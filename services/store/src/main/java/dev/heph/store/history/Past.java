package dev.heph.store.history;

import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Edit;
import dev.heph.model.merge.Sparing;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A few entities as some of their ops have left them: the facts at an earlier time, as {@code Merge} has them, without what races. */
final class Past {
    private record Place(Id entity, String field) {}

    private final Map<Aspect.Register, Register> registers = new HashMap<>();
    private final Map<Place, Text> texts = new HashMap<>();
    private final Map<Place, Sparing> sparing = new HashMap<>();
    private final Map<Op.Link, Set<OpId>> tags = new HashMap<>();
    private final Map<Id, Set<OpId>> tombstones = new HashMap<>();
    private final Map<OpId, String> entries = new HashMap<>();
    /** As they were read last: what a text says after one op is what it says before the next. */
    private final Map<Place, Value> read = new HashMap<>();

    private final Function<OpId, Version> seen;

    /** @param seen all that the author of an op had seen before it */
    Past(Function<OpId, Version> seen) {
        this.seen = seen;
    }

    /** As long as nothing has happened. */
    Past beforeAll() {
        return new Past(seen);
    }

    /** Ops come in an order in which each follows those that its author had seen. */
    void apply(Happened happened) {
        OpId id = happened.id();
        switch (happened.op()) {
            case Op.NodeCreate(Id node, Map<Field, Value> fields) ->
                    fields.forEach((field, value) -> write(node, field, new Write(id, happened.at(), value, true), List.of()));
            case Op.NodeSet set -> {
                if (Mark.character(set.field()).isPresent()) {
                    read.remove(new Place(set.target(), Mark.TEXT));
                }
                write(set.target(), set.field(), new Write(id, happened.at(), set.value(), false), set.seen());
            }
            case Op.TextChange change -> {
                Place place = new Place(change.target(), change.field());
                read.remove(place);
                Text text = texts.computeIfAbsent(place, any -> new Text());
                text.apply(id, change.edit());
                sparing.computeIfAbsent(place, any -> new Sparing(seen)).applied(text, Edit.of(id, happened.action(), change));
            }
            case Op.LinkAdd(Op.Link link) -> tags.computeIfAbsent(link, any -> new HashSet<>()).add(id);
            case Op.LinkRemove remove -> tags.getOrDefault(remove.link(), new HashSet<>()).removeAll(remove.seen());
            case Op.Tombstone(Id node) -> tombstones.computeIfAbsent(node, any -> new HashSet<>()).add(id);
            case Op.Restore restore -> tombstones.getOrDefault(restore.target(), new HashSet<>()).removeAll(restore.seen());
            case Op.LogAppend entry -> entries.put(id, entry.text());
            case Op.DeviceEnrol enrol -> {}
            case Op.DeviceAdmit admit -> {}
            case Op.DeviceRevoke revoke -> {}
            case Op.Unknown unknown -> {}
        }
    }

    private void write(Id entity, Field field, Write write, List<OpId> seen) {
        registers.merge(new Aspect.Register(entity, field), new Register(List.of(write)), (before, alone) -> before.with(write, seen));
    }

    /** What an aspect shows. */
    Value look(Aspect aspect) {
        return switch (aspect) {
            case Aspect.Register register -> registers.getOrDefault(register, Register.EMPTY).value().orElse(Value.NONE);
            case Aspect.Body(Id entity, String field) -> read.computeIfAbsent(new Place(entity, field),
                    place -> Value.text(checklist(entity, field).shown()));
            case Aspect.Linked(Op.Link link) -> new Value.Bool(!tags.getOrDefault(link, Set.of()).isEmpty());
            case Aspect.Deleted(Id entity) -> new Value.Bool(!tombstones.getOrDefault(entity, Set.of()).isEmpty());
            case Aspect.Entry(Id entity, OpId op) -> entries.containsKey(op) ? Value.text(entries.get(op)) : Value.NONE;
        };
    }

    private Checklist checklist(Id entity, String field) {
        return new Checklist(texts.getOrDefault(new Place(entity, field), new Text()), character -> field.equals(Mark.TEXT)
                ? Mark.of(registers.getOrDefault(new Aspect.Register(entity, Mark.field(character)), Register.EMPTY).value())
                : Optional.empty());
    }

    /** The line that a character of a body stands on; empty when it is not shown. */
    String line(Id entity, CharId character) {
        Text text = texts.getOrDefault(new Place(entity, Mark.TEXT), new Text());
        if (character.clock() >= text.nextClock(character.client()) || !text.positionOf(character).visible()) {
            return "";
        }
        String shown = text.toString();
        int at = text.positionOf(character).position();
        int end = shown.indexOf('\n', at);
        return shown.substring(at == 0 ? 0 : shown.lastIndexOf('\n', at - 1) + 1, end < 0 ? shown.length() : end);
    }
}
