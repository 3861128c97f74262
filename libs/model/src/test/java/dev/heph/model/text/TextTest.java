package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One text on one device: positions, names of characters, local edits. */
class TextTest {
    private final Replica me = new Replica(7);

    @Test
    void aNewTextIsEmpty() {
        assertThat(me.text().toString()).isEmpty();
        assertThat(me.text().length()).isZero();
        assertThat(me.text().clocks()).isEmpty();
    }

    @Test
    void aSpliceInsertsDeletesAndReplaces() {
        me.splice(0, 0, "hello world");
        me.splice(0, 5, "bye");
        me.splice(3, 1, "");
        me.splice(3, 0, ", ");
        assertThat(me).hasToString("bye, world");
        assertThat(me.text().length()).isEqualTo(10);
    }

    @Test
    void oneEditTakesSeveralSplicesWithPositionsInTheTextBeforeThem() {
        me.splice(0, 0, "one two three");
        me.edit(List.of(new Splice(0, 3, "1"), new Splice(4, 3, "2"), new Splice(8, 5, "3")));
        assertThat(me).hasToString("1 2 3");
    }

    @Test
    void splicesThatTouchAreOneChange() {
        me.splice(0, 0, "abcdef");
        me.edit(List.of(new Splice(1, 2, "X"), new Splice(3, 1, "Y"), new Splice(4, 0, "Z")));
        assertThat(me).hasToString("aXYZef");
    }

    @Test
    void splicesThatOverlapOrDescendAreRefused() {
        me.splice(0, 0, "abcdef");
        assertThatThrownBy(() -> me.edit(List.of(new Splice(0, 3, ""), new Splice(2, 1, ""))))
                .isInstanceOf(TextException.class).hasMessageContaining("ascend without overlap");
    }

