package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Action;
import dev.heph.model.op.Author;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Segment;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Run;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever somebody signs who has a key: it is taken or left, the same on all, and everybody else can go on working. */
class HostileAuthorTest {
    private static final int BUNDLES = 25;
    private static final List<Field> FIELDS = List.of(Field.KIND, Field.TITLE, Field.PARENT, Field.ATTENTION, Field.DO_DATE, Field.LATE_ON,
            Field.STATE, Field.COMMITTED, Field.PROJECT, Field.RECURRENCE, Field.MISSED, Field.OCCURRENCE_OF, Field.OCCURRENCE_START,
            Field.OCCURRENCE_CLOSED, Field.OCCURRENCE_LIST, Field.SOURCE_VAULT, Field.SOURCE_PATH, Field.SOURCE_HASH, Field.SOURCE_REV,
            new Field("mark", "1@0"), new Field("mark", "nothing"), new Field("settled", "nothing"), new Field("x", "y"));
    private static final List<String> WORDS = List.of("", " ", "doc", "task", "tag", "project", "journal", "red", "done", "outstanding", "a",
            "[[a]] #t\n- [ ] b",
            "DTSTART:20261121\nRRULE:FREQ=DAILY", "RRULE:FREQ=SECONDLY",
            "DTSTART:00000101T000000\nRRULE:FREQ=DAILY;COUNT=0", "\uFFFF\u202E", "../../etc",
            "x".repeat(3_000), "[".repeat(500), "---\naliases: [" + "a, ".repeat(50) + "]\n---\n");
    private static final List<String> TYPES = List.of("alias", "tagged", "blocks", "canonical-context", "log-of", "x");

    private static final List<Id> ANY = List.of(new Id(0x0180_0000_0000_7000L, 1L << 63), DerivedId.tag("t"), DerivedId.project("p"));

    /** How much all have of the device that is talked about: an undelete of the rest is not found out to be a lie yet. */
    private long known;

    /** Who may lose what it wrote. A device that is revoked itself goes on with what is its own, and so differs. */
    private DeviceId revoked;

    private final List<Id> nodes = new ArrayList<>();

