package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.node.State;
import dev.heph.model.op.Op;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.Outcome;
import dev.heph.runtime.Json;
import dev.heph.store.command.ForeignTasks;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.OccurrenceCommands;
import dev.heph.store.command.Params;
import dev.heph.store.command.ProjectCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.command.TaskStates;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The methods that write tasks, and what they are sorted by. */
final class TaskMutations {
    private final Transactions transactions;
    private final Reads reads;
    private final Recurring recurring;

    TaskMutations(Transactions transactions, Reads reads, Recurring recurring) {
        this.recurring = recurring;
        this.transactions = transactions;
        this.reads = reads;
    }

    JsonNode create(Params params, String client) {
        TaskCommands.NewTask task = new TaskCommands.NewTask(
                params.text("title"),
                attention(params),
                params.maybeText("do_date"),
                params.maybeText("late_on"),
                params.maybeText("project"),
                params.texts("tags"),
                params.flag("committed", true));
        Optional<OccurrenceCommands.Repeating> repeating = repeating(params);
        return placing(params, client, change -> TaskCommands.create(change, task,
                repeating.map(how -> new OccurrenceCommands(change, recurring).first(how, task)).orElse(Map.of())));
    }

    /** A change that may put a task into a project; the answer names one that was made for it. */
    private JsonNode placing(Params params, String client, Function<Change, Id> work) {
        record Placed(Id id, Optional<String> newProject) {}
        Optional<Id> with = params.maybeText("with").map(text -> Id.parse(text)
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'with' is no id: it takes the whole id of a task that was made here")));
        return transactions.write(client, with, change -> {
            Optional<String> newProject = ProjectCommands.toBeMade(change, params.maybeText("project"));
            return new Placed(work.apply(change), newProject);
        }, placed -> {
            ObjectNode node = (ObjectNode) reads.nodeWithin(placed.id());
            placed.newProject().ifPresent(name -> node.put(NEW_PROJECT, name));
            return node;
        });
    }

    private static final String NEW_PROJECT = "new_project";

    private static Optional<OccurrenceCommands.Repeating> repeating(Params params) {
        return params.maybeText("rule").map(rule -> new OccurrenceCommands.Repeating(rule, params.flag("after_done", false),
                params.maybeText("start"), missed(params)));
    }

    private static Optional<String> missed(Params params) {
        return params.word("on_missed", Stream.of(Missed.values()).map(Missed::word).toList());
    }

    /** How a task repeats; without a rule, that it does no more. */
    JsonNode setRecurrence(Params params, String client) {
        Optional<OccurrenceCommands.Repeating> repeating = repeating(params);
        return change(params, client, (change, id) -> {
            OccurrenceCommands occurrences = new OccurrenceCommands(change, recurring);
            repeating.ifPresentOrElse(how -> occurrences.repeat(id, how), () -> occurrences.repeatNoMore(id));
        });
    }

    JsonNode skip(Params params, String client) {
        return each(params, client, (change, id) -> new OccurrenceCommands(change, recurring).close(
                recurring.meant(id).orElseThrow(() -> new HephException(Reason.CONFLICT,
                        "this task does not repeat: put it off with heph defer, or give it up with heph drop")),
                Outcome.SKIPPED), reads::nodeWithin, true);
    }

    private void setState(Change change, Id id, State state) {
        new TaskStates(change, recurring).set(id, state);
    }

    private void setSchedule(Change change, Id id, Optional<String> doDate, Optional<String> lateOn) {
        recurring.meant(id).ifPresentOrElse(
                repeats -> new OccurrenceCommands(change, recurring).reschedule(repeats, doDate, lateOn),
                () -> TaskCommands.setSchedule(change, id, doDate, lateOn));
    }

    JsonNode setState(Params params, String client) {
        State state = params.word("state", State.words()).flatMap(State::of)
                .orElseThrow(() -> missing("state", State.words()));
        return changeRow(params, client, (change, id) -> setState(change, id, state));
    }

    /** Of an item that is a checkbox, the answer is the item. */
    JsonNode setItemState(Params params, String client) {
        State state = params.word("state", State.words()).flatMap(State::of).orElseThrow(() -> missing("state", State.words()));
        return each(params, client, (change, id) -> setState(change, id, state),
                id -> reads.item(id).<JsonNode>map(item -> item).orElseGet(() -> reads.nodeWithin(id)), true);
    }

    JsonNode setAttention(Params params, String client) {
        Attention attention = attention(params).orElseThrow(() -> missing("attention", Attention.words()));
        return change(params, client, (change, id) -> TaskCommands.setAttention(change, id, attention));
    }

    JsonNode setSchedule(Params params, String client) {
        return changeRow(params, client,
                (change, id) -> setSchedule(change, id, params.maybeText("do_date"), params.maybeText("late_on")));
    }

    JsonNode setProject(Params params, String client) {
        return placing(params, client, change -> {
            Id id = reads.id(params, "id");
            TaskCommands.setProject(change, id, params.maybeText("project"));
            return id;
        });
    }

    JsonNode promote(Params params, String client) {
        return each(params, client, (change, id) -> TaskCommands.promote(change, id, attention(params), params.maybeText("project")),
                reads::nodeWithin, false);
    }

    /** Several tasks, one action: all of it is done, or nothing. */
    JsonNode changeAll(Params params, String client) {
        Optional<State> state = params.word("state", State.words()).flatMap(State::of);
        Optional<Attention> attention = attention(params);
        Optional<String> project = params.maybeText("project");
        if (params.maybeText("title").isPresent() && params.texts("ids").size() > 1) {
            throw new HephException(Reason.INVALID_PARAMS, "'title' is for one task: the others would be called the same");
        }
        return each(params, client, (change, row) -> {
            Id id = recurring.taskOf(row);
            params.maybeText("title").ifPresent(title ->
                    NodeCommands.update(change, id, Optional.of(title), Optional.empty(), Optional.empty()));
            state.ifPresent(word -> setState(change, row, word));
            attention.ifPresent(word -> TaskCommands.setAttention(change, id, word));
            plan(change, row, params);
            project.ifPresent(name -> TaskCommands.setProject(change, id, project.filter(any -> !any.equals(NONE))));
            params.maybeText("tag").ifPresent(tag -> TaskCommands.tagAsTyped(change, id, tag));
            params.maybeText("untag").ifPresent(tag -> TaskCommands.untag(change, id, tag));
            params.maybeText("block").ifPresent(blocker -> NodeCommands.link(change, blocks(reads.id(blocker), id)));
            params.maybeText("unblock").stream()
                    .flatMap(blocker -> blocker.equals(ANY) ? reads.blockers(id).stream() : Stream.of(reads.id(blocker)))
                    .forEach(blocker -> NodeCommands.unlink(change, blocks(blocker, id)));
        }, reads::nodeWithin, state.isPresent());
    }

    /** A rule that comes with a date starts on it. */
    private void plan(Change change, Id row, Params params) {
        Optional<String> rule = params.maybeText("rule");
        Optional<String> doDate = params.maybeText("do_date");
        Optional<String> lateOn = params.maybeText("late_on");
        if (rule.isPresent()) {
            Id id = recurring.taskOf(row);
            OccurrenceCommands occurrences = new OccurrenceCommands(change, recurring);
            if (rule.get().equals(NONE)) {
                occurrences.repeatNoMore(id);
            } else if (doDate.filter(NONE::equals).isPresent()) {
                throw new HephException(Reason.INVALID_PARAMS, "a task that repeats has a date: leave out 'do_date', or the rule");
            } else {
                boolean afterDone = params.flag("after_done", false);
                occurrences.repeat(id, new OccurrenceCommands.Repeating(rule.get(), afterDone, doDate, missed(params)));
            }
            TaskCommands.setSchedule(change, id, doDate, lateOn);
        } else if (doDate.isPresent() || lateOn.isPresent()) {
            setSchedule(change, row, doDate, lateOn);
        }
        if (rule.isEmpty()) {
            missed(params).ifPresent(word -> new OccurrenceCommands(change, recurring).missed(recurring.taskOf(row), word));
        }
    }

    private static Op.Link blocks(Id blocker, Id blocked) {
        return new Op.Link(blocker, "blocks", blocked, Optional.empty());
    }

    private static final String NONE = "none";
    private static final String ANY = "any";

    /**
     * Does something to one node or occurrence, or with {@code ids} to several as one action: to all of them, or to none.
     *
     * @param shown the answer about one; about several it is that of {@code task.change}
     * @param closing whether it may end an occurrence, so that the next is of interest
     */
    private JsonNode each(Params params, String client, BiConsumer<Change, Id> work, Function<Id, JsonNode> shown, boolean closing) {
        Set<Id> changed = new HashSet<>();
        AtomicReference<Optional<String>> newProject = new AtomicReference<>();
        return transactions.write(client, change -> {
            newProject.set(ProjectCommands.toBeMade(change, params.maybeText("project").filter(name -> !name.equals(NONE))));
            List<Id> ids = Reads.ids(params, reads::row);
            for (Id id : ids) {
                int before = change.size();
                work.accept(change, id);
                if (change.size() > before) {
                    changed.add(id);
                }
            }
            return ids;
        }, ids -> {
            JsonNode answer = params.texts("ids").isEmpty() ? shown.apply(recurring.taskOf(ids.getFirst())) : changed(ids, changed.size(), closing);
            newProject.get().ifPresent(name -> ((ObjectNode) answer).put(NEW_PROJECT, name));
            return answer;
        });
    }

    private ObjectNode changed(List<Id> ids, int changed, boolean closing) {
        ObjectNode answer = Json.object().put("changed", changed);
        var tasks = answer.putArray("tasks");
        ids.forEach(row -> {
            Id id = recurring.taskOf(row);
            String title = reads.item(id).map(item -> item.path("title").asText()).orElseGet(() -> reads.title(id));
            ObjectNode task = tasks.addObject().put("id", id.toString()).put("title", title);
            if (!id.equals(row)) {
                task.put("occurrence", row.toString());
            }
            if (closing) {
                recurring.definition(id).flatMap(recurring::due).ifPresent(due -> task.put("next", due.doDate()));
            }
        });
        return answer;
    }

    /** A part of an import of another program's tasks: one transaction, so that an interruption leaves whole parts only. */
    JsonNode importBatch(Params params, String client) {
        String source = NodeCommands.checkedName("source", params.text("source"));
        Id action = Id.parse(params.text("action"))
                .orElseThrow(() -> new HephException(Reason.INVALID_PARAMS, "'action' is no id"));
        List<ForeignTasks.Brought> tasks = new ArrayList<>();
        params.json().path("tasks").forEach(task -> tasks.add(foreign(new Params(task))));
        ForeignTasks.Outcome outcome = transactions.write(client, action, params.flag("last", true),
                change -> ForeignTasks.run(change, recurring, source, tasks));
        ObjectNode answer = Json.object()
                .put("created", outcome.created())
                .put("updated", outcome.updated())
                .put("unchanged", outcome.unchanged());
        var skipped = answer.putArray("skipped");
        outcome.skipped().forEach(task -> skipped.addObject().put("key", task.key()).put("reason", task.reason()));
        return answer;
    }

    private static ForeignTasks.Brought foreign(Params task) {
        return new ForeignTasks.Brought(
                new ForeignTasks.Task(task.text("key"), task.text("title"),
                        task.word("state", State.words()).flatMap(State::of).orElse(State.OUTSTANDING), attention(task),
                        task.maybeText("do_date"), task.maybeText("late_on"), task.maybeText("project"),
                        task.texts("tags"), task.texts("log"), task.texts("blocked_by")),
                task.maybeText("rule").map(rule ->
                        new ForeignTasks.Repeats(rule, task.flag("after_done", false), task.maybeText("time"))));
    }

    JsonNode tagAdd(Params params, String client) {
        return change(params, client, (change, id) -> TaskCommands.tagAsTyped(change, id, params.text("tag")));
    }

    JsonNode tagRemove(Params params, String client) {
        return change(params, client, (change, id) -> TaskCommands.untag(change, id, params.text("tag")));
    }

    JsonNode logAppend(Params params, String client) {
        return change(params, client, (change, id) -> TaskCommands.log(change, id, params.text("text")));
    }

    JsonNode itemAdd(Params params, String client) {
        return transactions.write(client, change -> TaskCommands.addItem(change, reads.id(params, "container"), params.text("title")),
                reads::nodeWithin);
    }

    JsonNode projectCreate(Params params, String client) {
        return transactions.write(client,
                change -> ProjectCommands.create(change, params.text("name"), Optional.empty(), params.maybeText("parent")), reads::nodeWithin);
    }

    JsonNode projectMove(Params params, String client) {
        return change(params, client, (change, id) -> ProjectCommands.move(change, id, params.maybeText("parent")));
    }

    private JsonNode change(Params params, String client, BiConsumer<Change, Id> work) {
        return transactions.write(client, change -> {
            Id id = reads.id(params, "id");
            work.accept(change, id);
            return id;
        }, reads::nodeWithin);
    }

    /** As {@link #change}, of an occurrence too. */
    private JsonNode changeRow(Params params, String client, BiConsumer<Change, Id> work) {
        return transactions.write(client, change -> {
            Id row = reads.row(params.text("id"));
            work.accept(change, row);
            return row;
        }, row -> reads.nodeWithin(recurring.taskOf(row)));
    }

    private static Optional<Attention> attention(Params params) {
        return params.word("attention", Attention.words()).flatMap(Attention::of);
    }

    private static HephException missing(String name, List<String> words) {
        return new HephException(Reason.INVALID_PARAMS, "'" + name + "' is missing: one of " + String.join(", ", words));
    }
}
