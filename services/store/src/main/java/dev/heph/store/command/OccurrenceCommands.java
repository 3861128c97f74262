package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.checklist.KeptList;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.State;
import dev.heph.model.recur.Closed;
import dev.heph.model.recur.Missed;
import dev.heph.model.recur.Occurrence;
import dev.heph.model.recur.Occurrences;
import dev.heph.model.recur.Outcome;
import dev.heph.model.recur.Recurrence;
import dev.heph.model.recur.RecurrenceText;
import dev.heph.model.recur.Rule;
import dev.heph.model.recur.RuleException;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.query.Recurring;
import dev.heph.store.query.Recurring.Definition;
import dev.heph.store.query.Recurring.Meant;
import dev.heph.store.replica.Change;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What people do with the occurrences of a recurring task. Only that is written; when the next one is due is computed. */
public final class OccurrenceCommands {
    private final Change change;
    private final Recurring recurring;

    public OccurrenceCommands(Change change, Recurring recurring) {
        this.change = change;
        this.recurring = recurring;
    }

    /**
     * How a task is to repeat.
     *
     * @param rule an RRULE value
     * @param start ISO local date or date-time; empty: the task's do-date, else what its late-on says, {@link Rule#beginning}, else today
     */
    public record Repeating(String rule, boolean afterDone, Optional<String> start, Optional<String> missed) {}

    /** What a new task that repeats begins with. */
    public Map<Field, Value> first(Repeating how, TaskCommands.NewTask task) {
        if (!task.committed()) {
            throw Params.invalid("a context item does not repeat: leave the rule out, or commit to it");
        }
        LocalDateTime from = how.start().or(task::doDate).map(TaskCommands::moment)
                .orElseGet(() -> beginning(how, task.lateOn().map(TaskCommands::moment)));
        return fields(recurrence(rule(how.rule()), how, from, Optional.empty()));
    }

    private LocalDateTime beginning(Repeating how, Optional<LocalDateTime> late) {
        return late.map(date -> how.afterDone() ? date : rule(how.rule()).beginning(recurring.today(), date))
                .orElseGet(() -> recurring.today().atStartOfDay());
    }

    private static Map<Field, Value> fields(Recurrence recurrence) {
        return Map.of(Field.RECURRENCE, Value.text(RecurrenceText.of(recurrence)), Field.MISSED, Value.text(recurrence.missed().word()));
    }

    /** @param edited when an earlier rule gave way to it */
    private static Recurrence recurrence(Rule rule, Repeating how, LocalDateTime from, Optional<LocalDateTime> edited) {
        LocalDateTime start = how.afterDone() ? from : rule.from(from).stream().findFirst()
                .orElseThrow(() -> Params.invalid("the rule " + rule + " has no date from " + from.toLocalDate() + " on"));
        return new Recurrence(rule, Optional.empty(), start, how.afterDone() ? edited.orElse(start) : start, how.afterDone(),
                how.missed().flatMap(Missed::of).orElse(Missed.LATEST));
    }

    /** Makes a task repeat, or repeat otherwise from here on; what was closed stays as it is. */
    public void repeat(Id task, Repeating how) {
        TaskCommands.requireCommitted(change, task, "repeat");
        Optional<Definition> before = recurring.definition(task);
        LocalDateTime from = how.start().map(TaskCommands::moment)
                .or(() -> before.flatMap(recurring::due).map(due -> due.occurrence().start()))
                .or(() -> local(task, Field.DO_DATE))
                .orElseGet(() -> beginning(how, local(task, Field.LATE_ON)));
        Repeating kept = new Repeating(how.rule(), how.afterDone(), how.start(),
                how.missed().or(() -> before.map(definition -> definition.recurrence().missed().word())));
        Recurrence next = recurrence(rule(how.rule()), kept, from, before.map(definition -> recurring.wall(definition.recurrence())));
        boolean sameDates = before.filter(definition -> definition.recurrence().rule().equals(next.rule())
                && definition.recurrence().afterDone() == next.afterDone() && how.start().isEmpty()).isPresent();
        if (sameDates) {
            change.set(task, Field.MISSED, Value.text(next.missed().word()));
            return;
        }
        // Late is counted from the start, which moves.
        before.flatMap(definition -> definition.lateOn().map(late -> Recurring.later(late, definition.recurrence().start(), next.start())))
                .ifPresent(late -> change.set(task, Field.LATE_ON, TaskCommands.dateOrNone("late_on", late)));
        fields(next).forEach((field, value) -> change.set(task, field, value));
    }

