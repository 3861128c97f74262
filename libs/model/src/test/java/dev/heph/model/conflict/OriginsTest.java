package dev.heph.model.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.text.CharId;
import dev.heph.model.text.DeleteRange;
import dev.heph.model.text.Run;
import dev.heph.model.text.TextEdit;
import dev.heph.model.text.Undelete;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an edit come those that wrote the characters which it names. */
class OriginsTest {
    private static final long CLIENT = 5;

    private final Origins origins = new Origins();

    private static OpId op(long seq) {
        return new OpId(new DeviceId(new Id(1, 1)), seq);
    }

    private static TextEdit wrote(long client, long clock, CharId left, CharId right, String text) {
        return new TextEdit(client, clock, List.of(new Run(left, right, text)), List.of(), List.of());
    }

    private static TextEdit deleted(long clock, long length) {
        return new TextEdit(9, 0, List.of(), List.of(new DeleteRange(CLIENT, clock, length)), List.of());
    }

    private static CharId character(long clock) {
        return new CharId(CLIENT, clock);
    }

    /** Ops 1 and 2 write three characters each, next to each other. */
    @BeforeEach
    void sixCharacters() {
        origins.add(op(1), wrote(CLIENT, 0, null, null, "abc"));
        origins.add(op(2), wrote(CLIENT, 3, null, null, "def"));
    }

    private List<OpId> with(long op, Long... known) {
        return origins.with(List.of(op(op)), any -> Arrays.asList(known).contains(any.seq())).stream().sorted().toList();
    }

    @Test
    void ofWhatItStandsBeside() {
        origins.add(op(3), wrote(6, 0, character(1), null, "x"));
        origins.add(op(4), wrote(7, 0, null, character(5), "x"));
        assertThat(with(3)).containsExactly(op(1), op(3));
        assertThat(with(4, 1L)).containsExactly(op(2), op(4));
    }

    @Test
    void ofWhatItDeletes() {
        origins.add(op(3), deleted(1, 2));
        origins.add(op(4), deleted(3, 1));
        origins.add(op(5), deleted(2, 2));
        assertThat(with(3)).containsExactly(op(1), op(3));
        assertThat(with(4, 1L)).containsExactly(op(2), op(4));
        assertThat(with(5)).containsExactly(op(1), op(2), op(5));
    }

    @Test
    void ofWhatItBringsBack() {
        origins.add(op(3), new TextEdit(9, 0, List.of(), List.of(), List.of(new Undelete(op(7), new DeleteRange(CLIENT, 0, 1)))));
        assertThat(with(3)).containsExactly(op(1), op(3));
    }

    @Test
    void ofWhatItsClientWroteBefore() {
        assertThat(with(2)).containsExactly(op(1), op(2));
        assertThat(with(1)).as("it is the first").containsExactly(op(1));
    }

    @Test
    void andWhatThoseBuildOn() {
        origins.add(op(3), wrote(6, 0, character(4), null, "x"));
        origins.add(op(4), wrote(7, 0, new CharId(6, 0), null, "y"));
        assertThat(with(4)).containsExactly(op(1), op(2), op(3), op(4));
        assertThat(with(4, 2L)).as("what is known is not looked into").containsExactly(op(3), op(4));
    }

    /** Two devices made the same edit. */
    @Test
    void ofSeveralThatWroteTheSameOneIsEnough() {
        origins.add(op(12), wrote(6, 0, null, null, "x"));
        origins.add(op(11), wrote(6, 0, null, null, "x"));
        origins.add(op(20), wrote(7, 0, new CharId(6, 0), null, "y"));
        assertThat(with(20)).as("the least").containsExactly(op(11), op(20));
        assertThat(with(20, 12L)).containsExactly(op(20));
        assertThat(origins.with(List.of(op(20), op(12)), any -> false)).containsExactlyInAnyOrder(op(12), op(20));
    }

    @Test
    void whatDeletesOnlyWroteNothing() {
        origins.add(op(3), deleted(0, 1));
        origins.add(op(4), wrote(8, 0, new CharId(9, 0), null, "x"));
        assertThat(with(4)).containsExactly(op(4));
    }

    @Test
    void whatIsOfNoTextNeedsNothing() {
        assertThat(with(99)).containsExactly(op(99));
    }
}
