package dev.heph.store.replica;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.store.db.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes back what this device did last, and does it again ("undo" in docs/design/undo.md). What was undone is read from the log:
 * the action that undoes another has an id derived from its, and undoing that one is to redo.
 */
public final class Undo {
    /** How far back it reaches, in bundles. */
    private static final int REACH = 2_000;

    private final Replica replica;
    private final Tx tx;

    public Undo(Replica replica, Tx tx) {
        this.replica = replica;
        this.tx = tx;
    }

    /** An action and what has become of it. @param last the last of the actions that took it back and did it again, or itself */
    private record Fate(Id action, Id last, boolean inEffect) {}

    /**
     * What one step takes back or does again.
     *
     * @param by the action that does
     * @param action the ops of the action itself
     * @param ops the ops to take back: its own, or those of what took it back, in the order in which they were done
     */
    public record Step(Id by, List<Done> action, List<Done> ops) {}

    /** All that a step takes back: the ops, and what they are about. */
    record Whole(Set<OpId> ops, Set<Id> targets) {
        static Whole of(Step step) {
            return new Whole(step.ops().stream().map(Done::id).collect(Collectors.toSet()),
                    step.ops().stream().map(done -> done.op().target()).collect(Collectors.toSet()));
        }
    }

    /** An op of the log. */
    public record Done(OpId id, Op op) {}

    /**
     * A step that has something to take back, and the change that does.
     *
     * @param kept what somebody changed since, and which stays
     */
    public record Taken(Step step, Change change, List<Kept> kept) {}

    /**
     * Takes back the last action that is in effect.
     *
     * @param over whether one of which nothing can be taken back is passed over; else the change may be empty
     */
    public Optional<Taken> undo(boolean over) {
        return fates(actions()).stream().filter(Fate::inEffect).map(this::step)
                .filter(step -> !isOfDevices(step.action()))
                .map(this::takeBack)
                .filter(taken -> !over || !taken.change().isEmpty())
                .findFirst();
    }

    /** Takes back what took an action back last, unless something else was done since. */
    public Optional<Taken> redo() {
        List<Id> actions = actions();
        List<Fate> fates = fates(actions);
        Map<Id, Integer> ages = new HashMap<>();
        actions.forEach(action -> ages.put(action, ages.size()));
        return take(fates.stream().filter(fate -> !fate.inEffect()).min(Comparator.comparing(fate -> ages.get(fate.last())))
                .filter(undone -> fates.stream().noneMatch(fate -> ages.get(fate.action()) < ages.get(undone.last()) && !isOfDevices(ops(fate.action()))))
                .stream());
    }

    /** What is said of devices is not what a person did last, nor is it taken back. */
    private static boolean isOfDevices(List<Done> action) {
        return action.stream().allMatch(done -> done.op().isOfDevices());
    }

    private Optional<Taken> take(Stream<Fate> fates) {
        return fates.map(this::step)
                .map(this::takeBack)
                .filter(taken -> !taken.change().isEmpty())
                .findFirst();
    }

    private Taken takeBack(Step step) {
        Change change = replica.change(tx, step.by(), true);
        Set<Id> created = new HashSet<>();
        Whole whole = Whole.of(step);
        Set<Kept> kept = new LinkedHashSet<>();
        for (Done done : step.ops()) {
            if (done.op() instanceof Op.NodeCreate(var node, var fields) && !fields.containsKey(Field.OCCURRENCE_OF)) {
                created.add(done.op().target());
            }
        }
        for (Done done : step.ops().reversed()) {
            if (done.op() instanceof Op.NodeCreate || !created.contains(done.op().target())) {
                change.takeBack(done, whole, kept);
            }
        }
        return new Taken(step, change, List.copyOf(kept));
    }

    private Step step(Fate fate) {
        List<Done> own = ops(fate.action());
        return new Step(DerivedId.undo(fate.last()), own, fate.last().equals(fate.action()) ? own : ops(fate.last()));
    }

    private List<Done> ops(Id action) {
        List<Done> ops = new ArrayList<>();
        for (Bundle bundle : replica.log().ofAction(tx, action)) {
            List<Op> written = bundle.ops();
            for (int index = 0; index < written.size(); index++) {
                ops.add(new Done(bundle.opId(index), written.get(index)));
            }
        }
        return ops;
    }

    /** This device's actions, the last first, those that took others back among them. */
    private List<Id> actions() {
        return replica.log().actions(tx, replica.device(tx), REACH);
    }

    /** What has become of the actions, but those that took others back; the last first. */
    private static List<Fate> fates(List<Id> actions) {
        Set<Id> here = new HashSet<>(actions);
        Map<Id, Id> takenBackBy = new HashMap<>();
        Set<Id> takesBack = new HashSet<>();
        for (Id action : actions) {
            Id by = DerivedId.undo(action);
            if (here.contains(by)) {
                takenBackBy.put(action, by);
                takesBack.add(by);
            }
        }
        Map<Id, Fate> fates = new LinkedHashMap<>();
        for (Id action : actions) {
            if (!takesBack.contains(action)) {
                Id last = action;
                boolean inEffect = true;
                while (takenBackBy.containsKey(last)) {
                    last = takenBackBy.get(last);
                    inEffect = !inEffect;
                }
                fates.put(action, new Fate(action, last, inEffect));
            }
        }
        return List.copyOf(fates.values());
    }
}
