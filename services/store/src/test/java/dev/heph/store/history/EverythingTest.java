package dev.heph.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Version;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Space;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.TestReplica;
import dev.heph.store.replica.Undo;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything as of a moment, with what other devices did. */
class EverythingTest {
    private static final long MORNING = 1_000_000_000L;
    private static final long NOON = 2_000_000_000L;

    private final TestReplica one = new TestReplica(1, MORNING);
    private final TestReplica two = new TestReplica(2, MORNING + 1_000_000);
    private final Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of("# Soup\ncold\n")));

    @AfterEach
    void rebuiltIsWhatItWas() {
        meet();
        assertThat(one.examine()).allMatch(Doctor.Check::ok);
        one.close();
        two.close();
    }

    private void meet() {
        one.pull(two);
        two.pull(one);
        assertThat(two.digest()).isEqualTo(one.digest());
    }

    private static void save(TestReplica replica, Id id, String body) {
        replica.change(change -> change.save(id, "body", body, Optional.empty()));
    }

    private static void restore(TestReplica replica, long to) {
        replica.read(tx -> {
            Change change = replica.replica().change(tx);
            new Everything(tx, Space.PERSONAL, to).carryOut(change);
            return change.commit();
        });
    }

    private static Version cut(TestReplica replica, long at) {
        return replica.read(tx -> Cut.at(tx, Space.PERSONAL, new Devices(Space.PERSONAL), at));
    }

    @Test
    void whatOtherDevicesDidSinceGoesAndWhatTheyDidBeforeStays() {
        meet();
        save(two, note, "# Soup\nhot\n");
        meet();
        one.now(NOON + 1_000);
        two.now(NOON + 1_000);
        Id since = two.change(change -> NodeCommands.create(change, Kind.DOC, "Bread", Optional.empty()));
        save(two, note, "# Soup\nburnt\n");
        meet();
        save(one, note, "# Soup\nburnt, all of it\n");
        restore(one, NOON);
        meet();
        assertThat(two.body(note)).isEqualTo("# Soup\nhot\n");
        assertThat(two.<Boolean>change(change -> change.isTombstoned(since))).isTrue();

        one.read(tx -> new Undo(one.replica(), tx).undo(false).orElseThrow().change().commit());
        meet();
        assertThat(two.body(note)).isEqualTo("# Soup\nburnt, all of it\n");
        assertThat(two.<Boolean>change(change -> change.isTombstoned(since))).isFalse();
    }

    @Test
    void whatWasNotHeardOfYetIsNew() {
        meet();
        one.now(NOON + 1_000);
        two.now(NOON + 1_000);
        save(two, note, "# Soup\ncold\nand bread\n");
        restore(one, NOON);
        meet();
        assertThat(one.body(note)).isEqualTo("# Soup\ncold\nand bread\n");
    }

    /** By its own clock a device did something in the morning; but it had seen what another one did at noon. */
    @Test
    void whoHadSeenWhatCameLaterCameLaterToo() {
        meet();
        one.now(NOON);
        save(one, note, "# Soup\nhot\n");
        long seen = one.knows(one);
        meet();
        save(two, note, "# Soup\nvery hot\n");
        meet();
        assertThat(cut(one, NOON - 1).seqs()).doesNotContainKey(two.replica().device());
        assertThat(cut(one, NOON + 1_000).seqs()).containsEntry(one.replica().device(), seen).containsKey(two.replica().device());
        restore(two, NOON - 1);
        meet();
        assertThat(one.body(note)).isEqualTo("# Soup\ncold\n");
    }
}
