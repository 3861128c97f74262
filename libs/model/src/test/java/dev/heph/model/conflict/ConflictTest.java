package dev.heph.model.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Race;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.OpId;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A conflict follows from the ops that disagree. */
class ConflictTest {
    private static final Id NODE = new Id(1, 1);

    private static OpId op(long device, long seq) {
        return new OpId(new DeviceId(new Id(device, device)), seq);
    }

    private static Write write(OpId op, String value, boolean initial) {
        return new Write(op, new Hlc(op.seq(), 0), Value.text(value), initial);
    }

    private static List<OpId> ofTitle(Write... tips) {
        return Conflict.ofField(NODE, Field.TITLE, new Register(List.of(tips))).orElseThrow().ops();
    }

    @Test
    void firstValuesCountOnlyAmongThemselves() {
        assertThat(ofTitle(write(op(2, 1), "b", true), write(op(1, 1), "a", true))).containsExactly(op(1, 1), op(2, 1));
        assertThat(ofTitle(write(op(1, 2), "a", false), write(op(2, 2), "b", false), write(op(3, 1), "c", true)))
                .containsExactly(op(1, 2), op(2, 2));
    }

    @Test
    void aRaceByItselfIsTheConflictThatItIsAlone() {
        Race race = new Race(op(1, 1), op(2, 1), false);
        assertThat(Conflict.ofText(NODE, "body", List.of(race))).containsExactly(Conflict.ofRace(NODE, "body", race));
        assertThat(Conflict.ofRace(NODE, "body", race).kind().word()).isEqualTo("body");
        assertThat(Conflict.settled(NODE, "body", race)).isEqualTo(new Field(Race.SETTLED, Conflict.ofRace(NODE, "body", race).id().toString()));
    }

    @Test
    void racesThatShareAnEditAreOneAndOthersAreNot() {
        List<Conflict> conflicts = Conflict.ofText(NODE, "body", List.of(new Race(op(1, 1), op(2, 1), false), new Race(op(3, 1), op(4, 1), false),
                new Race(op(2, 1), op(5, 1), false), new Race(op(5, 1), op(3, 1), true)));
        assertThat(conflicts).extracting(Conflict::ops).containsExactlyInAnyOrder(List.of(op(1, 1), op(2, 1), op(5, 1)), List.of(op(3, 1), op(4, 1)));
    }

    @Test
    void underOtherNamesItIsTheConflictOfThose() {
        Race before = new Race(op(1, 1), op(2, 5), false);
        Race after = new Race(op(1, 1), op(3, 2), false);
        assertThat(Conflict.ofRace(NODE, "body", before).with(op -> op.equals(op(2, 5)) ? op(3, 2) : op)).isEqualTo(Conflict.ofRace(NODE, "body", after));
    }

    @Test
    void aRingIsNamedByItsMovesInAnyOrder() {
        Conflict ring = Conflict.ofCycle(NODE, List.of(op(2, 1), op(1, 1)));
        assertThat(ring).isEqualTo(Conflict.ofCycle(NODE, Set.of(op(1, 1), op(2, 1))));
        assertThat(ring.kind()).isEqualTo(Conflict.Kind.CYCLE);
        assertThat(ring.ops()).containsExactly(op(1, 1), op(2, 1));
    }

    @Test
    void anEditThatNoDeleteSawIsAConflictUnlessItSawTheDelete() {
        List<OpId> edits = List.of(op(1, 1), op(2, 1), op(3, 1));
        // The tombstone 9 had seen edit 1, and edit 2 had seen it.
        assertThat(Conflict.ofDelete(NODE, Set.of(op(9, 1)), edits, (one, other) -> one.equals(op(9, 1)) && other.equals(op(1, 1))
                || one.equals(op(2, 1)) && other.equals(op(9, 1))).orElseThrow().ops()).containsExactly(op(3, 1), op(9, 1));
        assertThat(Conflict.ofDelete(NODE, Set.of(op(9, 1)), edits, (one, other) -> true)).isEmpty();
        assertThat(Conflict.ofDelete(NODE, Set.of(), edits, (one, other) -> false)).isEmpty();
    }
}
