package dev.heph.store.replica;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an action did, for people: {@code done Pay rent}, {@code add 3 tasks}.
 *
 * @param about the nodes that have a title of their own, in the order of the ops
 */
public record Deed(String label, List<Id> about) {
    /** @param title that of a node, empty for what is shown with another one */
    public static Deed of(Undo.Step step, Function<Id, Optional<String>> title) {
        List<Undo.Done> main = step.action().stream().filter(done -> !isCompany(done.op())).toList();
        Set<Id> about = new LinkedHashSet<>();
        Optional<String> verb = Optional.empty();
        for (Undo.Done done : main.isEmpty() ? step.action() : main) {
            if (title.apply(done.op().target()).isPresent()) {
                about.add(done.op().target());
                verb = verb.or(() -> verb(done.op()));
            }
        }
        String what = about.size() == 1 ? title.apply(about.iterator().next()).orElseThrow() : about.size() + " " + (allTasks(main) ? "tasks" : "notes and tasks");
        return new Deed(verb.orElse("change") + " " + what, List.copyOf(about));
    }

    /** A project or a tag is made when something is put into it. */
    private static boolean isCompany(Op op) {
        return op instanceof Op.NodeCreate create
                && List.of(Value.text(Kind.PROJECT.word()), Value.text(Kind.TAG.word())).contains(create.fields().get(Field.KIND));
    }

    /** Whether there is nothing in it but tasks: what their fields are set to says so. */
    private static boolean allTasks(List<Undo.Done> ops) {
        return ops.stream().map(Undo.Done::op).allMatch(op -> op instanceof Op.NodeSet set && set.field().facet().equals(Field.STATE.facet()));
    }

    private static Optional<String> verb(Op op) {
        return switch (op) {
            case Op.NodeCreate create -> Optional.of("add");
            case Op.NodeSet set when set.field().equals(Field.STATE) ->
                    set.value().asText().flatMap(State::of).map(state -> switch (state) {
                        case OUTSTANDING -> "reopen";
                        case DONE -> "done";
                        case DROPPED -> "drop";
                    });
            case Op.NodeSet set when set.field().equals(Field.TITLE) -> Optional.of("rename");
            case Op.NodeSet set when set.field().equals(Field.ATTENTION) ->
                    set.value().asText().map(attention -> "make " + attention);
            case Op.NodeSet set when set.field().equals(Field.DO_DATE) || set.field().equals(Field.LATE_ON) ->
                    Optional.of(set.value() instanceof Value.None ? "take the date from" : "schedule");
            case Op.NodeSet set when set.field().equals(Field.PROJECT) || set.field().equals(Field.PARENT) -> Optional.of("move");
            case Op.NodeSet set when set.field().equals(Field.COMMITTED) -> Optional.of("promote");
            case Op.TextChange edit -> Optional.of("edit");
            case Op.LinkAdd(Op.Link link) -> Optional.of(switch (link.type()) {
                case "tagged" -> "tag";
                case "blocks" -> "block with";
                case "alias" -> "give a name to";
                default -> "link";
            });
            case Op.LinkRemove(Op.Link link, var seen) -> Optional.of(link.type().equals("tagged") ? "untag" : "unlink");
            case Op.Tombstone delete -> Optional.of("delete");
            case Op.Restore restore -> Optional.of("restore");
            default -> Optional.empty();
        };
    }
}
