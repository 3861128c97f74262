package dev.heph.store.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import dev.heph.store.replica.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What is to be written so that something is again as it was ("restore" in docs/design/history.md). */
public final class Restoration {
    private final DifferenceJson json;
    private final List<Difference> differences;
    private final List<Difference> left = new ArrayList<>();
    private final Past now;

    /** @param now what it is about as it is */
    Restoration(Tx tx, Space space, List<Difference> differences, Past now) {
        this.json = new DifferenceJson(tx, space);
        // What is deleted comes back first, so that what leads to it leads somewhere.
        this.differences = differences.stream()
                .sorted(Comparator.comparing(difference -> !(difference.aspect() instanceof Aspect.Deleted)))
                .toList();
        this.now = now;
    }

    /** How entities differ from what they were when only some of their ops had happened; entries of logs stay. */
    static List<Difference> between(List<Happened> course, Predicate<OpId> had, Past now) {
        Past then = now.beforeAll();
        Set<Aspect> aspects = new LinkedHashSet<>();
        for (Happened happened : course) {
            now.apply(happened);
            if (had.test(happened.id())) {
                then.apply(happened);
            } else {
                Aspect.of(happened).filter(aspect -> !(aspect instanceof Aspect.Entry)).forEach(aspects::add);
            }
        }
        return aspects.stream()
                .map(aspect -> new Difference(aspect, now.look(aspect), then.look(aspect)))
                .filter(difference -> !difference.before().equals(difference.after()))
                .toList();
    }

    public boolean isEmpty() {
        return differences.isEmpty();
    }

    List<Difference> differences() {
        return differences;
    }

    /** Writes what brings it back. What led to something that is deleted by now is left as it is. */
    public void carryOut(Change change) {
        for (Difference difference : differences) {
            if (end(difference).filter(change::isGone).isPresent()) {
                left.add(difference);
            } else {
                carryOut(change, difference);
            }
        }
    }

    private static void carryOut(Change change, Difference difference) {
        switch (difference.aspect()) {
            case Aspect.Register(Id entity, Field field) -> change.set(entity, field, difference.after());
            case Aspect.Body(Id entity, String field) ->
                    change.save(entity, field, difference.after().asText().orElseThrow(), Optional.empty());
            case Aspect.Linked(Op.Link link) -> {
                if (isTrue(difference.after())) {
                    change.link(link);
                } else {
                    change.unlink(link);
                }
            }
            case Aspect.Deleted(Id entity) -> {
                if (isTrue(difference.after())) {
                    change.tombstone(entity);
                } else {
                    change.restore(entity);
                }
            }
            case Aspect.Entry entry -> {}
        }
    }

    /** What it would lead to. */
    private static Optional<Id> end(Difference difference) {
        return difference.aspect() instanceof Aspect.Linked(Op.Link link)
                ? Optional.of(link.dst()).filter(end -> isTrue(difference.after()) && !end.equals(link.src()))
                : difference.after().asRef();
    }

    static boolean isTrue(Value value) {
        return value.asBool().orElse(false);
    }

    /** Tags and projects have their names to themselves. @throws dev.heph.error.HephException if another one has it by now */
    public void requireFreeNames(Change change) {
        for (Difference difference : differences) {
            Id entity = difference.aspect().entity();
            boolean comesBack = difference.aspect() instanceof Aspect.Deleted && !isTrue(difference.after());
            Optional<String> title = difference.aspect().equals(new Aspect.Register(entity, Field.TITLE)) ? difference.after().asText()
                    : comesBack ? change.value(entity, Field.TITLE).flatMap(Value::asText) : Optional.empty();
            title.ifPresent(name -> change.value(entity, Field.KIND).flatMap(Value::asText).flatMap(Kind::of)
                    .ifPresent(kind -> NodeCommands.requireFree(change, entity, kind, name)));
        }
    }

    /** What changes by it, or, once it was carried out, what did. */
    public ArrayNode changes() {
        return json.of(differences.stream().filter(difference -> !left.contains(difference)).toList(), now);
    }

    /** What was left as it is, since what it led to is deleted. */
    public ArrayNode left() {
        return json.of(left, now);
    }
}