    @Property(tries = 25)
    void itIsTheSameOnAllAndNobodyStops(@ForAll long seed) {
        Random random = new Random(seed);
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica two = new TestReplica(2, 1_000_500);
                TestReplica third = new TestReplica(3, 1_000_700)) {
            Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Note", Optional.of("words\n- [ ] box\n")));
            Id task = one.change(change -> NodeCommands.create(change, Kind.TASK, "Task", Optional.empty()));
            two.pull(one);
            third.change(change -> NodeCommands.create(change, Kind.DOC, "Third", Optional.of("its words\n")));
            one.pull(third);
            two.pull(third);
            revoked = third.replica().device();
            known = two.knows(one);
            nodes.clear();
            nodes.addAll(ANY);
            nodes.addAll(List.of(note, task, DerivedId.canonicalContext(task), DerivedId.occurrence(task, "2026-11-21T00:00")));
            byte[] secret = new byte[DeviceKey.SEED_BYTES];
            Arrays.fill(secret, (byte) 77);
            DeviceKey key = new DeviceKey(secret);
            Author author = new Author("personal", key.device(), Head.START);
            List<Segment> sent = new ArrayList<>();
            sent.add(signed(author, key, random, List.of(new Op.DeviceEnrol(key.publicKey(), "\u202Ename"))));
            for (int bundle = 0; bundle < BUNDLES; bundle++) {
                List<Op> ops = new ArrayList<>();
                for (int op = random.nextInt(6); op >= 0; op--) {
                    ops.add(op(random, key.device(), one.replica().device()));
                }
                sent.add(signed(author, key, random, ops));
            }
            for (Segment segment : sent) {
                one.receive(segment);
                if (random.nextInt(4) == 0) {
                    String body = "words " + random.nextInt(5) + "\n- [ ] box\n";
                    one.change(change -> change.save(note, Views.BODY, body, Optional.empty()));
                }
                if (random.nextInt(4) == 0) {
                    two.change(change -> NodeCommands.create(change, Kind.DOC, "Two", Optional.of("[[Note]] [[a]]")));
                }
            }
            sent.forEach(two::receive);
            one.tell(two);
            two.tell(one);
            var here = one.digest();
            assertThat(two.digest()).allSatisfy((table, hash) -> assertThat(hash).as(table).isEqualTo(here.get(table)));
            assertThat(one.examine()).allMatch(Doctor.Check::ok);
            Id after = one.change(change -> NodeCommands.create(change, Kind.DOC, "After", Optional.of("still here")));
            assertThat(one.body(after)).isEqualTo("still here");
        }
    }

    /** A note that became an occurrence and a note again. */
    @Test
    void oneSeedThatTookBackWhatItSaid() {
        itIsTheSameOnAllAndNobodyStops(-617_696_192);
    }

    /** An edit that does not fit, in one bundle with one that does. */
    @Test
    void oneSeedWithAnEditThatDoesNotFit() {
        itIsTheSameOnAllAndNobodyStops(7558);
    }

    /** A note that became an occurrence in one go, while others named it. */
    @Test
    void oneSeedWithLinksToWhatIsANoteNoMore() {
        itIsTheSameOnAllAndNobodyStops(-11057);
    }

    /** Else it would be gone from everybody's notes. */
    @Test
    void aNoteDoesNotBecomeAnOccurrence() {
        try (TestReplica one = new TestReplica(1, 1_000_000)) {
            Id task = one.change(change -> NodeCommands.create(change, Kind.TASK, "Task", Optional.empty()));
            Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Note", Optional.of("words")));
            one.change(change -> {
                change.set(note, Field.OCCURRENCE_OF, new Value.Ref(task));
                change.set(note, Field.OCCURRENCE_START, Value.text("2026-11-21T00:00"));
                return note;
            });
            assertThat(one.body(note)).isEqualTo("words");
            assertThat(one.examine()).allMatch(Doctor.Check::ok);
        }
    }

    /** However often it changes its mind, and whether that comes at once or bit by bit. */
    @Test
    void whatWasAnOccurrenceForAWhileIsTheNoteThatItWas() {
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica two = new TestReplica(2, 1_000_500)) {
            Id task = one.change(change -> NodeCommands.create(change, Kind.TASK, "Task", Optional.empty()));
            Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Note", Optional.of("words")));
            for (boolean isStarted : new boolean[] {false, true}) {
                set(one, note, Field.KIND, Value.NONE);
                set(one, note, Field.OCCURRENCE_START, isStarted ? Value.text("2026-11-21T00:00") : Value.NONE);
                set(one, note, Field.OCCURRENCE_OF, new Value.Ref(task));
                set(one, note, isStarted ? Field.OCCURRENCE_OF : Field.TITLE, Value.NONE);
                set(one, note, Field.KIND, Value.text("doc"));
                assertThat(one.body(note)).isEqualTo("words");
            }
            one.tell(two);
            assertThat(two.digest()).isEqualTo(one.digest());
            assertThat(one.examine()).allMatch(Doctor.Check::ok);
        }
    }

    private static void set(TestReplica replica, Id id, Field field, Value value) {
        replica.change(change -> {
            change.set(id, field, value);
            return id;
        });
    }

    private static Segment signed(Author author, DeviceKey key, Random random, List<Op> ops) {
        Hlc hlc = new Hlc(pick(random, List.of(0L, 1L, 1_000_000L, 4_000_000_000_000L, (1L << 47) - 1)), random.nextInt(3));
        List<Bundle> bundles = author.write(hlc, new Action(new Id(random.nextInt(3), 5), random.nextInt(4), random.nextBoolean()),
                Collections.emptySortedMap(), ops);
        return Segment.sign(bundles, key);
    }

    private Op op(Random random, DeviceId self, DeviceId other) {
        Id node = pick(random, nodes);
        return switch (random.nextInt(10)) {
            case 0 -> {
                TreeMap<Field, Value> fields = new TreeMap<>();
                for (int at = random.nextInt(4); at >= 0; at--) {
                    fields.put(pick(random, FIELDS), value(random));
                }
                yield new Op.NodeCreate(node, fields);
            }
            case 1, 2, 3 -> new Op.NodeSet(node, pick(random, FIELDS), value(random), seen(random, self, other));
            case 4, 5 -> new Op.TextChange(node, random.nextInt(5) == 0 ? "elsewhere" : "body", edit(random, other),
                    random.nextInt(3) == 0 ? Optional.of(Version.EMPTY.with(guessed(random, other))) : Optional.empty());
            case 6 -> new Op.LinkAdd(link(random, node));
            case 7 -> new Op.LinkRemove(link(random, node), seen(random, self, other));
            case 8 -> random.nextBoolean() ? new Op.Tombstone(node) : new Op.Restore(node, seen(random, self, other));
            default -> random.nextInt(3) == 0 ? new Op.DeviceRevoke(revoked, new Head(random.nextInt(5), Bytes32.ZERO))
                    : new Op.LogAppend(node, pick(random, WORDS), random.nextBoolean() ? Optional.of(Op.LATEST) : Optional.empty());
        };
    }

    private Op.Link link(Random random, Id node) {
        String key = pick(random, WORDS);
        return new Op.Link(node, pick(random, TYPES), pick(random, nodes), key.isEmpty() ? Optional.empty() : Optional.of(key));
    }

    private List<OpId> seen(Random random, DeviceId self, DeviceId other) {
        List<OpId> seen = new ArrayList<>();
        for (int at = random.nextInt(4); at > 0; at--) {
            seen.add(random.nextBoolean() ? new OpId(self, 1 + random.nextInt(40)) : guessed(random, other));
        }
        return seen;
    }

    /** Its author has seen nothing of the other, so it is a lie whether it is here yet or not. */
    private OpId guessed(Random random, DeviceId other) {
        return new OpId(other, 1 + random.nextInt((int) known + BUNDLES));
    }

    private OpId before(Random random, DeviceId other) {
        return new OpId(other, 1 + random.nextInt((int) known));
    }

    private Value value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Value.NONE;
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> new Value.Ref(pick(random, nodes));
            case 3 -> new Value.Day(LocalDate.of(pick(random, List.of(0, 2026, 9999)), 1, 1));
            case 4 -> new Value.Moment(LocalDateTime.of(pick(random, List.of(0, 2026, 9999)), 12, 31, 23, 59),
                    random.nextBoolean() ? Optional.of("Mars/Base") : Optional.empty());
            default -> Value.text(pick(random, WORDS));
        };
    }

    private TextEdit edit(Random random, DeviceId other) {
        long client = random.nextInt(3);
        CharId near = random.nextBoolean() ? null : new CharId(random.nextInt(3), random.nextInt(6));
        CharId next = random.nextInt(3) > 0 ? null : new CharId(random.nextInt(3), random.nextInt(6));
        DeleteRange range = new DeleteRange(random.nextInt(3), random.nextInt(6), 1 + random.nextInt(3));
        return new TextEdit(client, random.nextInt(8),
                random.nextInt(4) == 0 ? List.of() : List.of(new Run(near, next, "ab- [x] [[c]]\n".substring(random.nextInt(10)))),
                random.nextInt(3) == 0 ? List.of(range) : List.of(),
                random.nextInt(5) == 0 ? List.of(new Undelete(before(random, other), range)) : List.of());
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
