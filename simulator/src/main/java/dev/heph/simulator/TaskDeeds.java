package dev.heph.simulator;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import dev.heph.model.op.Op;
import dev.heph.model.recur.Outcome;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.OccurrenceCommands;
import dev.heph.store.command.ProjectCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.command.TaskStates;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What people do with tasks, checkboxes and projects. */
final class TaskDeeds {
    private static final List<String> PROJECTS = List.of("house", "garden", "attic", "house/attic");

    void addTo(Map<Act, Deed> deeds) {
        deeds.put(Act.TASK, this::task);
        deeds.put(Act.ITEM, this::item);
        deeds.put(Act.TICK, this::tick);
        deeds.put(Act.PROMOTE, this::promote);
        deeds.put(Act.STATE, this::state);
        deeds.put(Act.ATTENTION, this::attention);
        deeds.put(Act.SCHEDULE, this::schedule);
        deeds.put(Act.PUT_INTO_PROJECT, this::putIntoProject);
        deeds.put(Act.TAG, work -> tag(work, "tags %s %s", TaskCommands::tag));
        deeds.put(Act.UNTAG, work -> tag(work, "untags %s %s", TaskCommands::untag));
        deeds.put(Act.BLOCK, this::block);
        deeds.put(Act.LOG, this::log);
        deeds.put(Act.REPEAT, this::repeat);
        deeds.put(Act.CLOSE, this::close);
        deeds.put(Act.REOPEN, this::reopen);
        deeds.put(Act.PUT_OFF, this::putOff);
        deeds.put(Act.OCCURRENCE, this::occurrence);
        deeds.put(Act.PROJECT, this::project);
        deeds.put(Act.MOVE_PROJECT, this::moveProject);
    }

    private void task(Work work) {
        Dice dice = work.dice();
        TaskCommands.NewTask task = new TaskCommands.NewTask("Task " + work.step().number(), maybe(dice, dice.of(List.of(Attention.values()))),
                maybe(dice, day(dice)), maybe(dice, day(dice)), maybe(dice, dice.of(PROJECTS)), dice.oneIn(3) ? List.of(dice.of(Editing.TAGS)) : List.of(), true);
        Optional<OccurrenceCommands.Repeating> how = dice.oneIn(2) ? Optional.of(repeating(dice)) : Optional.empty();
        work.say("adds %s%s%s%s%s", task.title(), told(", to be done ", task.doDate()), told(", late ", task.lateOn()), told(", in ", task.project()),
                told(", ", how.map(TaskDeeds::told)));
        Change change = work.change();
        TaskCommands.create(change, task, how.map(it -> new OccurrenceCommands(change, work.peer().recurring()).first(it, task)).orElse(Map.of()));
        work.commit(change);
    }

    private static String told(String before, Optional<String> what) {
        return what.map(it -> before + it).orElse("");
    }

    private static String told(OccurrenceCommands.Repeating how) {
        return how.rule() + (how.afterDone() ? " after it is done" : "") + told(" from ", how.start()) + told(", missed: ", how.missed());
    }

    private static <T> Optional<T> maybe(Dice dice, T value) {
        return dice.oneIn(3) ? Optional.of(value) : Optional.empty();
    }

    private static String day(Dice dice) {
        return "2026-11-" + (20 + dice.upTo(6)) + (dice.oneIn(3) ? "T0" + (5 + dice.upTo(5)) + ":00" : "");
    }

