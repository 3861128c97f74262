package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.ValueCodec;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.ConflictCommands;
import dev.heph.store.command.ConflictCommands.Choice;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two databases that were apart ask to be settled: the same on both, with what each side says. */
class ConflictsOfReplicasTest {
    private static final String SOUP = "# Soup\nsoup is cold\nbread is dry\n";

    private final TestReplica one = new TestReplica(1, 1_000_000);
    private final TestReplica two = new TestReplica(2, 2_000_000);
    private final Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of(SOUP)));

    @BeforeEach
    void bothHaveTheNote() {
        meet();
    }

    @AfterEach
    void rebuiltIsWhatItWas() {
        assertThat(one.examine()).allMatch(Doctor.Check::ok);
        one.close();
        two.close();
    }

    private void meet() {
        one.pull(two);
        two.pull(one);
        assertThat(two.digest()).isEqualTo(one.digest());
    }

    @Test
    void theSameWordsOfATextWithBaseAndBothSides() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "hot"));
        meet();
        assertThat(shown(one)).containsExactly("body of Soup: soup is cold| → soup is warm| or soup is hot|");
    }

    @Test
    void otherWordsOfOneLineAreNone() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("soup is", "stew is"));
        meet();
        assertThat(shown(one)).isEmpty();
        assertThat(one.body(note)).isEqualTo(SOUP.replace("soup is cold", "stew is warm"));
    }

    @Test
    void theSameEditOnBothIsKeptOnce() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "warm").replace("dry", "fresh"));
        meet();
        assertThat(one.body(note)).isEqualTo(SOUP.replace("cold", "warm").replace("dry", "fresh"));
        assertThat(shown(one)).isEmpty();
    }

    /** The words of the one are those of the other, and were taken back; what they replaced stays replaced by the other. */
    @Test
    void theSameEditThatOneTookBackIsAskedAbout() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "warm"));
        two.read(tx -> new Undo(two.replica(), tx).undo(false).orElseThrow().change().commit());
        assertThat(two.body(note)).isEqualTo(SOUP);
        meet();
        assertThat(shown(one)).containsExactly("body of Soup: soup is cold| → soup is warm| or soup is cold|");
    }

    @Test
    void whatASideWroteBeforeItMetTheOtherIsItsOwn() {
        save(one, SOUP.replace("cold", "warm"));
        save(one, SOUP.replace("cold", "lukewarm"));
        save(two, SOUP.replace("cold", "hot"));
        save(two, SOUP.replace("cold", "hot").replace("dry", "fresh"));
        meet();
        assertThat(shown(one)).containsExactly(
                "body of Soup: soup is cold|bread is dry| → soup is lukewarm|bread is dry| or soup is hot|bread is fresh|");
    }

    @Test
    void bothAppendingIsNone() {
        save(one, SOUP + "salt\n");
        save(two, SOUP + "pepper\n");
        meet();
        assertThat(shown(one)).isEmpty();
        assertThat(one.body(note)).contains("salt\n").contains("pepper\n");
    }

    @Test
    void aStaleBufferOnTheSameDeviceIsARaceToo() {
        Version loaded = one.change(change -> change.version(note, Views.BODY));
        save(one, SOUP.replace("cold", "warm"));
        one.change(change -> change.save(note, Views.BODY, SOUP.replace("cold", "hot"), Optional.of(loaded)));
        assertThat(shown(one)).containsExactly("body of Soup: soup is cold| → soup is warm| or soup is hot|");
    }

    @Test
    void aFieldWithBothValues() {
        one.change(change -> rename(change, "Stew"));
        two.change(change -> rename(change, "Broth"));
        meet();
        assertThat(shown(one)).containsExactly("title of Broth: Broth or Stew");
    }

    @Test
    void aDeleteAgainstAnEdit() {
        one.change(change -> {
            NodeCommands.tombstone(change, note);
            return note;
        });
        save(two, SOUP.replace("cold", "warm"));
        meet();
        assertThat(shown(two)).containsExactly("deleted of Soup: deleted or edited");
    }

    @Test
    void aDeletedTaskAgainstWhatIsWrittenIntoItsContext() {
        Id task = one.change(change -> TaskCommands.create(change, new TaskCommands.NewTask("Cook", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(), true)));
        meet();
        one.change(change -> {
            NodeCommands.tombstone(change, task);
            return task;
        });
        two.change(change -> change.save(DerivedId.canonicalContext(task), Views.BODY, "buy salt\n", Optional.empty()));
        meet();
        assertThat(shown(one)).containsExactly("deleted of Cook: deleted or edited");
        settle(one, new Choice.Side(2));
        meet();
        assertThat(shown(two)).isEmpty();
        List<String> tasks = two.read(tx -> tx.all("SELECT title FROM nodes WHERE kind = 'task' AND tombstoned = 0", row -> row.getString(1)));
        assertThat(tasks).containsExactly("Cook");
    }

    @Test
    void projectsMovedIntoEachOther() {
        Id house = project("house");
        Id garden = project("garden");
        Id shed = project("shed");
        meet();
        move(one, house, garden);
        move(two, garden, shed);
        move(two, shed, house);
        meet();
        assertThat(parents(one)).as("the last move is shown undone").containsExactly("garden in shed", "house in garden", "shed in null");
        assertThat(one.<Integer>read(tx -> tx.all("SELECT 1 FROM conflicts WHERE kind = 'cycle'", row -> 1).size())).isEqualTo(1);
        settle(one, new Choice.Side(1));
        meet();
        assertThat(parents(two)).containsExactly("garden in shed", "house in null", "shed in house");
        assertThat(shown(two)).isEmpty();
    }

    private Id project(String name) {
        return one.change(change -> NodeCommands.create(change, Kind.PROJECT, name, Optional.empty()));
    }

    private static void move(TestReplica replica, Id project, Id into) {
        replica.change(change -> {
            change.set(project, Field.PARENT, new Value.Ref(into));
            return project;
        });
    }

    private static List<String> parents(TestReplica replica) {
        return replica.read(tx -> tx.all("SELECT n.title || ' in ' || coalesce(p.title, 'null') FROM nodes n LEFT JOIN nodes p ON p.id = n.parent"
                + " WHERE n.kind = 'project' ORDER BY n.title", row -> row.getString(1)));
    }

    // Settling

    @Test
    void aFieldIsSettledOnceEverywhere() {
        one.change(change -> rename(change, "Stew"));
        two.change(change -> rename(change, "Broth"));
        meet();
        settle(one, new Choice.Side(2));
        meet();
        assertThat(shown(two)).isEmpty();
        assertThat(two.title(note)).isEqualTo("Stew");
    }

    @Test
    void twoThatSettleItOtherwiseDisagreeAgain() {
        one.change(change -> rename(change, "Stew"));
        two.change(change -> rename(change, "Broth"));
        meet();
        settle(one, new Choice.Side(1));
        settle(two, new Choice.New("Soup of the day"));
        meet();
        assertThat(shown(one)).containsExactly("title of Soup of the day: Soup of the day or Broth");
    }

    @Test
    void aTextAsOneSideSaysAndWhatCameSinceStays() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "hot"));
        meet();
        save(two, two.body(note) + "salt\n");
        settle(two, new Choice.Side(1));
        meet();
        assertThat(one.body(note)).isEqualTo(SOUP.replace("cold", "warm") + "salt\n");
        assertThat(shown(one)).isEmpty();
    }

    @Test
    void aTextAsItWasMerged() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "hot"));
        meet();
        String merged = one.body(note);
        settle(one, new Choice.Merged());
        meet();
        assertThat(two.body(note)).isEqualTo(merged);
        assertThat(shown(two)).isEmpty();
    }

    @Test
    void aTextInOtherWords() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "hot"));
        meet();
        settle(one, new Choice.New("soup is gone\n"));
        meet();
        assertThat(two.body(note)).isEqualTo("# Soup\nsoup is gone\nbread is dry\n");
        assertThat(shown(two)).isEmpty();
    }

    @Test
    void deletedItStaysOrComesBack() {
        one.change(change -> {
            NodeCommands.tombstone(change, note);
            return note;
        });
        save(two, SOUP.replace("cold", "warm"));
        meet();
        settle(two, new Choice.Side(1));
        meet();
        assertThat(shown(one)).isEmpty();
        assertThat(one.<Boolean>change(change -> change.isTombstoned(note))).isTrue();
    }

    // What a reviewer found

    @Test
    void undoingWhatBothDidLosesNoWord() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "warm"));
        meet();
        undo(one);
        meet();
        assertThat(one.body(note)).isIn(SOUP, SOUP.replace("cold", "warm"));
    }

    @Test
    void undoneHereWrittenThereIsTheSameEverywhere() {
        save(one, SOUP.replace("cold", "warm"));
        undo(one);
        save(two, SOUP.replace("cold", "warm"));
        meet();
        assertThat(one.body(note).contains("warm") || !shown(one).isEmpty()).as("kept or asked").isTrue();
    }

    @Test
    void aLineThatOneWroteAndTookOutAgainIsNotTheOthersLine() {
        save(one, SOUP + "buy milk\n");
        save(one, SOUP);
        save(two, SOUP + "buy milk\n");
        meet();
        assertThat(one.body(note).contains("milk") || !shown(one).isEmpty()).as("kept or asked").isTrue();
    }

    @Test
    void aBaseWithATwinIsTheSameRaceInAnyOrder() {
        save(one, SOUP.replace("cold", "warm"));
        Version loaded = two.change(change -> change.save(note, Views.BODY, SOUP.replace("cold", "warm"), Optional.empty()));
        save(two, SOUP.replace("cold", "warm").replace("dry", "fresh"));
        two.change(change -> change.save(note, Views.BODY, SOUP.replace("cold", "tepid"), Optional.of(loaded)));
        meet();
    }

    @Test
    void aSettlingThatIsUndoneIsAskedAgainAndDoneAgainItIsSettled() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "hot"));
        meet();
        List<String> asked = shown(one);
        settle(one, new Choice.Side(1));
        undo(one);
        meet();
        assertThat(two.body(note)).contains("warm").contains("hot");
        assertThat(shown(two)).isEqualTo(asked);
        one.read(tx -> new Undo(one.replica(), tx).redo().orElseThrow().change().commit());
        meet();
        assertThat(shown(two)).isEmpty();
        assertThat(two.body(note)).isEqualTo(SOUP.replace("cold", "warm"));
    }

    @Test
    void settlingWithWordsOfMyOwnIsNoNewConflict() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "hot"));
        meet();
        save(one, one.body(note).replaceFirst("(soup is .*)\n", "$1 today\n"));
        settle(one, new Choice.New("all is eaten\n"));
        meet();
        assertThat(shown(one)).isEmpty();
    }

    @Test
    void leftAsItIsStaysSettledWhenALeftoverIsTakenOut() {
        String lines = "alpha beta gamma delta\nsecond line stays here\nepsilon zeta eta theta\n";
        save(one, lines);
        meet();
        save(one, "");
        save(two, lines.replace("beta", "beta NEW1").replace("zeta", "zeta NEW2"));
        meet();
        settle(one, new Choice.Merged());
        meet();
        assertThat(shown(two)).isEmpty();
        save(two, two.body(note).replace("NEW1", ""));
        assertThat(shown(two)).isEmpty();
    }

    @Test
    void aDeletedTaskStaysAskedAboutWhenMoreIsWritten() {
        Id task = one.change(change -> TaskCommands.create(change, new TaskCommands.NewTask("Cook", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(), true)));
        meet();
        one.change(change -> {
            NodeCommands.tombstone(change, task);
            return task;
        });
        two.change(change -> change.save(DerivedId.canonicalContext(task), Views.BODY, "buy salt\n", Optional.empty()));
        meet();
        two.change(change -> change.save(DerivedId.canonicalContext(task), Views.BODY, "buy salt\nand oil\n", Optional.empty()));
        meet();
        assertThat(shown(one)).isNotEmpty();
    }

    @Test
    void aTickIsNotLostByChoosingTheOthersWords() {
        String list = "- [ ] cook the cold soup\n";
        save(one, list);
        meet();
        save(one, list.replace("[ ]", "[x]"));
        save(one, one.body(note).replace("cold", "warm"));
        save(two, list.replace("cold", "hot"));
        meet();
        settle(two, new Choice.Side(2));
        assertThat(two.body(note)).isEqualTo("- [x] cook the hot soup\n");
    }

    private static void undo(TestReplica replica) {
        replica.read(tx -> new Undo(replica.replica(), tx).undo(false).orElseThrow().change().commit());
    }

    private void settle(TestReplica replica, Choice choice) {
        Id conflict = replica.read(tx -> tx.first("SELECT id FROM conflicts", row -> Id.of(row.getBytes(1)))).orElseThrow();
        replica.change(change -> ConflictCommands.settle(change, conflict, choice));
    }

    private void save(TestReplica replica, String body) {
        replica.change(change -> change.save(note, Views.BODY, body, Optional.empty()));
    }

    private Id rename(Change change, String title) {
        change.set(note, Field.TITLE, Value.text(title));
        return note;
    }

    /** Each conflict: where, what was there, and what each side says. */
    private static List<String> shown(TestReplica replica) {
        return replica.read(tx -> tx.all("SELECT c.id, c.field || ' of ' || n.title || ': ' || coalesce(c.base || ' → ', '')"
                        + " FROM conflicts c JOIN nodes n ON n.id = c.entity",
                row -> (row.getString(2) + String.join(" or ", sides(tx, Id.of(row.getBytes(1))))).replace('\n', '|')));
    }

    private static List<String> sides(Tx tx, Id conflict) {
        return tx.all("SELECT value FROM sides WHERE conflict = ? ORDER BY ordinal",
                row -> ValueCodec.decode(row.getBytes(1)).asText().orElseThrow(), conflict);
    }
}