    /** What dates that passed leave; the rule stays. @param word of a {@link Missed} */
    public void missed(Id task, String word) {
        if (recurring.definition(task).isEmpty()) {
            throw new HephException(Reason.CONFLICT, "this task does not repeat, so it misses no dates: give it a rule first (heph edit TASK --recur RULE)");
        }
        change.set(task, Field.MISSED, Value.text(word));
    }

    /** Makes a task one that is done once, at the date at which it stands. */
    public void repeatNoMore(Id task) {
        recurring.definition(task).flatMap(recurring::due).ifPresent(due -> {
            change.set(task, Field.DO_DATE, TaskCommands.dateOrNone("do_date", due.doDate()));
            due.lateOn().ifPresent(late -> change.set(task, Field.LATE_ON, TaskCommands.dateOrNone("late_on", late)));
        });
        change.set(task, Field.RECURRENCE, Value.NONE);
        change.set(task, Field.MISSED, Value.NONE);
    }

    /** Is through with an occurrence; the last one takes the task with it. Of one that is closed it corrects how. */
    public void close(Meant meant, Outcome outcome) {
        Definition definition = meant.definition();
        if (meant.closed().isPresent()) {
            change.set(meant.closed().get().id(), Field.STATE, Value.text(outcome.name().toLowerCase(Locale.ROOT)));
            return;
        }
        Occurrence current = open(meant);
        Id id = entity(definition, current);
        change.set(id, Field.STATE, Value.text(outcome.name().toLowerCase(Locale.ROOT)));
        change.set(id, Field.OCCURRENCE_CLOSED, new Value.Moment(recurring.wall(definition.recurrence()), Optional.empty()));
        KeptList list = new KeptList(change.list(DerivedId.canonicalContext(definition.task()), id));
        if (!list.boxes().isEmpty()) {
            change.set(id, Field.OCCURRENCE_LIST, Value.text(list.toString()));
        }
        if (isLast(definition, current, outcome)) {
            change.set(definition.task(), Field.STATE, Value.text(State.DONE.word()));
        }
    }

    private boolean isLast(Definition definition, Occurrence current, Outcome outcome) {
        LocalDateTime at = recurring.wall(definition.recurrence());
        Set<Id> alsoNow = change.setting(Field.OCCURRENCE_CLOSED);
        Stream<Occurrence> others = alsoNow.isEmpty() ? Stream.empty()
                : definition.occurrences().active(recurring.now(definition.recurrence())).stream().filter(one -> alsoNow.contains(one.id()));
        Stream<Closed> closing = Stream.concat(others, Stream.of(current)).map(one -> new Closed(one.id(), one.start(), outcome, at));
        return current(definition, Stream.concat(definition.closed().stream(), closing).toList()).isEmpty();
    }

    private Occurrence open(Meant meant) {
        return recurring.due(meant).map(Recurring.Due::occurrence).orElseThrow(() -> new HephException(Reason.CONFLICT,
                meant.occurrence().isEmpty() ? "this task has no occurrence left"
                        : "that date of the task is not to be done yet, or not any more: see heph occurrences"));
    }

    private Optional<Occurrence> current(Definition definition, List<Closed> closed) {
        return new Occurrences(definition.task(), definition.recurrence(), closed).current(recurring.now(definition.recurrence()));
    }