    private static OccurrenceCommands.Repeating repeating(Dice dice) {
        return new OccurrenceCommands.Repeating(dice.of(List.of("FREQ=DAILY", "FREQ=DAILY;COUNT=3", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=DAILY;INTERVAL=2")),
                dice.oneIn(4), maybe(dice, day(dice)), dice.of(List.of(Optional.empty(), Optional.of("latest"), Optional.of("all"), Optional.of("keep"))));
    }

    private void item(Work work) {
        work.pick("doc", "journal", "task").ifPresent(container -> {
            work.say("puts an item into %s", work.title(container));
            Change change = work.change();
            TaskCommands.addItem(change, container, "Item " + work.step().number());
            work.commit(change);
        });
    }

    private record BoxOf(Id id, Id entity, String mark, String text) {}

    private static Optional<BoxOf> box(Work work) {
        return work.dice().pick(work.tx().all("SELECT b.id, b.entity, b.mark, b.text FROM boxes b JOIN nodes n ON n.space = b.space AND n.id = b.entity"
                + " AND n.tombstoned = 0 WHERE b.space = 1", row -> new BoxOf(Id.of(row.getBytes(1)), Id.of(row.getBytes(2)), row.getString(3), row.getString(4))),
                box -> box.id().low());
    }

    private void tick(Work work) {
        box(work).ifPresent(box -> {
            State state = work.dice().oneIn(3) ? State.OUTSTANDING : State.DONE;
            work.say("the box '%s' of %s is %s", box.text(), work.title(box.entity()), state.word());
            work.tickingIn(work.peer().lists().occurrenceOf(box.entity()));
            work.closingAny();
            setState(work, box.id(), state);
        });
    }

    private void promote(Work work) {
        Dice dice = work.dice();
        Optional<Id> box = box(work).map(BoxOf::id);
        Optional<Id> item = dice.pick(work.tx().all("SELECT id FROM tasks WHERE space = 1 AND committed = 0", row -> Id.of(row.getBytes(1))), Id::low);
        (dice.oneIn(3) ? item.or(() -> box) : box.or(() -> item)).ifPresent(id -> {
            work.say("promotes %s", id);
            Change change = work.change();
            TaskCommands.promote(change, id, maybe(dice, Attention.RED), maybe(dice, dice.of(PROJECTS)));
            work.commit(change);
        });
    }

    private void state(Work work) {
        work.pick("task").ifPresent(task -> {
            State state = work.dice().of(List.of(State.values()));
            work.say("%s is %s", work.title(task), state.word());
            closing(work, task);
            setState(work, task, state);
        });
    }

    private static void closing(Work work, Id task) {
        work.due(task).ifPresent(work::closing);
        work.tickingBoxOf(task);
    }

    private static void setState(Work work, Id id, State state) {
        Change change = work.change();
        new TaskStates(change, work.peer().recurring()).set(id, state);
        new TaskStates(change, work.peer().recurring()).followTicks();
        work.commit(change);
    }

    private void each(Work work, String what, BiConsumer<Change, Id> deed) {
        work.pick("task").ifPresent(task -> {
            work.say(what, work.title(task));
            Change change = work.change();
            deed.accept(change, task);
            work.commit(change);
        });
    }

    private void attention(Work work) {
        Attention attention = work.dice().of(List.of(Attention.values()));
        each(work, "%s is " + attention.word(), (change, task) -> TaskCommands.setAttention(change, task, attention));
    }

    private static Optional<String> date(Dice dice) {
        return dice.oneIn(3) ? Optional.empty() : Optional.of(dice.oneIn(4) ? TaskCommands.NO_DATE : day(dice));
    }

    private void schedule(Work work) {
        Optional<String> doDate = date(work.dice());
        Optional<String> lateOn = date(work.dice());
        each(work, "%s is to be done " + doDate.orElse("as before") + ", late " + lateOn.orElse("as before"), (change, task) -> work.peer().recurring().meant(task).ifPresentOrElse(
                repeats -> new OccurrenceCommands(change, work.peer().recurring()).reschedule(repeats, doDate, lateOn),
                () -> TaskCommands.setSchedule(change, task, doDate, lateOn)));
    }

    private void putIntoProject(Work work) {
        Optional<String> project = work.dice().oneIn(4) ? Optional.empty() : Optional.of(work.dice().of(PROJECTS));
        each(work, "%s goes into " + project.orElse("no project"), (change, task) -> TaskCommands.setProject(change, task, project));
    }

    private interface Tagging {
        void run(Change change, Id id, String tag);
    }

    private void tag(Work work, String what, Tagging tagging) {
        String tag = work.dice().of(Editing.TAGS);
        work.pick("task", "doc").ifPresent(id -> {
            work.say(what, work.title(id), tag);
            Change change = work.change();
            tagging.run(change, id, tag);
            work.commit(change);
        });
    }

    private void block(Work work) {
        Optional<Id> blocker = work.pick("task");
        each(work, "%s waits for " + blocker.map(work::title).orElse("nothing"), (change, task) ->
                NodeCommands.link(change, new Op.Link(blocker.orElseThrow(), "blocks", task, Optional.empty())));
    }

    private void log(Work work) {
        String entry = work.typed().words(2);
        each(work, "logs to %s: " + entry, (change, task) -> TaskCommands.log(change, task, entry));
    }

    private void repeat(Work work) {
        boolean noMore = work.dice().oneIn(5);
        OccurrenceCommands.Repeating how = repeating(work.dice());
        each(work, noMore ? "%s repeats no more" : "%s is to repeat: " + told(how), (change, task) -> {
            OccurrenceCommands occurrences = new OccurrenceCommands(change, work.peer().recurring());
            if (noMore) {
                occurrences.repeatNoMore(task);
            } else {
                occurrences.repeat(task, how);
            }
        });
    }

    private void withRepeating(Work work, String what, BiConsumer<Change, Recurring.Meant> deed) {
        work.dice().pick(work.repeating(), Id::low).ifPresent(task -> {
            work.say(what, work.title(task));
            Change change = work.change();
            work.peer().recurring().meant(task).ifPresent(meant -> deed.accept(change, meant));
            work.commit(change);
        });
    }

    private void close(Work work) {
        int how = work.dice().upTo(4);
        withRepeating(work, "%s: this time " + (how < 2 ? "done" : how == 2 ? "skipped" : "dropped"), (change, meant) -> {
            Id task = meant.definition().task();
            Optional<Id> due = work.due(task);
            closing(work, task);
            if (how == 2) {
                new OccurrenceCommands(change, work.peer().recurring()).close(meant, Outcome.SKIPPED);
            } else {
                new TaskStates(change, work.peer().recurring()).set(task, how < 2 ? State.DONE : State.DROPPED);
            }
            due.ifPresent(occurrence -> work.meddling().closed(work, change, task, occurrence));
        });
    }

    private void reopen(Work work) {
        withRepeating(work, "%s: taken up again", (change, meant) ->
                new TaskStates(change, work.peer().recurring()).set(meant.definition().task(), State.OUTSTANDING));
    }

    /** One that is closed by now, or was touched, not the one at which the task stands. */
    private void occurrence(Work work) {
        work.dice().pick(work.tx().all("SELECT id FROM occurrences WHERE space = 1", row -> Id.of(row.getBytes(1))), Id::low).ifPresent(occurrence -> {
            State state = work.dice().of(List.of(State.values()));
            work.say("the occurrence %s is %s", occurrence, state.word());
            work.closing(occurrence);
            setState(work, occurrence, state);
        });
    }

    private void putOff(Work work) {
        String day = day(work.dice());
        withRepeating(work, "%s: this time on " + day, (change, meant) ->
                new OccurrenceCommands(change, work.peer().recurring()).reschedule(meant, Optional.of(day), Optional.empty()));
    }

    private void project(Work work) {
        String name = work.dice().of(PROJECTS);
        work.say("makes the project %s", name);
        Change change = work.change();
        ProjectCommands.create(change, name, Optional.empty(), Optional.empty());
        work.commit(change);
    }

    private void moveProject(Work work) {
        Optional<String> into = work.dice().oneIn(4) ? Optional.empty() : Optional.of(work.dice().of(PROJECTS));
        List<Id> projects = work.peer().nodes("project");
        (projects.isEmpty() ? Optional.<Id>empty() : Optional.of(work.dice().of(projects))).ifPresent(project -> {
            work.say("moves the project %s into %s", work.title(project), into.orElse("none"));
            Change change = work.change();
            ProjectCommands.move(change, project, into);
            work.commit(change);
        });
    }
}
