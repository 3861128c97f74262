package dev.heph.store.command;

import dev.heph.model.checklist.Box;
import dev.heph.model.id.Id;
import dev.heph.model.node.State;
import dev.heph.model.recur.Outcome;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Change;
import java.util.Optional;

/** How tasks stand: of one that repeats, the occurrence at which it stands. */
public final class TaskStates {
    private final Change change;
    private final Recurring recurring;

    public TaskStates(Change change, Recurring recurring) {
        this.change = change;
        this.recurring = recurring;
    }

    /** @param task or an occurrence of one */
    public void set(Id task, State state) {
        Optional<Recurring.Meant> repeats = recurring.meant(task);
        if (repeats.isEmpty()) {
            TaskCommands.setState(change, task, state);
            return;
        }
        OccurrenceCommands occurrences = new OccurrenceCommands(change, recurring);
        switch (state) {
            case DONE -> occurrences.close(repeats.get(), Outcome.DONE);
            case DROPPED -> occurrences.close(repeats.get(), Outcome.DROPPED);
            case OUTSTANDING -> occurrences.reopen(repeats.get());
        }
    }

    /** The tasks that ticked checkboxes were promoted to are done too. */
    public void followTicks() {
        change.ticked().forEach((id, mark) -> {
            if (TaskCommands.isThere(change, id)) {
                set(id, Box.isDone(mark) ? State.DONE : State.OUTSTANDING);
            }
        });
    }
}
