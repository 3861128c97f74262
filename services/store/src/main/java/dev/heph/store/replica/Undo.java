package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.store.db.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** An op of the log. */
    public record Done(OpId id, Op op) {}

    /** The last action that is in effect and can be taken back. */
    public Optional<Step> undo() {
        return fates().stream().filter(Fate::inEffect).map(this::step).filter(Undo::canBeTakenBack).findFirst();
    }

    /** The last action that was taken back, unless something else was done since. */
    public Optional<Step> redo() {
        List<Id> actions = actions();
        List<Fate> fates = fates();
        Comparator<Fate> newest = Comparator.comparingInt(fate -> actions.indexOf(fate.last()));
        return fates.stream().filter(fate -> !fate.inEffect()).min(newest)
                .filter(undone -> fates.stream().noneMatch(fate -> fate.last().equals(fate.action())
                        && actions.indexOf(fate.action()) < actions.indexOf(undone.last())))
                .map(this::step);
    }

    /** Adds to {@code change}, whose action is {@link Step#by}, what takes the step back. */
    public void run(Step step, Change change) {
        Set<Id> created = new HashSet<>();
        Set<Id> together = new HashSet<>();
        for (Done done : step.ops()) {
            together.add(done.op().target());
            if (done.op() instanceof Op.NodeCreate) {
                created.add(done.op().target());
            }
        }
        for (Done done : step.ops().reversed()) {
            if (done.op() instanceof Op.NodeCreate || !created.contains(done.op().target())) {
                change.takeBack(done.id(), done.op(), together);
            }
        }
        if (change.isEmpty()) {
            throw new HephException(Reason.CONFLICT, "all of that was changed since, so there is nothing left to take back");
        }
    }

    private Step step(Fate fate) {
        return new Step(DerivedId.undo(fate.last()), ops(fate.action()), ops(fate.last()));
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

    /** A log only grows, and a device stays introduced. */
    private static boolean canBeTakenBack(Step step) {
        return step.ops().stream().anyMatch(done ->
                !(done.op() instanceof Op.LogAppend || done.op() instanceof Op.DeviceEnrol || done.op() instanceof Op.DeviceRevoke));
    }

    /** This device's actions, the last first, those that took others back among them. */
    private List<Id> actions() {
        return replica.log().actions(tx, replica.device(), REACH);
    }

    /** This device's actions, the last first, but those that took others back. */
    private List<Fate> fates() {
        List<Id> actions = actions();
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
