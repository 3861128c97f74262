package dev.heph.store.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.runtime.Json;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Change;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the tasks of another program in. Each is known by the key that it has there. What was said of it is remembered: only what is said
 * otherwise the next time is changed here, so that everything else stays as it was made here meanwhile. Tags, entries of the log and what
 * it waits for are only ever added: they may be somebody's here. What was deleted here stays deleted.
 * What is over there is over here, also if it repeats; then what its rule was stays.
 */
public final class ForeignTasks {
    /** One task of the other program. @param blockedBy the keys of what has to be done first */
    public record Task(String key, String title, State state, Optional<Attention> attention, Optional<String> doDate, Optional<String> lateOn,
            Optional<String> project, List<String> tags, List<String> log, List<String> blockedBy) {
        private TaskCommands.NewTask asNew(Optional<String> into) {
            return new TaskCommands.NewTask(title, attention, doDate, lateOn, into, tags, true);
        }
    }

    /**
     * How one repeats. It begins on its do-date, or else its late-on, or else on the day of the import.
     *
     * @param rule an RRULE value
     * @param time ISO local time: without a do-date it begins at this time of the day of the import, whenever it is late
     */
    public record Repeats(String rule, boolean afterDone, Optional<String> time) {
        private boolean isDated(Task task) {
            return task.doDate().isPresent() || task.lateOn().isPresent() && time.isEmpty();
        }

        private String on(LocalDate day) {
            return time.map(clock -> day + "T" + clock).orElse(day.toString());
        }
    }

    /** A task with how it repeats. Without that it has the hash that it had before there was any. */
    public record Brought(Task task, Optional<Repeats> repeats) {
        private Value hash() {
            String said = task + repeats.map(Repeats::toString).orElse("");
            return Value.text(Bytes32.sha256(said.getBytes(StandardCharsets.UTF_8)).toString());
        }

        /** All of it but its log. */
        private ObjectNode said() {
            ObjectNode said = Json.object()
                    .put("title", task.title())
                    .put("state", task.state().word())
                    .put("attention", task.attention().orElse(Attention.WHITE).word())
                    .put("do_date", task.doDate().orElse(TaskCommands.NO_DATE))
                    .put("late_on", task.lateOn().orElse(TaskCommands.NO_DATE))
                    .put("project", task.project().orElse(""))
                    .put("repeats", repeats.map(Repeats::toString).orElse(""));
            task.tags().forEach(said.putArray("tags")::add);
            task.blockedBy().forEach(said.putArray("blocked_by")::add);
            return said;
        }
    }

    public record Skipped(String key, String reason) {}

    public record Outcome(int created, int updated, int unchanged, List<Skipped> skipped) {}

    /** What was last said of a task. */
    private static final Field SAID = new Field("source", "said");

    private final Change change;
    private final Recurring recurring;
    private final OccurrenceCommands occurrences;
    private final String source;
    private final Map<String, Id> made = new HashMap<>();

    /** What tasks were said to wait for before, by their keys. */
    private final Map<String, Set<String>> waited = new HashMap<>();

    private ForeignTasks(Change change, Recurring recurring, String source) {
        this.change = change;
        this.recurring = recurring;
        this.occurrences = new OccurrenceCommands(change, recurring);
        this.source = source;
    }

    public static Outcome run(Change change, Recurring recurring, String source, List<Brought> tasks) {
        return new ForeignTasks(change, recurring, source).run(tasks);
    }

    private Outcome run(List<Brought> tasks) {
        int created = 0;
        int updated = 0;
        int unchanged = 0;
        List<Skipped> skipped = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<Task> changed = new ArrayList<>();
        for (Brought brought : tasks) {
            Task task = brought.task();
            int before = change.size();
            try {
                if (!keys.add(NodeCommands.checkedName("key", task.key()))) {
                    throw Params.invalid("the same task twice in one part of an import");
                }
                Optional<Id> known = change.importedFrom(source, task.key());
                if (known.isEmpty()) {
                    create(brought);
                    created++;
                } else if (change.isTombstoned(known.get())
                        || change.value(known.get(), Field.SOURCE_HASH).equals(Optional.of(brought.hash()))) {
                    unchanged++;
                    continue;
                } else {
                    update(known.get(), brought);
                    updated++;
                }
                changed.add(task);
            } catch (HephException e) {
                change.backTo(before);
                skipped.add(new Skipped(task.key(), e.getMessage()));
            }
        }
        changed.forEach(this::block);
        return new Outcome(created, updated, unchanged, skipped);
    }

