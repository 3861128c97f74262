package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.ConflictCommands.Choice;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.view.Views;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A settling that is undone: the question is open again, on every device, and redo answers it as before. */
class UndoOfSettlingTest extends TwoReplicas {
    private static List<Kept> undoing(TestReplica replica) {
        return replica.read(tx -> {
            Undo.Taken taken = new Undo(replica.replica(), tx).undo(false).orElseThrow();
            taken.change().commit();
            return taken.kept();
        });
    }

    private static void redo(TestReplica replica) {
        replica.read(tx -> new Undo(replica.replica(), tx).redo().orElseThrow().change().commit());
    }

    private void delete(TestReplica replica) {
        replica.change(change -> {
            NodeCommands.tombstone(change, note);
            return note;
        });
    }

    private boolean isDeleted(TestReplica replica) {
        return replica.<Boolean>change(change -> change.isTombstoned(note));
    }

    @Test
    void aFieldHasItsSidesAgainAndShowsWhatItShowed() {
        one.change(change -> rename(change, "Stew"));
        two.change(change -> rename(change, "Broth"));
        meet();
        for (int number = 1; number <= 2; number++) {
            settle(one, new Choice.Side(number));
            assertThat(undoing(one)).isEmpty();
            meet();
            assertThat(shown(two)).containsExactly("title of Broth: Broth or Stew");
        }
        redo(one);
        meet();
        assertThat(shown(two)).isEmpty();
        assertThat(two.title(note)).isEqualTo("Stew");
        undo(one);
        meet();
        assertThat(shown(two)).containsExactly("title of Broth: Broth or Stew");
        settle(two, new Choice.New("Soup of the day", Optional.empty()));
        meet();
        assertThat(shown(one)).isEmpty();
    }

    @Test
    void aFieldThatWasWrittenWithoutLookingAtTheSides() {
        one.change(change -> rename(change, "Stew"));
        two.change(change -> rename(change, "Broth"));
        meet();
        one.change(change -> rename(change, "Soup of the day"));
        undo(one);
        assertThat(shown(one)).containsExactly("title of Broth: Broth or Stew");
    }

    @Test
    void threeSides() {
        try (TestReplica three = new TestReplica(3, 3_000_000)) {
            three.pull(one);
            one.change(change -> rename(change, "Stew"));
            two.change(change -> rename(change, "Broth"));
            three.change(change -> rename(change, "Goulash"));
            one.pull(three);
            two.pull(three);
            meet();
            assertThat(shown(one)).containsExactly("title of Goulash: Goulash or Broth or Stew");
            settle(one, new Choice.Side(2));
            undo(one);
            meet();
            three.pull(two);
            three.pull(one);
            assertThat(shown(three)).containsExactly("title of Goulash: Goulash or Broth or Stew");
        }
    }

    @Test
    void whatSomebodySaidSinceStays() {
        one.change(change -> rename(change, "Stew"));
        two.change(change -> rename(change, "Broth"));
        meet();
        settle(one, new Choice.Side(2));
        meet();
        two.change(change -> rename(change, "Soup of the day"));
        meet();
        assertThat(undoing(one)).hasSize(1);
        assertThat(shown(one)).isEmpty();
        assertThat(one.title(note)).isEqualTo("Soup of the day");
    }

    @Test
    void aDeletionThatWasUpheldIsInQuestionAgain() {
        delete(one);
        save(two, SOUP.replace("cold", "warm"));
        meet();
        settle(one, new Choice.Side(1));
        undo(one);
        meet();
        assertThat(isDeleted(two)).isTrue();
        assertThat(shown(two)).containsExactly("deleted of Soup: deleted or edited");
        redo(one);
        meet();
        assertThat(shown(two)).isEmpty();
        assertThat(isDeleted(two)).isTrue();
    }

    @Test
    void aTextThatWasWrittenOverWithoutLookingAtTheSides() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "hot"));
        meet();
        List<String> asked = shown(one);
        assertThat(asked).hasSize(1);
        String merged = one.body(note);
        save(one, SOUP);
        meet();
        assertThat(shown(two)).isEmpty();
        undo(one);
        meet();
        assertThat(two.body(note)).isEqualTo(merged);
        assertThat(shown(one)).isEqualTo(asked);
        assertThat(shown(two)).isEqualTo(asked);
        redo(one);
        meet();
        assertThat(shown(two)).isEmpty();
        assertThat(two.body(note)).isEqualTo(SOUP);
    }

    /** Whoever deletes it now has seen the edit, so nothing would be asked any more. */
    @Test
    void whatWasBroughtBackForItsEditStaysAndThatIsSaid() {
        delete(one);
        save(two, SOUP.replace("cold", "warm"));
        meet();
        settle(one, new Choice.Side(2));
        assertThat(undoing(one)).containsExactly(new Kept(note, Kept.NODE, Optional.of(two.replica().device()), true));
        meet();
        assertThat(isDeleted(two)).isFalse();
    }

    @Test
    void itStaysAlsoWhereTheEditWasMade() {
        delete(one);
        save(two, SOUP.replace("cold", "warm"));
        meet();
        settle(two, new Choice.Side(2));
        assertThat(undoing(two)).containsExactly(new Kept(note, Kept.NODE, Optional.of(two.replica().device()), true));
        meet();
        assertThat(isDeleted(one)).isFalse();
        assertThat(isDeleted(two)).isFalse();
    }

    /** What came with the restoring goes with it: nobody else has anything in it. */
    @Test
    void whatTheRestoringItselfWroteDoesNotStay() {
        delete(one);
        meet();
        two.change(change -> {
            change.restore(note);
            change.save(note, Views.BODY, SOUP.replace("cold", "warm"), Optional.empty());
            return note;
        });
        assertThat(undoing(two)).isEmpty();
        assertThat(isDeleted(two)).isTrue();
    }

    @Test
    void aRing() {
        Id house = one.change(change -> NodeCommands.create(change, Kind.PROJECT, "house", Optional.empty()));
        Id garden = one.change(change -> NodeCommands.create(change, Kind.PROJECT, "garden", Optional.empty()));
        meet();
        move(one, house, garden);
        move(two, garden, house);
        meet();
        settle(one, new Choice.Side(1));
        meet();
        assertThat(cycles(two)).isZero();
        undo(one);
        meet();
        assertThat(cycles(two)).isEqualTo(1);
        redo(one);
        meet();
        assertThat(cycles(two)).isZero();
    }

    private static void move(TestReplica replica, Id project, Id into) {
        replica.change(change -> {
            change.set(project, Field.PARENT, new Value.Ref(into));
            return project;
        });
    }

    private static int cycles(TestReplica replica) {
        return replica.<Integer>read(tx -> tx.all("SELECT 1 FROM conflicts WHERE kind = 'cycle'", row -> 1).size());
    }
}
