package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Segment;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Devices that tell each other of writing and of a revocation in whatever order show the same ("devices" in docs/design/merge.md). */
class RevocationOrderTest {
    private static void revoke(TestReplica by, TestReplica lost) {
        by.read(tx -> {
            new Rights(by.replica(), tx).revoke(lost.replica().device(tx), OptionalLong.empty());
            return null;
        });
    }

    private static Id note(TestReplica by, String title) {
        return by.change(change -> NodeCommands.create(change, Kind.DOC, title, Optional.of(title + " is here\n")));
    }

    private static void save(TestReplica by, Id note, String body) {
        by.change(change -> change.save(note, Views.BODY, body, Optional.empty()));
    }

    @Test
    void whoHeardOfItFirstRefusesWhatCameAfterAndWhoHadTakenItLeavesItOut() {
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica lost = new TestReplica(2, 2_000_000); TestReplica late = new TestReplica(3, 3_000_000)) {
            Id soup = note(lost, "Soup");
            one.pull(lost);
            late.pull(lost);
            Segment after = lost.change(change -> {
                change.set(soup, Field.TITLE, Value.text("Stolen"));
                return lost;
            }).segment(one.knows(lost) + 1).orElseThrow();
            late.receive(after);
            assertThat(late.title(soup)).isEqualTo("Stolen");
            revoke(one, lost);
            assertThatThrownBy(() -> one.receive(after)).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REVOKED))
                    .hasMessageContaining("was revoked by device 1");
            late.pull(one);
            assertThat(late.title(soup)).isEqualTo("Soup");
            assertThat(late.digest()).isEqualTo(one.digest());
            assertThat(late.examine()).allMatch(Doctor.Check::ok);
        }
    }

    /** The buffer holds words that do not count any more: what is said of them would come to nothing. */
    @Test
    void whatIsSavedOnTopOfWordsThatDoNotCountIsRefused() {
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica lost = new TestReplica(2, 2_000_000); TestReplica late = new TestReplica(3, 3_000_000)) {
            note(lost, "Bread");
            one.pull(lost);
            Id soup = note(one, "Soup");
            late.takeAll(lost, one);
            lost.pull(one);
            save(lost, soup, "Soup is here\nand quite cold\n");
            late.pull(lost);
            Version shown = late.change(change -> change.version(soup, Views.BODY));
            revoke(one, lost);
            late.pull(one);
            assertThat(late.body(soup)).isEqualTo("Soup is here\n");
            assertThatThrownBy(() -> late.change(change -> change.save(soup, Views.BODY, "Soup is here\nand quite very cold\n", Optional.of(shown))))
                    .hasMessageContaining("load the note again");
            assertThat(late.body(soup)).isEqualTo("Soup is here\n");
            one.pull(late);
            assertThat(late.digest()).isEqualTo(one.digest());
        }
    }

    @Test
    void anUndoBringsBackWhatCountsNotWhatWasWrittenOver() {
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica lost = new TestReplica(2, 2_000_000); TestReplica late = new TestReplica(3, 3_000_000)) {
            note(lost, "Bread");
            one.pull(lost);
            Id soup = note(late, "Soup");
            lost.pull(late);
            title(lost, soup, "Stolen");
            title(lost, soup, "Stolen again");
            late.pull(lost);
            title(late, soup, "Broth");
            revoke(one, lost);
            late.pull(one);
            assertThat(late.title(soup)).isEqualTo("Broth");
            late.read(tx -> {
                new Undo(late.replica(), tx).undo(false).orElseThrow().change().commit();
                return null;
            });
            assertThat(late.title(soup)).isEqualTo("Soup");
        }
    }

    private static void title(TestReplica by, Id note, String title) {
        by.change(change -> {
            change.set(note, Field.TITLE, Value.text(title));
            return note;
        });
    }

    @Test
    void aNameFromAfterTheEndIsForgotten() {
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica lost = new TestReplica(2, 2_000_000); TestReplica late = new TestReplica(3, 3_000_000)) {
            note(lost, "Soup");
            one.pull(lost);
            lost.read(tx -> {
                new Rights(lost.replica(), tx).rename("device 1");
                return null;
            });
            late.pull(lost);
            assertThat(names(late)).containsExactly("device 1");
            revoke(one, lost);
            late.pull(one);
            assertThat(names(late)).containsExactlyInAnyOrder("device 1", "device 2");
            assertThat(late.digest()).isEqualTo(one.digest());
        }
    }

    private static List<String> names(TestReplica replica) {
        return replica.read(tx -> tx.all("SELECT name FROM devices WHERE name <> 'device 3' ORDER BY name", row -> row.getString(1)));
    }

    @Test
    void aRevokedDeviceThatIsRestoredStaysWhoItIs() {
        try (TestReplica one = new TestReplica(1, 1_000_000); TestReplica lost = new TestReplica(2, 2_000_000)) {
            note(lost, "Soup");
            one.pull(lost);
            revoke(one, lost);
            lost.pull(one);
            DeviceId before = lost.replica().device();
            lost.read(tx -> tx.run("UPDATE spaces SET restored = 1"));
            lost.read(lost.replica()::goOnAfterRestore);
            assertThat(lost.replica().device()).isEqualTo(before);
            assertThatThrownBy(() -> revoke(lost, one)).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REVOKED));
        }
    }

    /** Three write beside each other in one note and in notes of their own, one of them is revoked somewhere, and what was said spreads in any order. */
    @Property(tries = 25)
    void theOrderDoesNotMatter(@ForAll Random random) {
        try (TestReplica lost = new TestReplica(1, 1_000_000); TestReplica two = new TestReplica(2, 2_000_000); TestReplica three = new TestReplica(3, 3_000_000)) {
            List<TestReplica> all = List.of(lost, two, three);
            Id shared = note(lost, "Shared");
            two.tell(lost);
            all.forEach(each -> lost.tell(each));
            int revoked = random.nextInt(12);
            for (int step = 0; step < 24; step++) {
                TestReplica one = all.get(random.nextInt(3));
                if (step == revoked || step == revoked + 6) {
                    revoke(random.nextBoolean() ? two : three, lost);
                } else if (random.nextInt(3) == 0) {
                    tell(one, all.get(random.nextInt(3)));
                } else if (random.nextBoolean()) {
                    save(one, shared, one.body(shared) + "line " + step + "\n");
                } else {
                    note(one, "Note " + step);
                }
            }
            for (int round = 0; round < 3; round++) {
                List<TestReplica> tellers = new ArrayList<>(all);
                Collections.shuffle(tellers, random);
                tellers.forEach(one -> all.forEach(other -> tell(one, other)));
            }
            assertThat(three.digest()).isEqualTo(two.digest());
            assertThat(two.examine()).allMatch(Doctor.Check::ok);
            assertThat(three.examine()).allMatch(Doctor.Check::ok);
            assertThat(lost.examine()).allMatch(Doctor.Check::ok);
        }
    }

    private static void tell(TestReplica one, TestReplica other) {
        if (one != other) {
            one.tell(other);
        }
    }
}