    private void create(Brought brought) {
        Task task = brought.task();
        List<String> log = task.log().stream().map(Titles::checkedBody).toList();
        Map<Field, Value> more = new HashMap<>(Map.of(
                Field.STATE, Value.text(task.state().word()),
                Field.SOURCE_VAULT, Value.text(source),
                Field.SOURCE_PATH, Value.text(task.key()),
                Field.SOURCE_HASH, brought.hash(),
                SAID, Value.text(brought.said().toString())));
        brought.repeats().ifPresent(how -> more.putAll(first(task, how, Optional.empty())));
        Id id = TaskCommands.create(change, task.asNew(project(task)), more);
        log.forEach(entry -> change.append(new Op.LogAppend(id, entry)));
        made.put(task.key(), id);
    }

    private Optional<String> project(Task task) {
        return task.project().map(path -> ProjectCommands.ofFile(change, path).toString());
    }

    private void update(Id id, Brought brought) {
        Task task = brought.task();
        JsonNode before = change.value(id, SAID).flatMap(Value::asText).map(text -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(Json::object);
        ObjectNode now = brought.said();
        Predicate<String> isNew = name -> !now.get(name).equals(before.get(name));
        boolean begins = task.state() == State.OUTSTANDING && Stream.of("repeats", "do_date", "late_on", "state").anyMatch(isNew);
        if (begins) {
            brought.repeats().ifPresent(how -> repeat(id, task, how));
        }
        if (task.state() == State.OUTSTANDING && brought.repeats().isEmpty() && isNew.test("repeats")) {
            change.set(id, Field.RECURRENCE, Value.NONE);
            change.set(id, Field.MISSED, Value.NONE);
        }
        if (isNew.test("title")) {
            change.set(id, Field.TITLE, Value.text(Titles.checked(Kind.TASK, task.title())));
        }
        if (isNew.test("state")) {
            change.set(id, Field.STATE, Value.text(task.state().word()));
        }
        if (isNew.test("attention")) {
            TaskCommands.setAttention(change, id, task.attention().orElse(Attention.WHITE));
        }
        boolean anew = begins && brought.repeats().isPresent();
        TaskCommands.setSchedule(change, id,
                Optional.of(task.doDate().orElse(TaskCommands.NO_DATE)).filter(date -> anew || isNew.test("do_date")),
                Optional.of(task.lateOn().orElse(TaskCommands.NO_DATE)).filter(date -> anew || isNew.test("late_on")));
        if (isNew.test("project")) {
            TaskCommands.setProject(change, id, project(task));
        }
        Set<String> tagged = texts(before.path("tags"));
        task.tags().stream().filter(tag -> !tagged.contains(tag)).forEach(tag -> TaskCommands.tag(change, id, tag));
        Set<String> known = change.entries(id);
        task.log().stream().map(Titles::checkedBody).filter(entry -> !known.contains(entry)).forEach(entry -> change.append(new Op.LogAppend(id, entry)));
        change.set(id, Field.SOURCE_HASH, brought.hash());
        change.set(id, SAID, Value.text(now.toString()));
        made.put(task.key(), id);
        waited.put(task.key(), texts(before.path("blocked_by")));
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private Map<Field, Value> first(Task task, Repeats how, Optional<String> missed) {
        Optional<String> start = how.isDated(task) ? Optional.empty() : Optional.of(how.on(recurring.today()));
        return occurrences.first(new OccurrenceCommands.Repeating(how.rule(), how.afterDone(), start, missed), task.asNew(task.project()));
    }

    /** It begins on the date that is said there; if none is, it goes on from where it stands here. */
    private void repeat(Id id, Task task, Repeats how) {
        Optional<Recurring.Definition> before = recurring.definition(id);
        if (how.isDated(task) || before.isEmpty()) {
            first(task, how, before.map(definition -> definition.recurrence().missed().word()))
                    .forEach((field, value) -> change.set(id, field, value));
            return;
        }
        LocalDateTime stands = before.flatMap(recurring::due).map(due -> due.occurrence().start())
                .orElse(before.get().recurrence().start());
        Optional<String> start = Optional.of(how.on(stands.toLocalDate())).filter(said -> !TaskCommands.moment(said).equals(stands));
        occurrences.repeat(id, new OccurrenceCommands.Repeating(how.rule(), how.afterDone(), start, Optional.empty()));
    }

    /** What is not here, in this part or an earlier one, cannot hold anything up. What it was said to wait for before may have been let go here. */
    private void block(Task task) {
        Id id = made.get(task.key());
        Set<String> before = waited.getOrDefault(task.key(), Set.of());
        for (String key : task.blockedBy()) {
            if (before.contains(key) && !isNew(key)) {
                continue;
            }
            Optional<Id> blocker = Optional.ofNullable(made.get(key)).or(() -> change.importedFrom(source, key));
            blocker.filter(other -> !other.equals(id)).ifPresent(other -> change.link(new Op.Link(other, "blocks", id, Optional.empty())));
        }
    }

    private boolean isNew(String key) {
        return made.containsKey(key) && change.isCreated(made.get(key));
    }
}
