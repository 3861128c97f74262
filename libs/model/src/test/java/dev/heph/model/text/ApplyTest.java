package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.heph.model.op.OpId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits that arrive: twice, too early, or wrong. Whatever is refused leaves the text byte for byte as it was. */
class ApplyTest {
    private static final OpId OP = Replica.op(3, 1);
    private final Replica author = new Replica(1);
    private final Replica me = new Replica(2);

    @BeforeEach
    void bothHoldAText() {
        author.splice(0, 0, "abcdef");
        me.pull(author);
    }

    @Test
    void anEditAppliedTwiceIsAppliedOnce() {
        OpId op = author.edit(List.of(new Splice(1, 2, "XY"), new Splice(5, 1, "Z")));
        me.receive(op, author.edit(op));
        byte[] once = me.text().save();
        me.receive(op, author.edit(op));
        assertThat(me).hasToString("aXYdeZ");
        assertThat(me.text().save()).isEqualTo(once);
    }

    @Test
    void aDeleteThatArrivesAgainAfterItsUndeleteStaysCancelled() {
        OpId delete = author.splice(1, 2, "");
        author.undelete(delete);
        me.pull(author);
        me.receive(delete, author.edit(delete));
        assertThat(me).hasToString("abcdef");
    }

    @Test
    void anEditWhoseNeighbourIsMissingNamesIt() {
        author.splice(6, 0, "g");
        Replica other = new Replica(5);
        other.pull(author);
        OpId op = other.splice(7, 0, "h");
        refuses(other.edit(op)).asInstanceOf(type(MissingOrigin.class))
                .returns(new CharId(1, 6), MissingOrigin::missing);
    }

    /** All but its last run fits, at very many places; that one's left neighbour stands behind the right one, near or far. */
    @ParameterizedTest
    @CsvSource({"100, 103", "3, 190", "3, 4", "199, 199"})
    void anEditIsRefusedWholeHoweverMuchOfItFits(long left, long right) {
        Text text = lettersEachOfItsOwn();
        Text untouched = lettersEachOfItsOwn();
        List<Run> runs = new ArrayList<>();
        runs.add(new Run(null, new CharId(7, 199), "before all"));
        for (long clock = 199; clock > 0; clock--) {
            runs.add(new Run(new CharId(7, clock), new CharId(7, clock - 1), "between \uD83D\uDE42"));
        }
        runs.add(new Run(new CharId(7, left), new CharId(7, right), "nowhere"));
        assertThatThrownBy(() -> text.apply(OP, new TextEdit(9, 0, runs, List.of(), List.of()))).isInstanceOf(TextException.class)
                .hasMessageContaining("does not stand before");
        assertThat(text.save()).isEqualTo(untouched.save());
        for (int position = 0; position <= 200; position += 20) {
            text.splice(Replica.op(7, 300 + position), 7, position, 0, "!");
            untouched.splice(Replica.op(7, 300 + position), 7, position, 0, "!");
            assertThat(text).hasToString(untouched.toString());
        }
    }

    /** Each written in front of the one before: 199 stands first, 0 last. */
    private static Text lettersEachOfItsOwn() {
        Text text = new Text();
        for (int at = 0; at < 200; at++) {
            text.splice(Replica.op(7, 1 + at), 7, 0, 0, String.valueOf((char) ('a' + at % 26)));
        }
        return text;
    }

    @Test
    void anEditAfterAGapNamesTheFirstMissingCharacter() {
        author.splice(0, 0, "x");
        OpId second = author.splice(3, 0, "y");
        refuses(author.edit(second)).asInstanceOf(type(MissingOrigin.class))
                .returns(new CharId(1, 6), MissingOrigin::missing);
    }

    @Test
    void aDeleteOfCharactersThatAreNotHereNamesTheFirst() {
        refuses(deleting(1, 4, 5)).asInstanceOf(type(MissingOrigin.class))
                .returns(new CharId(1, 6), MissingOrigin::missing);
        refuses(deleting(9, 3, 1)).asInstanceOf(type(MissingOrigin.class))
                .returns(new CharId(9, 3), MissingOrigin::missing);
    }

    @Test
    void anEditThatWritesNothingBringsNoCharactersWhateverItsClock() {
        TextEdit edit = new TextEdit(9, 100, List.of(), List.of(new DeleteRange(9, 3, 1)), List.of());
        refuses(edit).asInstanceOf(type(MissingOrigin.class)).returns(new CharId(9, 3), MissingOrigin::missing);
    }

