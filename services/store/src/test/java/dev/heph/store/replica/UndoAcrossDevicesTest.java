package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.history.NodeHistory;
import dev.heph.store.history.Restoration;
import dev.heph.store.history.Then;
import dev.heph.store.log.Space;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What another device changed since stays, and is named. */
class UndoAcrossDevicesTest {
    private final TestReplica one = new TestReplica(1, 1_000_000);
    private final TestReplica two = new TestReplica(2, 2_000_000);
    private final Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of("# Soup\ncold\n")));

    @AfterEach
    void rebuiltIsWhatItWas() {
        meet();
        assertThat(one.examine()).allMatch(Doctor.Check::ok);
        one.close();
        two.close();
    }

    private void meet() {
        one.pull(two);
        two.pull(one);
        assertThat(two.digest()).isEqualTo(one.digest());
    }

    private static void with(TestReplica replica, Consumer<Change> work) {
        replica.change(change -> {
            work.accept(change);
            return null;
        });
    }

    private static Optional<Value> value(TestReplica replica, Id id, Field field) {
        return replica.change(change -> change.value(id, field));
    }

    private static void save(TestReplica replica, Id id, String body) {
        replica.change(change -> change.save(id, "body", body, Optional.empty()));
    }

    /** What was kept, as {@code field device}. */
    private static List<String> undo(TestReplica replica) {
        return replica.read(tx -> {
            Undo.Taken taken = new Undo(replica.replica(), tx).undo(false).orElseThrow();
            taken.change().commit();
            return taken.kept().stream().map(kept -> kept.field() + " " + kept.by().map(by -> name(replica, by)).orElse("in use")).toList();
        });
    }

    private static String name(TestReplica replica, dev.heph.model.id.DeviceId device) {
        return replica.replica().device().equals(device) ? "own" : "other";
    }

    @Test
    void aFieldThatTheOtherChanged() {
        with(one, change -> {
            change.set(note, Field.DO_DATE, Value.text("a"));
            change.set(note, Field.ATTENTION, Value.text("red"));
        });
        meet();
        with(two, change -> change.set(note, Field.DO_DATE, Value.text("b")));
        meet();
        assertThat(undo(one)).containsExactly("do_date other");
        assertThat(value(one, note, Field.DO_DATE)).contains(Value.text("b"));
        assertThat(value(one, note, Field.ATTENTION)).contains(Value.NONE);
    }

    @Test
    void aFieldThatTheOtherSetAtTheSameTime() {
        meet();
        with(one, change -> change.set(note, Field.ATTENTION, Value.text("red")));
        with(two, change -> change.set(note, Field.ATTENTION, Value.text("red")));
        meet();
        assertThat(undo(one)).containsExactly("attention other");
        assertThat(value(one, note, Field.ATTENTION)).contains(Value.text("red"));
    }

    @Test
    void whatTheOtherTookBackItselfIsNotNamed() {
        with(one, change -> change.set(note, Field.ATTENTION, Value.text("red")));
        meet();
        with(two, change -> change.set(note, Field.ATTENTION, Value.NONE));
        meet();
        assertThat(undo(one)).isEmpty();
    }

    @Test
    void aTextThatTheOtherWentOnWith() {
        save(one, note, "# Soup\ncold\nwith bread\n");
        meet();
        save(two, note, "# Soup\ncold\nwith fresh bread\n");
        meet();
        assertThat(undo(one)).containsExactly("body other");
        assertThat(one.body(note)).contains("fresh").doesNotContain("bread");
    }

    @Test
    void whatAnotherWroteTooStaysThoughNobodyHadHeardOfIt() {
        meet();
        save(one, note, "# Soup\nwarm\n");
        save(two, note, "# Soup\nwarm\n");
        undo(one);
        assertThat(one.body(note)).isEqualTo("# Soup\ncold\n");
        meet();
        assertThat(List.of(one.body(note), two.body(note))).containsOnly("# Soup\nwarm\n");
        assertThat(one.<Integer>read(tx -> tx.all("SELECT 1 FROM conflicts", row -> 1).size())).isZero();
    }

    @Test
    void whatBothWroteAndBothTookBackIsGone() {
        meet();
        save(one, note, "# Soup\nwarm\n");
        save(two, note, "# Soup\nwarm\n");
        undo(one);
        undo(two);
        meet();
        assertThat(List.of(one.body(note), two.body(note))).containsOnly("# Soup\ncold\n");
    }

    @Test
    void alsoWhenItIsTakenBackOnceMore() {
        bothAddBread();
        undo(one);
        meet();
        redo(one);
        assertThat(undo(one)).containsExactly("body in use");
        meet();
        assertThat(two.body(note)).isEqualTo("# Soup\ncold\nbread\n");
    }

    @Test
    void whatTheOtherTookBackFirstIsGoneWhenThisOneDoes() {
        bothAddBread();
        undo(one);
        meet();
        assertThat(two.body(note)).contains("bread");
        assertThat(undo(two)).isEmpty();
        meet();
        assertThat(List.of(one.body(note), two.body(note))).containsOnly("# Soup\ncold\n");
    }

    /** A buffer that was open when neither had been written: its author writes them again, knowing nothing of what was taken back. */
    @Test
    void whatWasWrittenAgainByABufferThatIsBehindStays() {
        meet();
        Version before = one.change(change -> change.version(note, "body"));
        bothAddBread();
        undo(one);
        one.pull(two);
        one.change(change -> change.save(note, "body", "# Soup\ncold\nbread\n", Optional.of(before)));
        undo(two);
        meet();
        assertThat(List.of(one.body(note), two.body(note))).containsOnly("# Soup\ncold\nbread\n");
    }

    @Test
    void aDeletionThatIsDoneAgainIsTheSameDeletion() {
        for (boolean again : List.of(false, true)) {
            save(one, note, "# Soup\ncold\n");
            bothAddBread();
            save(one, note, "# Soup\ncold\n");
            if (again) {
                undo(one);
                redo(one);
            }
            meet();
            assertThat(two.body(note)).as("again: %s", again).isEqualTo("# Soup\ncold\n");
        }
    }

    private void bothAddBread() {
        meet();
        save(one, note, "# Soup\ncold\nbread\n");
        save(two, note, "# Soup\ncold\nbread\n");
    }

    private static void redo(TestReplica replica) {
        replica.read(tx -> new Undo(replica.replica(), tx).redo().orElseThrow().change().commit());
    }

    /** An editor that was open, and the history: both are made from the log again. */
    @Test
    void earlierVersionsOfItAreWhatTheyWere() {
        meet();
        save(one, note, "# Soup\nwarm\n");
        save(two, note, "# Soup\nwarm\n");
        undo(one);
        meet();
        Version both = one.change(change -> change.version(note, "body"));
        save(two, note, "# Soup\nwarm\nwith bread\n");
        meet();
        one.change(change -> change.save(note, "body", "# Fine soup\nwarm\n", Optional.of(both)));
        assertThat(one.body(note)).isEqualTo("# Fine soup\nwarm\nwith bread\n");
        meet();
        Id action = one.read(tx -> one.replica().log().actions(tx, two.replica().device(), 10).getFirst());
        Restoration back = one.read(tx -> new NodeHistory(tx, Space.PERSONAL, note).to(new Then.Action(action)));
        with(one, back::carryOut);
        assertThat(one.body(note)).isEqualTo("# Soup\nwarm\nwith bread\n");
    }

    @Test
    void otherWordsOfTheTextAreNoneOfItsBusiness() {
        save(one, note, "# Soup\ncold\nwith bread\n");
        meet();
        save(two, note, "# Broth\ncold\nwith bread\n");
        meet();
        assertThat(undo(one)).isEmpty();
        assertThat(one.body(note)).isEqualTo("# Broth\ncold\n");
    }

    @Test
    void aNoteThatTheOtherChangedIsNotDeleted() {
        meet();
        save(two, note, "# Soup\nhot\n");
        meet();
        assertThat(undo(one)).containsExactly("node other");
        assertThat(one.body(note)).isEqualTo("# Soup\nhot\n");
        assertThat(one.<Boolean>change(change -> change.isTombstoned(note))).isFalse();
    }

    @Test
    void aNoteThatTheOtherOnlyHasIsDeleted() {
        meet();
        assertThat(undo(one)).isEmpty();
        assertThat(one.<Boolean>change(change -> change.isTombstoned(note))).isTrue();
    }

    @Test
    void aTickThatTheOtherTookBackAndTickedAgain() {
        save(one, note, "- [ ] milk\n");
        meet();
        save(one, note, "- [x] milk\n");
        meet();
        save(two, note, "- [-] milk\n");
        meet();
        assertThat(undo(one)).containsExactly("box other");
        assertThat(one.body(note)).isEqualTo("- [-] milk\n");
    }
}
