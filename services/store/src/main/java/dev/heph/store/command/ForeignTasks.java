package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the tasks of another program in. Each is known by the key that it has there: one that did not change since it was last
 * brought in adds nothing, so that what was done here meanwhile stays; of one that did, what is said there is said here. Tags, entries
 * of the log and what it waits for are only ever added: they may be somebody's here. What was deleted here stays deleted.
 */
public final class ForeignTasks {
    /** One task of the other program. @param blockedBy the keys of what has to be done first */
    public record Task(String key, String title, State state, Optional<Attention> attention, Optional<String> doDate, Optional<String> lateOn,
            Optional<String> project, List<String> tags, List<String> log, List<String> blockedBy) {}

    public record Skipped(String key, String reason) {}

    public record Outcome(int created, int updated, int unchanged, List<Skipped> skipped) {}

    private final Change change;
    private final String source;
    private final Map<String, Id> made = new HashMap<>();

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
                        Field.SOURCE_HASH, hash(task)));
        log.forEach(entry -> change.append(id, entry));
        made.put(task.key(), id);
    }

    private void update(Id id, Task task) {
        change.set(id, Field.TITLE, Value.text(Titles.checked(Kind.TASK, task.title())));
        change.set(id, Field.STATE, Value.text(task.state().word()));
        TaskCommands.setAttention(change, id, task.attention().orElse(Attention.WHITE));
        TaskCommands.setSchedule(change, id, Optional.of(task.doDate().orElse(TaskCommands.NO_DATE)),
                Optional.of(task.lateOn().orElse(TaskCommands.NO_DATE)));
        TaskCommands.setProject(change, id, task.project());
        task.tags().forEach(tag -> TaskCommands.tag(change, id, tag));
        Set<String> known = change.entries(id);
        task.log().stream().map(Titles::checkedBody).filter(entry -> !known.contains(entry)).forEach(entry -> change.append(id, entry));
        change.set(id, Field.SOURCE_HASH, hash(task));
        made.put(task.key(), id);
    }

    /** What is not here, in this part or an earlier one, cannot hold anything up. */
    private void block(Task task) {
        for (String key : task.blockedBy()) {
            Optional<Id> blocker = Optional.ofNullable(made.get(key)).or(() -> change.importedFrom(source, key));
            blocker.filter(id -> !id.equals(made.get(task.key())))
                    .ifPresent(id -> change.link(new Op.Link(id, "blocks", made.get(task.key()), Optional.empty())));
        }
    }

    private static Value hash(Task task) {
        return Value.text(Bytes32.sha256(task.toString().getBytes(StandardCharsets.UTF_8)).toString());
    }
}