    @Test
    void aSpliceOutsideTheTextIsRefusedAndChangesNothing() {
        me.splice(0, 0, "abc");
        assertThatThrownBy(() -> me.edit(List.of(new Splice(0, 1, "X"), new Splice(2, 2, ""))))
                .isInstanceOf(TextException.class).hasMessageContaining("outside the text");
        assertThatThrownBy(() -> me.splice(4, 0, "d")).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> me.splice(1, Integer.MAX_VALUE, "")).isInstanceOf(TextException.class);
        assertThat(me).hasToString("abc");
    }

    @Test
    void aSpliceThatDoesNothingIsAnEmptyEdit() {
        assertThat(me.text().splice(me.nextOp(), 7, 0, 0, "").isEmpty()).isTrue();
    }

    @Test
    void clocksCountCodePointsWhilePositionsCountUtf16Units() {
        me.splice(0, 0, "a😀b");
        assertThat(me.text().length()).isEqualTo(4);
        assertThat(me.text().nextClock(7)).isEqualTo(3);
        assertThat(me.text().idAt(3)).isEqualTo(new CharId(7, 2));
        assertThat(me.text().positionOf(new CharId(7, 2))).isEqualTo(new Place(3, true));
    }

    @Test
    void aSurrogatePairIsNeverSplit() {
        me.splice(0, 0, "a😀b");
        assertThatThrownBy(() -> me.splice(2, 0, "x")).isInstanceOf(TextException.class).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> me.splice(1, 1, "")).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> me.splice(2, 1, "")).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> me.text().idAt(2)).isInstanceOf(TextException.class);
        me.splice(1, 2, "é");
        assertThat(me).hasToString("aéb");
    }

    @Test
    void loneSurrogatesAndNulAreNotCharacters() {
        for (String bad : List.of("a\uD83D", "\uDE00", "\uD83D\uD83D\uDE00", "\uDE00\uD83D", "nul\0")) {
            assertThatThrownBy(() -> me.splice(0, 0, bad)).isInstanceOf(TextException.class);
            assertThatThrownBy(() -> new Run(null, null, bad)).isInstanceOf(TextException.class);
        }
        assertThat(me).hasToString("");
    }

    @Test
    void aCharacterKeepsItsNameWhereverItMoves() {
        me.splice(0, 0, "- [ ] milk");
        CharId mark = me.text().idAt(3);
        me.splice(0, 0, "# Shopping\n");
        assertThat(me.text().positionOf(mark)).isEqualTo(new Place(14, true));
        assertThat(me.text().idAt(14)).isEqualTo(mark);
    }

    @Test
    void aDeletedCharacterHasThePlaceWhereItWouldReappear() {
        me.splice(0, 0, "abcd");
        CharId c = me.text().idAt(2);
        me.splice(1, 2, "");
        assertThat(me.text().positionOf(c)).isEqualTo(new Place(1, false));
    }

    @Test
    void onlyCharactersOfTheTextHaveAPlace() {
        me.splice(0, 0, "a");
        assertThatThrownBy(() -> me.text().positionOf(new CharId(7, 1)))
                .isInstanceOf(TextException.class).hasMessageContaining("7@1 is not in this text");
        assertThatThrownBy(() -> me.text().positionOf(new CharId(8, 0))).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> me.text().idAt(1)).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> me.text().idAt(-1)).isInstanceOf(TextException.class);
    }

    @Test
    void aPlaceCountedInCharactersIsOnlyWithinTheText() {
        me.splice(0, 0, "a😀b");
        assertThat(me.text().characters()).isEqualTo(3);
        assertThat(me.text().unitsOf(2)).isEqualTo(3);
        assertThatThrownBy(() -> me.text().unitsOf(4)).isInstanceOf(TextException.class).hasMessageContaining("has 3");
        assertThatThrownBy(() -> me.text().unitsOf(-1)).isInstanceOf(TextException.class);
    }

    @Test
    void clocksSayWhatTheTextHoldsOfEveryClient() {
        me.splice(0, 0, "abc");
        Replica other = new Replica(CharId.MAX_CLIENT);
        other.pull(me);
        other.splice(3, 0, "de");
        assertThat(other.text().clocks()).isEqualTo(Map.of(7L, 3L, CharId.MAX_CLIENT, 2L));
        assertThat(other.text().nextClock(99)).isZero();
    }

    @Test
    void whatIsTypedInARowIsOneRunForTheNextSave() {
        for (int i = 0; i < 500; i++) {
            me.splice(i, 0, "x");
        }
        assertThat(me.text().save().length).isLessThan(530);
    }

    @Test
    void planningAnEditChangesNothing() {
        me.splice(0, 0, "abc");
        TextEdit plan = me.text().plan(7, List.of(new Splice(1, 1, "X")));
        assertThat(me).hasToString("abc");
        me.receive(me.nextOp(), plan);
        assertThat(me).hasToString("aXc");
    }

    @Test
    void anEditTooLargeForOneOpIsCutIntoPiecesThatDoTheSame() {
        me.splice(0, 0, "start end");
        String large = "日本😀x".repeat(1000);
        TextEdit plan = me.text().plan(7, List.of(new Splice(0, 1, large), new Splice(6, 3, large)));
        List<TextEdit> pieces = plan.cut(333);
        assertThat(pieces).hasSizeGreaterThan(20).allMatch(piece -> TextEditCodec.write(piece).length <= 333);
        pieces.forEach(piece -> me.receive(me.nextOp(), piece));
        assertThat(me).hasToString(large + "tart " + large);
        assertThat(plan.cut(100_000)).containsExactly(plan);
    }

    @Test
    void manySmallChangesAreCutByWhatTheyTakeOnTheWire() {
        me.splice(0, 0, "a,b ".repeat(20_000));
        List<Splice> commas = IntStream.range(0, 20_000).mapToObj(at -> new Splice(4 * at + 1, 1, ";")).toList();
        List<TextEdit> pieces = me.text().plan(7, commas).cut(64 * 1024);
        assertThat(pieces).hasSizeGreaterThan(5).allMatch(piece -> TextEditCodec.write(piece).length <= 64 * 1024);
        pieces.forEach(piece -> me.receive(me.nextOp(), piece));
        assertThat(me).hasToString("a;b ".repeat(20_000));
    }

    @Test
    void aCopyIsIndependent() {
        me.splice(0, 0, "abc");
        Text copy = me.text().copy();
        me.splice(0, 0, "x");
        assertThat(copy).hasToString("abc");
        copy.splice(Replica.op(9, 1), 9, 3, 0, "y");
        assertThat(copy).hasToString("abcy");
        assertThat(me).hasToString("xabc");
    }
}
