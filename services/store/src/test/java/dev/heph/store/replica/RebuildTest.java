package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever two people do, apart and together: rebuilt from the log it is what it was, and both have the same. */
class RebuildTest {
    private static final int STEPS = 120;

    @Property(tries = 8)
    void rebuiltIsIncremental(@ForAll long seed) {
        Random random = new Random(seed);
        List<Id> nodes = new ArrayList<>();
        try (TestReplica one = new TestReplica(1, 1_000_000);
                TestReplica two = new TestReplica(2, 1_000_500);
                TestReplica three = new TestReplica(3, 1_000_000)) {
            two.now(1_000_000 + random.nextInt(1_000_000));
            for (int step = 0; step < STEPS; step++) {
                TestReplica actor = random.nextBoolean() ? one : two;
                if (random.nextInt(12) == 0) {
                    one.pull(two);
                    two.pull(one);
                } else {
                    actor.change(change -> deed(change, random, nodes));
                }
            }
            one.pull(two);
            two.pull(one);
            assertThat(one.digest()).isEqualTo(two.digest());
            three.takeAll(two, one);
            assertThat(three.digest()).as("the order of arrival does not matter").isEqualTo(one.digest());
            assertThat(one.examine()).allMatch(Doctor.Check::ok);
            assertThat(two.examine()).allMatch(Doctor.Check::ok);
        }
    }

    /** The one read the context of its task anew, in which nobody has ever written; the other had no reason to. */
    @Test
    void aTaskThatRepeatedForAWhileIsTheSameWhereItCameAllAtOnce() {
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica two = new TestReplica(2, 2_000_000)) {
            Id task = one.change(change -> TaskCommands.create(change, new TaskCommands.NewTask("Cook", Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty(), List.of(), true)));
            one.change(change -> recurrence(change, task, Value.text("DTSTART:20261121\nRRULE:FREQ=DAILY")));
            one.change(change -> recurrence(change, task, Value.NONE));
            two.pull(one);
            assertThat(two.digest()).isEqualTo(one.digest());
        }
    }

    private static Id recurrence(Change change, Id task, Value rule) {
        change.set(task, Field.RECURRENCE, rule);
        return task;
    }

    static Id deed(Change change, Random random, List<Id> nodes) {
        String word = "word" + random.nextInt(6);
        List<Id> here = nodes.stream().filter(id -> change.exists(id) && !change.isTombstoned(id)).toList();
        int deed = here.size() < 2 ? 0 : random.nextInt(10);
        if (deed <= 1) {
            Kind kind = List.of(Kind.DOC, Kind.DOC, Kind.PROJECT, Kind.TAG).get(random.nextInt(4));
            Id id = NodeCommands.create(change, kind, word, Optional.empty());
            nodes.add(id);
            return id;
        }
        Id id = here.get(random.nextInt(here.size()));
        Id other = here.get(random.nextInt(here.size()));
        switch (deed) {
            case 2 -> nodes.add(TaskCommands.create(change, new TaskCommands.NewTask(word, Optional.of(Attention.RED), Optional.empty(),
                    Optional.of("2026-11-2" + random.nextInt(10)), Optional.of("project " + random.nextInt(2)), List.of(), true)));
            case 3, 4, 5 -> change.ticking(any -> Optional.of(occurrence(id, random)).filter(some -> random.nextBoolean()))
                    .save(id, Views.BODY, body(random), Optional.empty());
            case 6 -> {
                if (random.nextBoolean()) {
                    change.set(id, Field.PARENT, random.nextInt(4) == 0 ? Value.NONE : new Value.Ref(other));
                } else {
                    NodeCommands.update(change, id, Optional.of(word + " renamed " + random.nextLong()), Optional.empty(), Optional.empty());
                }
            }
            case 7 -> {
                if (!id.equals(other)) {
                    Op.Link link = new Op.Link(id, "tagged", other, Optional.empty());
                    if (random.nextBoolean()) {
                        NodeCommands.link(change, link);
                    } else {
                        NodeCommands.unlink(change, link);
                    }
                }
            }
            case 8 -> {
                if (isTask(change, id)) {
                    repeating(change, id, random);
                } else {
                    NodeCommands.addAlias(change, id, "alias " + word);
                }
            }
            default -> NodeCommands.tombstone(change, id);
        }
        return id;
    }

    private static Id occurrence(Id task, Random random) {
        return DerivedId.occurrence(task, "2026-11-2" + random.nextInt(3) + "T00:00");
    }

    /** What is done with a task that may repeat: its registers, an occurrence, its state; or what is written into its context. */
    private static void repeating(Change change, Id task, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> TaskCommands.setState(change, task, State.values()[random.nextInt(3)]);
            case 1 -> change.set(task, Field.RECURRENCE, random.nextInt(3) == 0 ? Value.NONE : Value.text("DTSTART:20261121\nRRULE:FREQ=DAILY"));
            case 2 -> change.save(DerivedId.canonicalContext(task), Views.BODY, body(random), Optional.empty());
            default -> {
                Id occurrence = occurrence(task, random);
                if (change.value(occurrence, Field.OCCURRENCE_OF).isPresent()) {
                    change.set(occurrence, Field.STATE, Value.text(List.of("done", "outstanding", "skipped").get(random.nextInt(3))));
                } else {
                    change.create(occurrence, new TreeMap<>(Map.of(Field.OCCURRENCE_OF, new Value.Ref(task), Field.OCCURRENCE_START,
                            new Value.Moment(LocalDateTime.parse("2026-11-21T00:00"), Optional.empty()), Field.STATE, Value.text("done"))));
                }
            }
        }
    }

    private static String body(Random random) {
        StringBuilder body = new StringBuilder(random.nextInt(3) == 0 ? "---\naliases: [front " + random.nextInt(3) + "]\n---\n" : "");
        for (int line = random.nextInt(6); line > 0; line--) {
            body.append("see [[word").append(random.nextInt(6)).append("]] and #tag").append(random.nextInt(3)).append('\n');
            body.append("- [").append(random.nextBoolean() ? 'x' : ' ').append("] item").append(random.nextInt(3)).append('\n');
        }
        return body.toString();
    }

    private static boolean isTask(Change change, Id id) {
        return change.value(id, Field.KIND).equals(Optional.of(Value.text(Kind.TASK.word())));
    }
}
