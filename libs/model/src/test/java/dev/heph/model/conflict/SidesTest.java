package dev.heph.model.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** "Races in a text" in docs/design/merge.md: a side is the last racing op of a device and what it wrote after that, until it knew of another side. */
class SidesTest {
    private final List<Sides.Seen> history = new ArrayList<>();

    private static OpId a(long seq) {
        return new OpId(new DeviceId(new Id(1, 1)), seq);
    }

    private static OpId b(long seq) {
        return new OpId(new DeviceId(new Id(2, 2)), seq);
    }

    private static OpId c(long seq) {
        return new OpId(new DeviceId(new Id(3, 3)), seq);
    }

    private static Version version(OpId... ends) {
        return Arrays.stream(ends).reduce(Version.EMPTY, Version::with, (one, other) -> other);
    }

    /** An action of one op, of a text as it is here. */
    private void wrote(OpId op, OpId... known) {
        wrote(op, new Id(op.device().id().high(), op.seq()), version(known), version(known));
    }

    private void wrote(OpId op, Id action, Version known, Version past) {
        history.add(new Sides.Seen(op, action, known, past));
    }

    private Sides sides(OpId... racing) {
        return Sides.of(history, Set.of(racing));
    }

    private static List<OpId> ops(Sides sides) {
        return sides.sides().stream().map(Sides.Side::op).toList();
    }

    @Test
    void twoEditsOfOneVersionAreTwoSidesOfIt() {
        wrote(a(1));
        wrote(b(1), a(1));
        wrote(a(2), a(1));
        Sides sides = sides(b(1), a(2));
        assertThat(ops(sides)).as("ascending").containsExactly(a(2), b(1));
        assertThat(sides.base()).isEqualTo(version(a(1)));
        assertThat(sides.merged()).isEqualTo(version(a(2), b(1)));
        assertThat(sides.sides()).extracting(Sides.Side::known).containsExactly(version(a(1)), version(a(1)));
        assertThat(sides.sides()).extracting(Sides.Side::own).containsExactly(Set.of(a(2)), Set.of(b(1)));
    }

    @Test
    void whatADeviceWroteAfterItsRacingEditIsOfItsSide() {
        wrote(a(1));
        wrote(b(1));
        wrote(a(2), a(1));
        wrote(a(3), a(2));
        Sides sides = sides(a(1), b(1));
        assertThat(ops(sides)).containsExactly(a(3), b(1));
        assertThat(sides.base()).isEqualTo(Version.EMPTY);
        assertThat(sides.merged()).isEqualTo(version(a(3), b(1)));
    }

    @Test
    void untilItKnewOfTheOther() {
        wrote(a(1));
        wrote(b(1));
        wrote(a(2), a(1));
        wrote(a(3), a(2), b(1));
        wrote(a(4), a(3), b(1));
        wrote(b(2), b(1), a(1));
        Sides sides = sides(a(1), b(1));
        assertThat(ops(sides)).containsExactly(a(2), b(1));
        assertThat(sides.merged()).as("nothing later").isEqualTo(version(a(2), b(1)));
    }

    @Test
    void whatAnotherDeviceWroteOfItIsNot() {
        wrote(a(1));
        wrote(b(1));
        wrote(c(9), a(1));
        assertThat(ops(sides(a(1), b(1)))).containsExactly(a(1), b(1));
    }

    /** From an old buffer: it does not build on what the side says. */
    @Test
    void whatItWroteFromAnOlderVersionIsNot() {
        wrote(c(1));
        wrote(a(1), c(1));
        wrote(b(1), c(1));
        wrote(a(2), new Id(7, 7), version(c(1)), version(c(1), a(1)));
        wrote(a(3), c(1), a(1));
        Sides sides = sides(a(1), b(1));
        assertThat(ops(sides)).as("but what builds on it again").containsExactly(a(3), b(1));
        assertThat(sides.base()).isEqualTo(version(c(1)));
    }

    @Test
    void aDeviceMayRaceWithItself() {
        wrote(a(1));
        wrote(a(2), a(1));
        wrote(a(3), new Id(7, 7), version(a(1)), version(a(2)));
        wrote(a(4), new Id(8, 8), version(a(2)), version(a(3)));
        Sides sides = sides(a(2), a(3));
        assertThat(ops(sides)).as("each ends where the other begins").containsExactly(a(2), a(3));
        assertThat(sides.base()).isEqualTo(version(a(1)));
    }

    @Test
    void theEditsOfOneActionAreOneSide() {
        Id action = new Id(9, 9);
        wrote(a(1), action, Version.EMPTY, Version.EMPTY);
        wrote(a(2), action, Version.EMPTY, version(a(1)));
        wrote(b(1));
        Sides sides = sides(a(1), a(2), b(1));
        assertThat(ops(sides)).containsExactly(a(2), b(1));
        assertThat(sides.sides().getFirst().own()).containsExactlyInAnyOrder(a(1), a(2));
    }

    @Test
    void anEditThatIsBuiltOnByAnotherThatRacesIsNoSide() {
        wrote(a(1));
        wrote(b(1));
        wrote(c(1), a(1));
        assertThat(ops(sides(a(1), b(1), c(1)))).containsExactly(b(1), c(1));
    }

    @Test
    void theBaseIsWhatAllWereMadeFrom() {
        wrote(a(5), c(2), b(3));
        wrote(b(6), c(4), b(3));
        wrote(c(7), c(4));
        assertThat(sides(a(5), b(6), c(7)).base()).isEqualTo(version(c(2)));
    }

    @Test
    void whatIsMergedHasAllThatWasThereThen() {
        wrote(a(1), new Id(7, 7), version(c(1)), version(c(3)));
        wrote(b(1), c(2));
        assertThat(sides(a(1), b(1)).merged()).isEqualTo(version(a(1), b(1), c(3)));
    }
}
