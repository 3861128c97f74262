package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a saved body changed: as much as the person did, in pieces that merge well, and never the whole note. */
class BodyDiffTest {
    @Test
    void theSameBodyChangesNothing() {
        assertThat(BodyDiff.between("a\nb\n", "a\nb\n")).isEmpty();
        assertThat(BodyDiff.between("", "")).isEmpty();
    }

    @Test
    void aLineThatCameIsInsertedWhole() {
        assertThat(BodyDiff.between("one\nthree\n", "one\ntwo\nthree\n")).containsExactly(new Splice(4, 0, "two\n"));
    }

    @Test
    void aLineThatWentIsDeletedWhole() {
        assertThat(BodyDiff.between("one\ntwo\nthree\n", "one\nthree\n")).containsExactly(new Splice(4, 4, ""));
    }

    @Test
    void ofALineThatWasRewordedOnlyTheWordsChange() {
        assertThat(BodyDiff.between("a cold day\n", "a warm day\n")).containsExactly(new Splice(2, 4, "warm"));
        assertThat(BodyDiff.between("see you on monday at noon\n", "see you on friday at ten\n"))
                .containsExactly(new Splice(11, 6, "friday"), new Splice(21, 4, "ten"));
    }

    @Test
    void aPhraseChangesAsOne() {
        assertThat(BodyDiff.between("the slow cat sleeps in the garden\n", "the quick dog sleeps in the garden\n"))
                .containsExactly(new Splice(4, 8, "quick dog"));
    }

    @Test
    void aTickChangesOneCharacter() {
        assertThat(BodyDiff.between("- [ ] milk\n- [ ] bread\n", "- [ ] milk\n- [x] bread\n"))
                .containsExactly(new Splice(14, 1, "x"));
    }

    @Test
    void aRewordedItemKeepsItsMark() {
        assertThat(BodyDiff.between("- [ ] buy milk\n", "- [ ] buy oat milk\n")).containsExactly(new Splice(10, 0, "oat "));
    }

    @Test
    void anotherItemInItsPlaceIsAnotherLine() {
        assertThat(BodyDiff.between("- [ ] milk\n", "- [ ] bread\n")).containsExactly(new Splice(0, 11, "- [ ] bread\n"));
    }

    @Test
    void anItemThatLeftTakesItsOwnLineWithItNotItsNeighboursMark() {
        assertThat(BodyDiff.between("- [ ] milk\n- [x] bread\n- [ ] eggs\n", "- [ ] milk\n- [ ] eggs\n"))
                .containsExactly(new Splice(11, 12, ""));
    }

    @Test
    void rewordedLinesAreFoundAmongNewAndDeletedOnes() {
        String base = "keep\nthe first line of all\ngone entirely\nthe last line of all\n";
        String saved = "keep\nbrand new here\nthe first line of some\nthe very last line of all\n";
        assertThat(BodyDiff.between(base, saved)).containsExactly(
                new Splice(5, 0, "brand new here\n"), new Splice(23, 3, "some"),
                new Splice(27, 14, ""), new Splice(45, 0, "very "));
    }

    @Test
    void aLineEndIsChangedByItself() {
        assertThat(BodyDiff.between("one\ntwo", "one\ntwo\nthree")).containsExactly(new Splice(7, 0, "\nthree"));
        assertThat(BodyDiff.between("one\ntwo\n", "one\r\ntwo\r\n"))
                .containsExactly(new Splice(3, 1, "\r\n"), new Splice(7, 1, "\r\n"));
    }

    @Test
    void anIndentedBlockKeepsItsWords() {
        String base = lines("- item %d with some words", 500);
        assertThat(BodyDiff.between(base, base.indent(2))).hasSize(500).allMatch(splice -> splice.deleted() == 0);
    }

    @Test
    void scriptsWithoutSpacesChangeByCharacter() {
        assertThat(BodyDiff.between("今日は寒い日です\n", "今日は暑い日です\n")).containsExactly(new Splice(3, 1, "暑"));
    }