    /** Takes an occurrence that somebody was through with up again, the last one or the one that is meant, if it then is to be done. */
    public void reopen(Meant meant) {
        Definition definition = meant.definition();
        if (meant.occurrence().isPresent() && meant.closed().isEmpty()) {
            return; // open already
        }
        Optional<Closed> last = meant.closed().or(() -> definition.occurrences().lastClosed());
        boolean stands = last.filter(closed -> isOpenWithout(definition, closed)).isPresent();
        if (last.isPresent() && !stands && isOutstanding(definition.task())) {
            throw new HephException(Reason.CONFLICT, "the date " + last.get().start().toLocalDate()
                    + ", which this was done on last, is behind it: it stays in the history (heph occurrences)");
        }
        change.set(definition.task(), Field.STATE, Value.text(State.OUTSTANDING.word()));
        last.filter(closed -> stands).ifPresent(closed -> {
            change.set(closed.id(), Field.STATE, Value.text(State.OUTSTANDING.word()));
            change.set(closed.id(), Field.OCCURRENCE_CLOSED, Value.NONE);
            change.set(closed.id(), Field.OCCURRENCE_LIST, Value.NONE);
        });
    }

    private boolean isOpenWithout(Definition definition, Closed closed) {
        ZonedDateTime now = recurring.now(definition.recurrence());
        Occurrences before = new Occurrences(definition.task(), definition.recurrence(),
                definition.closed().stream().filter(other -> !other.equals(closed)).toList());
        return Stream.concat(before.active(now).stream(), before.current(now).stream()).anyMatch(one -> one.id().equals(closed.id()));
    }

    private boolean isOutstanding(Id task) {
        return change.value(task, Field.STATE).flatMap(Value::asText).filter(State.OUTSTANDING.word()::equals).isPresent();
    }

    /** Puts an occurrence elsewhere; the others stay where they are. */
    public void reschedule(Meant meant, Optional<String> doDate, Optional<String> lateOn) {
        if (doDate.filter(TaskCommands.NO_DATE::equals).isPresent()) {
            throw new HephException(Reason.CONFLICT, "a task that repeats has the dates of its rule: end that first (heph edit TASK --recur none)");
        }
        if (lateOn.filter(TaskCommands.NO_DATE::equals).isPresent() && meant.definition().lateOn().isPresent()) {
            throw new HephException(Reason.CONFLICT, "each date of a task that repeats is late as its rule says; for none of them: heph edit TASK --late none --recur RULE");
        }
        Id id = entity(meant.definition(), open(meant));
        doDate.ifPresent(date -> change.set(id, Field.DO_DATE, TaskCommands.dateOrNone("do_date", date)));
        lateOn.ifPresent(date -> change.set(id, Field.LATE_ON, TaskCommands.dateOrNone("late_on", date)));
    }

    /**
     * The entity of an occurrence. It begins with nothing but what it is: whoever was through with it elsewhere at the same time is not
     * contradicted by that. What is done with it is written for itself.
     */
    private Id entity(Definition definition, Occurrence occurrence) {
        Id id = occurrence.id();
        if (change.value(id, Field.OCCURRENCE_OF).isEmpty()) {
            change.create(id, new TreeMap<>(Map.of(
                    Field.OCCURRENCE_OF, new Value.Ref(definition.task()),
                    Field.OCCURRENCE_START, new Value.Moment(occurrence.start(), Optional.empty()))));
        }
        return id;
    }

    private Optional<LocalDateTime> local(Id task, Field field) {
        return change.value(task, field).flatMap(value -> switch (value) {
            case Value.Day(var day) -> Optional.of(day.atStartOfDay());
            case Value.Moment(var moment, var zone) -> Optional.of(moment);
            default -> Optional.empty();
        });
    }

    private static Rule rule(String text) {
        try {
            return Rule.parse(text);
        } catch (RuleException e) {
            throw Params.invalid("'rule' is no rule: " + e.getMessage());
        }
    }
}
