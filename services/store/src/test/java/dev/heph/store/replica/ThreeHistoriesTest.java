package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two copies hold what a third history of their id lacks: they write it anew as one ("devices" in docs/design/merge.md). */
class ThreeHistoriesTest {
    private final TestReplica phone = new TestReplica(2, 2_000_000);
    private final TestReplica laptop = new TestReplica(1, 1_000_000);
    private final Op.Link alias = new Op.Link(new Id(0, 1), "alias", new Id(0, 2), Optional.empty());
    private Id soup;
    private Id stew;
    private TestReplica copy;
    private TestReplica second;

    /** The laptop and the phone have met; the copy wrote something after that, and was copied in its turn. */
    @BeforeEach
    void begin() {
        soup = laptop.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.empty()));
        stew = laptop.change(change -> NodeCommands.create(change, Kind.DOC, "Stew", Optional.empty()));
        laptop.tell(phone);
        copy = laptop.copy();
        act(laptop, change -> change.append(new Op.LogAppend(soup, "laptop")));
        laptop.tell(phone);

        act(copy, change -> change.append(new Op.LogAppend(soup, "copied")));
        act(copy, change -> change.set(soup, Field.TITLE, Value.text("Hot soup")));
        act(copy, change -> change.link(alias));
        act(copy, change -> change.tombstone(stew));
        second = copy.copy("second");
    }

    @AfterEach
    void stop() {
        List.of(phone, laptop, copy, second).forEach(TestReplica::close);
    }

    private static void act(TestReplica replica, Consumer<Change> deed) {
        replica.change(change -> {
            deed.accept(change);
            return null;
        });
    }

    private static void meet(TestReplica one, TestReplica other) {
        one.tell(other);
        other.tell(one);
    }

    private static List<String> entries(TestReplica replica) {
        return replica.read(tx -> tx.all("SELECT text FROM entries", row -> row.getString(1)));
    }

    private static long count(TestReplica replica, String table) {
        return replica.<Long>read(tx -> tx.first("SELECT count(*) FROM " + table, row -> row.getLong(1)).orElseThrow());
    }

    private void settle() {
        for (TestReplica replica : List.of(copy, second, laptop, copy, second, laptop)) {
            meet(phone, replica);
        }
        for (TestReplica replica : List.of(laptop, copy, second)) {
            assertThat(replica.digest()).isEqualTo(phone.digest());
            assertThat(replica.examine()).allMatch(Doctor.Check::ok);
        }
    }

    @Test
    void whatBothCopiesHoldIsThereOnce() {
        act(copy, change -> change.append(new Op.LogAppend(soup, "by the copy")));
        act(second, change -> change.append(new Op.LogAppend(soup, "by the second")));
        settle();
        assertThat(entries(phone)).containsExactlyInAnyOrder("laptop", "copied", "by the copy", "by the second");
        assertThat(List.of(laptop, copy, second)).extracting(replica -> replica.replica().device()).doesNotHaveDuplicates();
    }

    @Test
    void whatOneChangesLaterOfThatIsChanged() {
        act(second, change -> change.set(soup, Field.TITLE, Value.text("Cold soup")));
        act(second, change -> change.unlink(alias));
        act(second, change -> change.restore(stew));
        settle();
        assertThat(phone.title(soup)).isEqualTo("Cold soup");
        assertThat(count(phone, "conflicts")).isZero();
        assertThat(count(phone, "link_tags")).isZero();
        assertThat(count(phone, "tombstones")).isZero();
    }

    /** Until one of them writes something they are one device, in all respects. */
    @Test
    void copiesThatWroteNothingSinceAreTheSameUntilOneDoes() {
        second.close();
        second = copy.copy();
        settle();
        assertThat(second.replica().device()).isEqualTo(copy.replica().device()).isNotEqualTo(laptop.replica().device());
        act(copy, change -> change.append(new Op.LogAppend(soup, "by the copy")));
        act(second, change -> change.append(new Op.LogAppend(soup, "by the second")));
        settle();
        assertThat(second.replica().device()).isNotEqualTo(copy.replica().device());
        assertThat(entries(phone)).containsExactlyInAnyOrder("laptop", "copied", "by the copy", "by the second");
    }

    /** The copy has told the phone under its new id before the second hears of any other history of the old one. */
    @Test
    void whoHearsOfItsCopyFirstFollows() {
        act(second, change -> change.append(new Op.LogAppend(soup, "by the second")));
        act(copy, change -> change.append(new Op.LogAppend(soup, "by the copy")));
        meet(phone, copy);
        DeviceId before = second.replica().device();
        phone.forwardTo(second, copy);
        assertThat(second.replica().device()).isNotIn(before, copy.replica().device());
        assertThat(entries(second)).containsExactlyInAnyOrder("copied", "by the copy", "by the second");
        settle();
        assertThat(entries(phone)).containsExactlyInAnyOrder("laptop", "copied", "by the copy", "by the second");
    }

    @Test
    void aCopyOfAnotherNameIsCalledThat() {
        act(copy, change -> change.append(new Op.LogAppend(soup, "by the copy")));
        act(second, change -> change.append(new Op.LogAppend(soup, "by the second")));
        settle();
        assertThat(phone.<List<String>>read(tx -> tx.all("SELECT name FROM devices WHERE name IS NOT NULL", row -> row.getString(1))))
                .containsExactlyInAnyOrder("device 1", "device 1", "second");
    }
}