    @Test
    void emojiAndCombinedLettersChangeWhole() {
        assertThat(BodyDiff.between("we are 👩‍👩‍👧 at home\n", "we are 👩‍👩‍👦 at home\n"))
                .containsExactly(new Splice(7, 8, "👩‍👩‍👦"));
        assertThat(BodyDiff.between("the cafe\u0301 at noon\n", "the cafe at noon\n")).containsExactly(new Splice(4, 5, "cafe"));
    }

    @Test
    void charactersThatNoTextHoldsAreRefused() {
        assertThatThrownBy(() -> BodyDiff.between("a", "\0")).isInstanceOf(TextException.class);
        assertThatThrownBy(() -> BodyDiff.between("a", "\uD800")).isInstanceOf(TextException.class);
    }

    @Test
    void splicesOutsideTheTextAreRefused() {
        assertThatThrownBy(() -> BodyDiff.applied("abc", List.of(new Splice(2, 2, "")))).isInstanceOf(TextException.class);
    }

    @Test
    void concurrentSavesOfDifferentLinesAndWordsMergeWithoutDoubling() {
        Replica one = new Replica(1);
        Replica other = new Replica(2);
        one.write("# Plan\n\nfirst line here\nsecond line here\nthird line here\n");
        other.pull(one);
        one.write("# Plan\n\nfirst line there\nsecond line here\nthird line here\nfourth\n");
        other.write("# Big plan\n\nvery first line here\nthird line here\n");
        one.meet(other);
        assertThat(one).hasToString("# Big plan\n\nvery first line there\nthird line here\nfourth\n");
        assertThat(other).hasToString(one.toString());
    }

    @Test
    void aFewChangesInALargeNoteStayAFewSplices() {
        String base = lines("line %d says something of its own", 200_000);
        String saved = base.replace("line 777 says", "line 777 said")
                .replace("line 100000 says something of its own\n", "").replace("line 199999 ", "the last line 199999 ");
        assertThat(quickly(base, saved)).hasSize(3);
    }

    @Test
    void aWordReplacedEverywhereIsAChangeOfWords() {
        String base = lines("- [ ] ask %d people about the old plan", 3_000);
        assertThat(quickly(base, base.replace("old", "new"))).hasSize(3_000).allMatch(splice -> splice.deleted() == 3);
    }

    @Test
    void aMarkdownListRenumberedKeepsItsWords() {
        assertThat(BodyDiff.between("1. wash\n2. dry\n", "1. soak\n2. wash\n3. dry\n")).containsExactly(
                new Splice(0, 1, "1. soak\n2"), new Splice(8, 1, "3"));
    }

    @Test
    void hostileSizesAreBounded() {
        quickly(lines("%d left", 200_000), lines("%d right", 200_000));
        quickly(lines("a%d", 1_000_000), lines("b%d", 1_000_000));
        quickly("\n".repeat(200_000), "x\n".repeat(100_000) + "\n".repeat(100_000));
        quickly("x\ny\n".repeat(100_000), "y\nz\nx\n".repeat(66_666));
        quickly("x".repeat(10_000_000), "y".repeat(10_000_000));
        quickly("x ".repeat(5_000_000), "x y ".repeat(2_500_000));
        quickly(lines("word %d and some more words that are all alike", 20_000),
                lines("word %d but no more words that are much alike", 20_000));
    }

    @Test
    void changesInALongLineStaySmall() {
        String base = "word ".repeat(100_000);
        assertThat(quickly(base, base.substring(0, 250_000) + "new " + base.substring(250_000)))
                .singleElement().matches(splice -> splice.deleted() < 10 && splice.inserted().length() < 20);
    }

    private static List<Splice> quickly(String base, String saved) {
        long start = System.nanoTime();
        List<Splice> splices = BodyDiff.between(base, saved);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(BodyDiff.applied(base, splices).equals(saved)).isTrue();
        return splices;
    }

    private static String lines(String format, int count) {
        return IntStream.range(0, count).mapToObj(i -> format.replace("%d", String.valueOf(i))).collect(Collectors.joining("\n", "", "\n"));
    }
}
