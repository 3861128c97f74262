package dev.heph.store.history;

import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Race;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One thing about an entity that ops change and people see. */
sealed interface Aspect {
    Id entity();

    /** A register: a field, or the mark of a checkbox in the list of one occurrence. */
    record Register(Id entity, Field field) implements Aspect {}

    /** A text with the marks of its checkboxes. */
    record Body(Id entity, String field) implements Aspect {}

    record Linked(Op.Link link) implements Aspect {
        @Override
        public Id entity() {
            return link.src();
        }
    }

    record Deleted(Id entity) implements Aspect {}

    /** An entry of a log. */
    record Entry(Id entity, OpId op) implements Aspect {}

    /** What an entity is from the start; restoring cannot mean it. */
    Set<Field> GIVEN = Set.of(Field.KIND, Field.OCCURRENCE_OF, Field.OCCURRENCE_START);

    String SOURCE = Field.SOURCE_REV.facet();

    /** What an op may change. */
    static Stream<Aspect> of(Happened happened) {
        return switch (happened.op()) {
            case Op.NodeCreate create -> create.fields().keySet().stream().flatMap(field -> of(create.target(), field).stream());
            case Op.NodeSet set -> of(set.target(), set.field()).stream();
            case Op.TextChange change -> Stream.of(new Body(change.target(), change.field()));
            case Op.LinkAdd(Op.Link link) -> Stream.of(new Linked(link));
            case Op.LinkRemove remove -> Stream.of(new Linked(remove.link()));
            case Op.Tombstone(Id node) -> Stream.of(new Deleted(node));
            case Op.Restore restore -> Stream.of(new Deleted(restore.target()));
            case Op.LogAppend entry -> Stream.of(new Entry(entry.target(), happened.id()));
            case Op.DeviceEnrol enrol -> Stream.empty();
            case Op.DeviceAdmit admit -> Stream.empty();
            case Op.DeviceRevoke revoke -> Stream.empty();
            case Op.Unknown unknown -> Stream.empty();
        };
    }

    private static Optional<Aspect> of(Id entity, Field field) {
        if (GIVEN.contains(field) || field.facet().equals(Race.SETTLED)) {
            return Optional.empty();
        }
        boolean isOfText = Mark.character(field).isPresent() && Mark.occurrence(field).isEmpty();
        return Optional.of(isOfText ? new Body(entity, Mark.TEXT) : new Register(entity, field));
    }

    /** Whether people know of it; else it is kept for heph's own use. */
    default boolean isShown() {
        return switch (this) {
            case Register(Id entity, Field field) -> !field.facet().equals(SOURCE) && !field.facet().equals(Field.OCCURRENCE_OF.facet());
            case Linked(Op.Link link) -> !link.type().equals("canonical-context");
            default -> true;
        };
    }
}
