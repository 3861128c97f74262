package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What makes and changes tasks. */
public final class TaskCommands {
    private TaskCommands() {}

    /**
     * What a new task is.
     *
     * @param doDate ISO local date or date-time, as {@code lateOn}
     * @param project the name of a project, made when there is none, or the id of one
     */
    public record NewTask(String title, Optional<Attention> attention, Optional<String> doDate, Optional<String> lateOn,
            Optional<String> project, boolean committed) {}

    /** Makes a task and the document that is its context, in one action. */
    public static Id create(Change change, NewTask task) {
        String title = Titles.checked(Kind.TASK, task.title());
        Id id = change.mint();
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
        task.project().ifPresent(project -> fields.put(Field.PROJECT, new Value.Ref(project(change, project))));
        change.create(id, fields);
        Id context = DerivedId.canonicalContext(id);
        SortedMap<Field, Value> doc = new TreeMap<>();
        doc.put(Field.KIND, Value.text(Kind.DOC.word()));
        change.create(context, doc);
        change.link(new Op.Link(id, "canonical-context", context, Optional.empty()));
        return id;
    }

    private static Id project(Change change, String name) {
        Optional<Id> given = Id.parse(name).filter(id -> change.exists(id) && NodeCommands.kind(change, id) == Kind.PROJECT);
        return given.or(() -> change.named(Kind.PROJECT, dev.heph.model.id.NameFold.fold(name)))
                .orElseGet(() -> NodeCommands.create(change, Kind.PROJECT, name, Optional.empty()));
    }

    public static void setState(Change change, Id id, State state) {
        NodeCommands.require(change, id);
        if (NodeCommands.kind(change, id) != Kind.TASK) {
            throw new HephException(Reason.CONFLICT, "only a task can be " + state.word() + "; this is a "
                    + NodeCommands.kind(change, id).word());
        }
        boolean committed = change.value(id, Field.COMMITTED).flatMap(Value::asBool).orElse(true);
        if (!committed && state == State.DROPPED) {
            throw Params.invalid("a context item is outstanding or done; to be rid of it, delete it");
        }
        change.set(id, Field.STATE, Value.text(state.word()));
    }

    private static Value date(String name, String iso) {
        try {
            return iso.contains("T")
                    ? new Value.Moment(LocalDateTime.parse(iso), Optional.empty())
                    : new Value.Day(LocalDate.parse(iso));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Params.invalid("'" + name + "' is a date like 2026-11-21 or 2026-11-21T09:00, not '" + iso + "'");
        }
    }
}
