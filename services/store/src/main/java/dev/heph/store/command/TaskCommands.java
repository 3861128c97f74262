package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.checklist.Box;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.markdown.Extraction;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What makes and changes tasks. */
public final class TaskCommands {
    /** What is said instead of a date to have none. */
    public static final String NO_DATE = "none";

    private TaskCommands() {}

    /**
     * What a new task is.
     *
     * @param doDate ISO local date or date-time, as {@code lateOn}
     * @param project the name of a project, made when there is none, or the id of one; {@code a/b} is the project b under a
     * @param tags their names
     */
    public record NewTask(String title, Optional<Attention> attention, Optional<String> doDate, Optional<String> lateOn,
            Optional<String> project, List<String> tags, boolean committed) {}

    /** Makes a task and the document that is its context, in one action. */
    public static Id create(Change change, NewTask task) {
        return create(change, task, Map.of());
    }

    /** @param more what else it begins with */
    public static Id create(Change change, NewTask task, Map<Field, Value> more) {
        return create(change, change.mint(), task, more);
    }

    private static Id create(Change change, Id id, NewTask task, Map<Field, Value> more) {
        String title = Titles.checked(Kind.TASK, task.title());
        SortedMap<Field, Value> fields = new TreeMap<>();
        fields.put(Field.KIND, Value.text(Kind.TASK.word()));
        fields.put(Field.TITLE, Value.text(title));
        fields.put(Field.STATE, Value.text(State.OUTSTANDING.word()));
        fields.put(Field.COMMITTED, new Value.Bool(task.committed()));
        if (task.committed()) {
            fields.put(Field.ATTENTION, Value.text(task.attention().orElse(Attention.WHITE).word()));
        } else if (task.attention().isPresent() || task.doDate().isPresent() || task.lateOn().isPresent()) {
            throw Params.invalid("a context item has no attention and no dates: leave them out, or commit to it");
        }
        task.doDate().ifPresent(date -> fields.put(Field.DO_DATE, date("do_date", date)));
        task.lateOn().ifPresent(date -> fields.put(Field.LATE_ON, date("late_on", date)));
        task.project().ifPresent(project -> fields.put(Field.PROJECT, new Value.Ref(ProjectCommands.named(change, project))));
        fields.putAll(more);
        change.create(id, fields);
        Set<String> given = new HashSet<>();
        task.tags().stream().filter(tag -> given.add(NameFold.fold(tag))).forEach(tag -> tag(change, id, tag));
        Id context = DerivedId.canonicalContext(id);
        SortedMap<Field, Value> doc = new TreeMap<>();
        doc.put(Field.KIND, Value.text(Kind.DOC.word()));
        change.create(context, doc);
        change.link(new Op.Link(id, "canonical-context", context, Optional.empty()));
        return id;
    }

    /** Also ticks the checkbox that the task was promoted from; a checkbox that was not is only ticked. */
    public static void setState(Change change, Id id, State state) {
        Optional<Change.BoxOf> box = change.box(id);
        if (box.isPresent() && state != State.DROPPED) {
            change.mark(box.get(), state == State.DONE ? Box.TICKED : Box.EMPTY);
        }
        if (box.isPresent() && !isThere(change, id)) {
            if (state == State.DROPPED) {
                throw Params.invalid("a checkbox is ticked or not; to be rid of it, take its line out of the text");
            }
            return;
        }
        requireTask(change, id, state.word());
        if (!isCommitted(change, id) && state == State.DROPPED) {
            throw Params.invalid("a context item is outstanding or done; to be rid of it, delete it");
        }
        change.set(id, Field.STATE, Value.text(state.word()));
    }

    public static void setAttention(Change change, Id id, Attention attention) {
        requireCommitted(change, id, "have an attention");
        change.set(id, Field.ATTENTION, Value.text(attention.word()));
    }

    /** Changes the dates that are given; {@link #NO_DATE} takes one away. */
    public static void setSchedule(Change change, Id id, Optional<String> doDate, Optional<String> lateOn) {
        requireCommitted(change, id, "have dates");
        doDate.ifPresent(date -> change.set(id, Field.DO_DATE, dateOrNone("do_date", date)));
        lateOn.ifPresent(date -> change.set(id, Field.LATE_ON, dateOrNone("late_on", date)));
    }

    /** @param project a name or an id; empty takes the task out of its project */
    public static void setProject(Change change, Id id, Optional<String> project) {
        requireTask(change, id, "in a project");
        change.set(id, Field.PROJECT, project.<Value>map(name -> new Value.Ref(ProjectCommands.named(change, name))).orElse(Value.NONE));
    }

    /** Makes a context item a task to be done, under the id it has. */
    public static void promote(Change change, Id id, Optional<Attention> attention, Optional<String> project) {
        Optional<Change.BoxOf> box = change.box(id).filter(of -> !isThere(change, id));
        if (box.isPresent()) {
            promote(change, id, box.get(), attention, project);
            return;
        }
        requireTask(change, id, "promoted");
        if (isCommitted(change, id)) {
            throw new HephException(Reason.CONFLICT, "this task is committed already: only a context item can be promoted");
        }
        change.set(id, Field.COMMITTED, new Value.Bool(true));
        change.set(id, Field.ATTENTION, Value.text(attention.orElse(Attention.WHITE).word()));
        project.ifPresent(name -> setProject(change, id, Optional.of(name)));
    }

