package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.op.Devices;
import dev.heph.model.op.OpId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which concurrent edits a person should look at: "races in a text" in docs/design/merge.md. */
class OverlapTest {
    private static final OpId FIRST = new OpId(Devices.device("author"), 1);

    private final Text text = new Text();

    @ParameterizedTest(name = "{0} → {1} and {2}: {3}")
    @CsvSource(quoteCharacter = '"', nullValues = "-", textBlock = """
            soup is cold,         soup is warm,         soup is hot,          race
            soup is cold,         stew is cold,         soup is hot,          none
            soup is cold,         soup is cold today,   soup is cold again,   race
            soup is cold,         soup is,              soup is hot,          race
            soup is cold,         soup is,              soup is,              none
            soup is cold,         soup is,              soup,                 none
            soup is cold,         soup is very cold,    soup is hot,          none
            soup was very cold,   soup,                 soup was not very cold, race
            "a\\n",               "a\\nb\\n",           "a\\nc\\n",           none
            a,                    "a\\nb",              "a\\nc",              none
            "a\\nb\\nc\\n",       "a\\nc\\n",           "a\\nbee\\nc\\n",     race
            "a\\nb\\nc\\n",       "a\\nc\\n",           "a\\nb\\nx\\nc\\n",   none
            """)
    void table(String base, String one, String other, String expected) {
        text.splice(FIRST, 1, 0, 0, lines(base));
        TextEdit first = edit(2, lines(base), lines(one));
        TextEdit second = edit(3, lines(base), lines(other));
        assertThat(Overlap.between(first, second)).isEqualTo(expected.equals("race"));
        assertThat(Overlap.between(second, first)).as("it does not matter who asks").isEqualTo(expected.equals("race"));
    }

    @Test
    void theSameEditIsNoRace() {
        text.splice(FIRST, 1, 0, 0, "soup is cold");
        TextEdit edit = edit(2, "soup is cold", "soup is hot");
        assertThat(Overlap.between(edit, edit)).isFalse();
    }

    @Test
    void takingBackWhatAnotherWroteTooIsARace() {
        text.splice(FIRST, 1, 0, 0, "a");
        TextEdit both = edit(2, "a", "a b");
        text.apply(new OpId(Devices.device("author"), 2), both);
        TextEdit takenBack = edit(3, "a b", "a");
        assertThat(Overlap.between(takenBack, both)).isTrue();
    }

    @Test
    void whoReworksWhatHeHasSeenTouchesIt() {
        text.splice(FIRST, 1, 0, 0, "soup is cold\nbread");
        TextEdit earlier = edit(2, "soup is cold\nbread", "soup is warm\nbread");
        text.apply(new OpId(Devices.device("author"), 2), earlier);
        assertThat(Overlap.touches(edit(3, text.toString(), "soup is hot\nbread"), earlier)).isTrue();
        assertThat(Overlap.touches(edit(3, text.toString(), "soup is warm\nbutter"), earlier)).isFalse();
    }

    /** Client 2 wrote the characters 3 to 5, and deleted the characters 10 to 12 of client 1. */
    private static final TextEdit EARLIER = new TextEdit(2, 3, List.of(new Run(null, null, "abc")), List.of(new DeleteRange(1, 10, 3)), List.of());

    private static TextEdit beside(CharId left, CharId right) {
        return new TextEdit(9, 0, List.of(new Run(left, right, "x")), List.of(), List.of());
    }

    private static TextEdit deleting(long client, long clock) {
        return new TextEdit(9, 0, List.of(), List.of(new DeleteRange(client, clock, 1)), List.of());
    }

    private static CharId of(long client, long clock) {
        return new CharId(client, clock);
    }

    @Test
    void whoWritesWithinWhatAnotherWroteTouchesIt() {
        assertThat(Overlap.touches(beside(of(2, 3), of(2, 4)), EARLIER)).isTrue();
        assertThat(Overlap.touches(beside(of(2, 4), of(2, 5)), EARLIER)).isTrue();
        assertThat(Overlap.touches(beside(of(2, 5), of(1, 1)), EARLIER)).as("behind it").isFalse();
        assertThat(Overlap.touches(beside(of(1, 1), of(2, 3)), EARLIER)).as("before it").isFalse();
        assertThat(Overlap.touches(beside(of(2, 2), of(2, 3)), EARLIER)).as("between it and what its client wrote before").isFalse();
        assertThat(Overlap.touches(beside(of(2, 5), of(2, 6)), EARLIER)).as("and after").isFalse();
        assertThat(Overlap.touches(beside(of(3, 3), of(3, 4)), EARLIER)).as("another client's").isFalse();
        assertThat(Overlap.touches(beside(null, null), EARLIER)).isFalse();
    }

    @Test
    void whoDeletesOrBringsBackWhatAnotherDidTouchesIt() {
        assertThat(Overlap.touches(deleting(2, 5), EARLIER)).isTrue();
        assertThat(Overlap.touches(deleting(2, 6), EARLIER)).isFalse();
        assertThat(Overlap.touches(bringingBack(12), EARLIER)).isTrue();
        assertThat(Overlap.touches(bringingBack(13), EARLIER)).isFalse();
    }

    private static TextEdit bringingBack(long clock) {
        return new TextEdit(9, 0, List.of(), List.of(), List.of(new Undelete(FIRST, new DeleteRange(1, clock, 1))));
    }

    @Test
    void whoNamesACharacterOfAnEditBuildsOnIt() {
        assertThat(Overlap.builds(beside(of(2, 3), of(1, 1)), EARLIER)).isTrue();
        assertThat(Overlap.builds(beside(of(1, 1), of(2, 5)), EARLIER)).isTrue();
        assertThat(Overlap.builds(deleting(2, 4), EARLIER)).isTrue();
        assertThat(Overlap.builds(deleting(1, 10), EARLIER)).as("it did not write that").isFalse();
        assertThat(Overlap.builds(beside(of(2, 2), of(2, 6)), EARLIER)).isFalse();
        assertThat(Overlap.builds(beside(null, null), EARLIER)).isFalse();
    }

    private TextEdit edit(long client, String from, String to) {
        return text.plan(client, BodyDiff.between(from, to));
    }

    private static String lines(String cell) {
        return cell.replace("\\n", "\n");
    }
}