    @Test
    void anUndeleteOfCharactersThatAreNotHereIsRefused() {
        refuses(new TextEdit(3, 0, List.of(), List.of(), List.of(new Undelete(OP, new DeleteRange(1, 0, 7)))))
                .isInstanceOf(MissingOrigin.class);
    }

    @Test
    void aLaterRunMayHangOnAnEarlierOneOfItsEditButNotOnItself() {
        Run first = new Run(new CharId(1, 0), new CharId(1, 1), "12");
        me.receive(OP, inserting(first, new Run(new CharId(3, 0), new CharId(3, 1), "-")));
        assertThat(me).hasToString("a1-2bcdef");
        Run itself = new Run(new CharId(4, 0), null, "x");
        refuses(new TextEdit(4, 0, List.of(itself), List.of(), List.of())).isInstanceOf(MissingOrigin.class);
    }

    @Test
    void anEditMayDeleteWhatItWrites() {
        Run run = new Run(null, new CharId(1, 0), "xyz");
        me.receive(OP, new TextEdit(3, 0, List.of(run), List.of(new DeleteRange(3, 1, 1)), List.of()));
        assertThat(me).hasToString("xzabcdef");
    }

    @Test
    void neighboursInTheWrongOrderAreRefusedTogetherWithTheRunsBeforeThem() {
        Run good = new Run(new CharId(1, 1), new CharId(1, 2), "good");
        refuses(inserting(good, new Run(new CharId(1, 4), new CharId(1, 2), "bad")))
                .hasMessageContaining("does not stand before");
        refuses(inserting(good, new Run(new CharId(1, 3), new CharId(1, 3), "bad")));
        refuses(inserting(good, new Run(new CharId(3, 2), new CharId(3, 1), "bad")));
        me.receive(OP, inserting(good));
        assertThat(me).hasToString("abgoodcdef");
    }

    @Test
    void whatIsRefusedDoesNotEvenLengthenTheRunItFollowed() {
        author.splice(6, 0, "g");
        Run follows = new Run(new CharId(1, 5), null, "g");
        Run bad = new Run(new CharId(1, 2), new CharId(1, 1), "bad");
        refuses(new TextEdit(1, 6, List.of(follows, bad), List.of(), List.of()));
        me.pull(author);
        assertThat(me).hasToString("abcdefg");
    }

    @Test
    void otherCharactersUnderTakenIdsAreRefused() {
        refuses(new TextEdit(1, 0, List.of(new Run(null, null, "abcdeX")), List.of(), List.of()))
                .hasMessageContaining("other characters");
        refuses(new TextEdit(1, 0, List.of(new Run(null, null, "abcdefg")), List.of(), List.of()));
        refuses(new TextEdit(1, 2, List.of(new Run(new CharId(1, 0), null, "c")), List.of(), List.of()));
        refuses(new TextEdit(1, 4, List.of(new Run(new CharId(1, 3), null, "ef"), new Run(null, null, "g")),
                List.of(), List.of()));
    }

    @Test
    void numbersThatCannotBeAreNoEdit() {
        assertThatThrownBy(() -> new CharId(-1, 0)).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new CharId(CharId.MAX_CLIENT + 1, 0)).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new CharId(0, -1)).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new CharId(0, CharId.MAX_CLOCK)).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new DeleteRange(0, 0, 0)).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new DeleteRange(0, 1, Long.MAX_VALUE)).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new Run(null, null, "")).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new TextEdit(0, Long.MAX_VALUE, List.of(new Run(null, null, "x")), List.of(), List.of()))
                .isInstanceOf(TextException.class);
    }

    private static TextEdit inserting(Run... runs) {
        return new TextEdit(3, 0, List.of(runs), List.of(), List.of());
    }

    private static TextEdit deleting(long client, long clock, long length) {
        return new TextEdit(3, 0, List.of(), List.of(new DeleteRange(client, clock, length)), List.of());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(TextEdit edit) {
        byte[] before = me.text().save();
        var refusal = assertThatThrownBy(() -> me.receive(OP, edit)).isInstanceOf(TextException.class);
        assertThat(me.text().save()).isEqualTo(before);
        return refusal;
    }
}
