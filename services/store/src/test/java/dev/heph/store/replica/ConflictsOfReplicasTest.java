package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.ConflictCommands.Choice;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.view.Views;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What two databases that were apart ask to be settled: the same on both, with what each side says. */
class ConflictsOfReplicasTest extends TwoReplicas {
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

    /** The one says what was there before, the other something else: as if only that one had edited, nobody is asked. */
    @Test
    void theSameEditThatOneTookBackIsTheOthers() {
        save(one, SOUP.replace("cold", "warm"));
        save(two, SOUP.replace("cold", "warm"));
        two.read(tx -> new Undo(two.replica(), tx).undo(false).orElseThrow().change().commit());
        assertThat(two.body(note)).isEqualTo(SOUP);
        meet();
        assertThat(two.body(note)).isEqualTo(SOUP.replace("cold", "warm"));
        assertThat(shown(one)).isEmpty();
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
    void aDeletedTaskAgainstWhatIsWrittenIntoItsLog() {
        Id task = one.change(change -> TaskCommands.create(change, new TaskCommands.NewTask("Fix roof", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(), true)));
        meet();
        two.change(change -> {
            change.append(new Op.LogAppend(task, "before"));
            return task;
        });
        meet();
        one.change(change -> {
            NodeCommands.tombstone(change, task);
            return task;
        });
        meet();
        assertThat(shown(two)).as("who deleted it had read its log").isEmpty();
        one.change(change -> {
            change.restore(task);
            return task;
        });
        meet();
        one.change(change -> {
            NodeCommands.tombstone(change, task);
            return task;
        });
        for (String entry : List.of("roofer: 555-1234", "900 EUR")) {
            two.change(change -> {
                change.append(new Op.LogAppend(task, entry));
                return task;
            });
        }
        meet();
        assertThat(shown(one)).containsExactly("deleted of Fix roof: deleted or edited").isEqualTo(shown(two));
        settle(two, new Choice.Side(2));
        meet();
        List<String> tasks = one.read(tx -> tx.all("SELECT title FROM nodes WHERE kind = 'task' AND tombstoned = 0", row -> row.getString(1)));
        assertThat(tasks).containsExactly("Fix roof");
    }

    /** Somebody may have linked to each of them. */
    @Test
    void theTitlesThatWereNotChosenStillLeadThere() {
        one.change(change -> rename(change, "Stew"));
        two.change(change -> rename(change, "Broth"));
        meet();
        settle(one, new Choice.New("Ragout", Optional.empty()));
        meet();
        List<String> names = two.read(tx -> tx.all("SELECT name FROM names WHERE entity = ? AND rank = 2 ORDER BY name", row -> row.getString(1), note));
        assertThat(names).containsExactly("Broth", "Stew");
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
}
