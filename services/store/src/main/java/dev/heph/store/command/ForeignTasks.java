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
import dev.heph.store.replica.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Brings the tasks of another program in. Each is known by the key that it has there. What was said of it is remembered: only what is said
 * otherwise the next time is changed here, so that everything else stays as it was made here meanwhile. Tags, entries of the log and what
 * it waits for are only ever added: they may be somebody's here. What was deleted here stays deleted.
 */
public final class ForeignTasks {
    /** One task of the other program. @param blockedBy the keys of what has to be done first */
    public record Task(String key, String title, State state, Optional<Attention> attention, Optional<String> doDate, Optional<String> lateOn,
            Optional<String> project, List<String> tags, List<String> log, List<String> blockedBy) {}

    public record Skipped(String key, String reason) {}

    public record Outcome(int created, int updated, int unchanged, List<Skipped> skipped) {}

    /** What was last said of a task. */
    private static final Field SAID = new Field("source", "said");

    private final Change change;
    private final String source;
    private final Map<String, Id> made = new HashMap<>();

    /** What tasks were said to wait for before, by their keys. */
    private final Map<String, Set<String>> waited = new HashMap<>();

    private ForeignTasks(Change change, String source) {
        this.change = change;
        this.source = source;
    }

    public static Outcome run(Change change, String source, List<Task> tasks) {
        return new ForeignTasks(change, source).run(tasks);
    }

    private Outcome run(List<Task> tasks) {
        int created = 0;
        int updated = 0;
        int unchanged = 0;
        List<Skipped> skipped = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        List<Task> changed = new ArrayList<>();
        for (Task task : tasks) {
            int before = change.size();
            try {
                if (!keys.add(NodeCommands.checkedName("key", task.key()))) {
                    throw Params.invalid("the same task twice in one part of an import");
                }
                Optional<Id> known = change.importedFrom(source, task.key());
                if (known.isEmpty()) {
                    create(task);
                    created++;
                } else if (change.isTombstoned(known.get()) || change.value(known.get(), Field.SOURCE_HASH).equals(Optional.of(hash(task)))) {
                    unchanged++;
                    continue;
                } else {
                    update(known.get(), task);
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

    private void create(Task task) {
        List<String> log = task.log().stream().map(Titles::checkedBody).toList();
        Id id = TaskCommands.create(change, new TaskCommands.NewTask(task.title(), task.attention(), task.doDate(), task.lateOn(),
                task.project(), task.tags(), true), Map.of(
                        Field.STATE, Value.text(task.state().word()),
                        Field.SOURCE_VAULT, Value.text(source),
                        Field.SOURCE_PATH, Value.text(task.key()),
                        Field.SOURCE_HASH, hash(task),
                        SAID, Value.text(said(task).toString())));
        log.forEach(entry -> change.append(id, entry));
        made.put(task.key(), id);
    }

    private void update(Id id, Task task) {
        JsonNode before = change.value(id, SAID).flatMap(Value::asText).map(text -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(Json::object);
        ObjectNode now = said(task);
        Predicate<String> isNew = name -> !now.get(name).equals(before.get(name));
        if (isNew.test("title")) {
            change.set(id, Field.TITLE, Value.text(Titles.checked(Kind.TASK, task.title())));
        }
        if (isNew.test("state")) {
            change.set(id, Field.STATE, Value.text(task.state().word()));
        }
        if (isNew.test("attention")) {
            TaskCommands.setAttention(change, id, Attention.of(now.get("attention").textValue()).orElseThrow());
        }
        Optional<String> doDate = Optional.of(now.get("do_date").textValue()).filter(date -> isNew.test("do_date"));
        Optional<String> lateOn = Optional.of(now.get("late_on").textValue()).filter(date -> isNew.test("late_on"));
        if (doDate.isPresent() || lateOn.isPresent()) {
            TaskCommands.setSchedule(change, id, doDate, lateOn);
        }
        if (isNew.test("project")) {
            TaskCommands.setProject(change, id, task.project());
        }
        Set<String> tagged = texts(before.path("tags"));
        task.tags().stream().filter(tag -> !tagged.contains(tag)).forEach(tag -> TaskCommands.tag(change, id, tag));
        Set<String> known = change.entries(id);
        task.log().stream().map(Titles::checkedBody).filter(entry -> !known.contains(entry)).forEach(entry -> change.append(id, entry));
        change.set(id, Field.SOURCE_HASH, hash(task));
        change.set(id, SAID, Value.text(now.toString()));
        made.put(task.key(), id);
        waited.put(task.key(), texts(before.path("blocked_by")));
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

    /** What is said of a task, but its log. */
    private static ObjectNode said(Task task) {
        ObjectNode said = Json.object()
                .put("title", task.title())
                .put("state", task.state().word())
                .put("attention", task.attention().orElse(Attention.WHITE).word())
                .put("do_date", task.doDate().orElse(TaskCommands.NO_DATE))
                .put("late_on", task.lateOn().orElse(TaskCommands.NO_DATE))
                .put("project", task.project().orElse(""));
        task.tags().forEach(said.putArray("tags")::add);
        task.blockedBy().forEach(said.putArray("blocked_by")::add);
        return said;
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static Value hash(Task task) {
        return Value.text(Bytes32.sha256(task.toString().getBytes(StandardCharsets.UTF_8)).toString());
    }
}
