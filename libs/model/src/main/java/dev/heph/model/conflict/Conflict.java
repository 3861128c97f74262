package dev.heph.model.conflict;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Race;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Something on which devices that were apart disagree. Its id follows from the ops that disagree: it is one conflict on every device, and another
 * one when a late arrival joins in.
 *
 * @param ops those that disagree, ascending
 */
public record Conflict(Id id, Kind kind, Id entity, Field field, List<OpId> ops) {
    /** What is disagreed about; its name in lower case is the word for it everywhere. */
    public enum Kind {
        /** A field has two values or more. */
        FIELD,
        /** The same words of a text were edited. */
        BODY,
        /** One deleted what another edited. */
        DELETE,
        /** Things were moved into each other. */
        CYCLE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the sides say of a node that one deleted and another edited. */
    public static final Value DELETED = Value.text("deleted");

    public static final Value EDITED = Value.text("edited");

    /** Whether a node is deleted is no register, but is spoken of like one. */
    private static final Field DELETION = new Field("node", "deleted");

    private static Conflict of(Kind kind, Id entity, Field field, Collection<OpId> disagreeing) {
        List<OpId> ops = List.copyOf(new TreeSet<>(disagreeing));
        ByteBuffer names = ByteBuffer.allocate(ops.size() * (Id.BYTES + Long.BYTES));
        ops.forEach(op -> names.put(op.device().bytes()).putLong(op.seq()));
        return new Conflict(DerivedId.conflict(entity, field.toString(), names.array()), kind, entity, field, ops);
    }

    /** The same one when its ops have other names. */
    public Conflict with(UnaryOperator<OpId> names) {
        return of(kind, entity, field, ops.stream().map(names).toList());
    }

    /** Whether a field whose races matter has tips of different values; first values count only among themselves. */
    public static Optional<Conflict> ofField(Id entity, Field field, Register register) {
        if (!Field.MEANINGFUL.contains(field) || !register.contested()) {
            return Optional.empty();
        }
        boolean onlyFirst = register.tips().stream().allMatch(Write::initial);
        return Optional.of(of(Kind.FIELD, entity, field,
                register.tips().stream().filter(tip -> onlyFirst || !tip.initial()).map(Write::op).toList()));
    }

    /** The open races of a text: edits that race with each other, directly or through a third, are one conflict. */
    public static List<Conflict> ofText(Id entity, String field, List<Race> races) {
        List<Set<OpId>> groups = new ArrayList<>();
        races.stream().filter(race -> !race.settled()).forEach(race -> {
            Set<OpId> joined = new TreeSet<>(List.of(race.one(), race.other()));
            List<Set<OpId>> touching = groups.stream().filter(group -> race.ops().anyMatch(group::contains)).toList();
            touching.forEach(joined::addAll);
            groups.removeAll(touching);
            groups.add(joined);
        });
        return groups.stream().map(group -> of(Kind.BODY, entity, new Field("text", field), group)).toList();
    }

    /** One race by itself. */
    public static Conflict ofRace(Id entity, String field, Race race) {
        return of(Kind.BODY, entity, new Field("text", field), race.ops().toList());
    }

    /** The register of a text's node that says that a race is settled. */
    public static Field settled(Id entity, String field, Race race) {
        return new Field(Race.SETTLED, ofRace(entity, field, race).id().toString());
    }

    /**
     * A deleted node that somebody edited who did not know of it, and nobody deleted who knew of the edit.
     *
     * @param edits the last edits of its texts and fields
     * @param saw whether the author of the first op had seen the second one
     */
    public static Optional<Conflict> ofDelete(Id entity, Collection<OpId> tombstones, Collection<OpId> edits, BiPredicate<OpId, OpId> saw) {
        List<OpId> unseen = edits.stream()
                .filter(edit -> tombstones.stream().noneMatch(tombstone -> saw.test(tombstone, edit) || saw.test(edit, tombstone)))
                .toList();
        if (tombstones.isEmpty() || unseen.isEmpty()) {
            return Optional.empty();
        }
        List<OpId> ops = new ArrayList<>(tombstones);
        ops.addAll(unseen);
        return Optional.of(of(Kind.DELETE, entity, DELETION, ops));
    }

    /** Nodes each of which is, in the end, in itself. @param moves the writes that put each into the next; the greatest is shown undone */
    public static Conflict ofCycle(Id detached, Collection<OpId> moves) {
        return of(Kind.CYCLE, detached, Field.PARENT, moves);
    }
}