    static boolean isThere(Change change, Id id) {
        return change.exists(id) && !change.isTombstoned(id);
    }

    /** A checkbox becomes a task under the id it has; its line stays, and is ticked when the task is done. */
    private static void promote(Change change, Id id, Change.BoxOf of, Optional<Attention> attention, Optional<String> project) {
        State state = of.box().done() ? State.DONE : State.OUTSTANDING;
        if (change.exists(id)) {
            change.restore(id);
            change.restore(DerivedId.canonicalContext(id));
            change.set(id, Field.TITLE, Value.text(Titles.checked(Kind.TASK, of.box().text())));
            change.set(id, Field.STATE, Value.text(state.word()));
            change.set(id, Field.ATTENTION, Value.text(attention.orElse(Attention.WHITE).word()));
            change.set(id, Field.PROJECT, project.<Value>map(name -> new Value.Ref(ProjectCommands.named(change, name))).orElse(Value.NONE));
        } else {
            create(change, id, new NewTask(of.box().text(), attention, Optional.empty(), Optional.empty(), project, List.of(), true),
                    Map.of(Field.STATE, Value.text(state.word())));
        }
        change.link(new Op.Link(id, "context-of", of.entity(), Optional.empty()));
    }

    public static void tag(Change change, Id id, String tag) {
        change.link(tagged(id, NodeCommands.called(change, Kind.TAG, tag)
                .orElseGet(() -> NodeCommands.create(change, Kind.TAG, tag, Optional.empty()))));
    }

    /** As {@link #tag}, by a name that somebody typed: a new tag must be one that can be written into a text, or it would be found there by half. */
    public static void tagAsTyped(Change change, Id id, String tag) {
        String name = tag.strip();
        if (NodeCommands.called(change, Kind.TAG, name).isEmpty() && !Extraction.of("#" + name).tags().equals(List.of(name))) {
            throw Params.invalid("'" + name + "' cannot be a tag, because #" + name + " in a text would not be it: a tag is letters, digits, _, - and /,"
                    + " not digits alone" + (name.contains(" ") ? ". Try: " + name.replaceAll("\\s+", "-") : ""));
        }
        tag(change, id, name);
    }

    public static void untag(Change change, Id id, String tag) {
        NodeCommands.called(change, Kind.TAG, tag).ifPresent(named -> change.unlink(tagged(id, named)));
    }

    private static Op.Link tagged(Id id, Id tag) {
        return new Op.Link(id, "tagged", tag, Optional.empty());
    }

    /** Adds an entry to a task's log. */
    public static void log(Change change, Id id, String text) {
        requireTask(change, id, "logged to");
        String kept = Titles.checkedBody(text).strip();
        if (kept.isEmpty()) {
            throw Params.invalid("an entry of a log is not empty");
        }
        change.append(new Op.LogAppend(id, kept));
    }

    /** A context item of a note or task: something to tick off there, never offered by itself. */
    public static Id addItem(Change change, Id container, String title) {
        NodeCommands.require(change, container);
        Id item = create(change, new NewTask(title, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false));
        change.link(new Op.Link(item, "context-of", container, Optional.empty()));
        return item;
    }

    private static void requireTask(Change change, Id id, String what) {
        NodeCommands.require(change, id);
        Kind kind = NodeCommands.kind(change, id);
        if (kind != Kind.TASK) {
            throw new HephException(Reason.CONFLICT, "only a task can be " + what + "; this is a " + kind.word());
        }
    }

    private static boolean isCommitted(Change change, Id id) {
        return change.value(id, Field.COMMITTED).flatMap(Value::asBool).orElse(true);
    }

    static void requireCommitted(Change change, Id id, String what) {
        requireTask(change, id, "planned");
        if (!isCommitted(change, id)) {
            throw new HephException(Reason.CONFLICT, "a context item cannot " + what + ": promote it first");
        }
    }

    static LocalDateTime moment(String iso) {
        return switch (date("start", iso)) {
            case Value.Day(LocalDate day) -> day.atStartOfDay();
            case Value.Moment(LocalDateTime moment, var zone) -> moment;
            default -> throw Params.invalid("'start' is a date");
        };
    }

    static Value dateOrNone(String name, String iso) {
        return iso.equals(NO_DATE) ? Value.NONE : date(name, iso);
    }

    static Value date(String name, String iso) {
        try {
            return iso.contains("T")
                    ? new Value.Moment(LocalDateTime.parse(iso), Optional.empty())
                    : new Value.Day(LocalDate.parse(iso));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Params.invalid("'" + name + "' is a date like 2026-11-21 or 2026-11-21T09:00, not '" + iso + "'");
        }
    }
}
