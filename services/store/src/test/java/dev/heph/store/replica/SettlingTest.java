package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.store.command.ConflictCommands.Choice;
import dev.heph.store.command.NodeCommands;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What two devices disagree on is settled once, everywhere, and nothing written is lost by it. */
class SettlingTest extends TwoReplicas {
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
        settle(two, new Choice.New("Soup of the day", Optional.empty()));
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

    /** Each takes out the other's lines; what is left of both would be nothing. */
    @Test
    void twoThatChooseOtherwiseAreAskedAgainAndNoLineIsLost() {
        save(one, SOUP.replace("soup is cold", "stew\npie"));
        save(two, SOUP.replace("soup is cold", "cake"));
        meet();
        settle(one, new Choice.Side(2));
        settle(two, new Choice.Side(1));
        meet();
        assertThat(shown(one)).containsExactly("body of Soup: stew|pie|cake| → cake| or stew|pie|");
        settle(two, new Choice.Side(2));
        meet();
        assertThat(one.body(note)).isEqualTo(SOUP.replace("soup is cold", "stew\npie"));
        assertThat(shown(one)).isEmpty();
    }

    @Test
    void twoThatChooseTheSameAreNotAskedAgain() {
        save(one, SOUP.replace("soup is cold", "stew\npie"));
        save(two, SOUP.replace("soup is cold", "cake"));
        meet();
        settle(one, new Choice.Side(1));
        settle(two, new Choice.Side(1));
        meet();
        assertThat(one.body(note)).isEqualTo(SOUP.replace("soup is cold", "stew\npie"));
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
        settle(one, new Choice.New("soup is gone\n", Optional.empty()));
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
        settle(one, new Choice.New("all is eaten\n", Optional.empty()));
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
}
