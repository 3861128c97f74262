package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.WireException;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** "What a version does not know" in docs/design/merge.md: it is kept, passed on, and made up for once a version knows it. */
class LaterVersionTest {
    private final TestReplica laptop = new TestReplica(1, 1_000_000);
    private final TestReplica always = new TestReplica(3, 3_000_000);
    private TestReplica old;

    @AfterEach
    void stop() {
        laptop.close();
        always.close();
        old.close();
    }

    /** As a version reads that knows fewer types of ops. */
    private static Reading without(Predicate<Op> later) {
        return bundle -> bundle.ops().stream().map(op -> later.test(op) ? new Op.Unknown(op.type(), op.target()) : op).toList();
    }

    private static boolean isAttention(Op op) {
        return op instanceof Op.NodeSet set && set.field().equals(Field.ATTENTION);
    }

    private static Id task(TestReplica replica, String title) {
        return replica.change(change -> NodeCommands.create(change, Kind.TASK, title, Optional.empty()));
    }

    private static void attention(TestReplica replica, Id id, String attention) {
        replica.change(change -> {
            change.set(id, Field.ATTENTION, Value.text(attention));
            return null;
        });
    }

    private long unapplied() {
        return old.<Long>read(tx -> tx.first("SELECT (SELECT count(*) FROM ops WHERE applied = 0)"
                + " + (SELECT coalesce(sum(count), 0) FROM bundles WHERE applied = 0)", row -> row.getLong(1)).orElseThrow());
    }

    @Test
    void anOpBetweenKnownOnesIsMadeUpForInItsPlace() {
        old = TestReplica.older(2, 2_000_000, without(op -> isAttention(op) && ((Op.NodeSet) op).value().equals(Value.text("red"))));
        Id task = task(laptop, "Pay rent");
        attention(laptop, task, "white");
        attention(laptop, task, "red");
        attention(laptop, task, "orange"); // has seen what the old version cannot read
        old.pull(laptop);
        assertThat(unapplied()).isEqualTo(1);
        Id own = task(old, "Written by the old version");
        old.change(change -> change.save(task, "body", "and the deposit", Optional.empty()));

        old = old.upgraded();
        always.takeAll(laptop, old);
        assertThat(unapplied()).isZero();
        assertThat(old.digest()).isEqualTo(always.digest());
        assertThat(old.title(own)).isEqualTo("Written by the old version");
        assertThat(old.examine()).allMatch(Doctor.Check::ok);
        assertThat(old.<List<String>>read(tx -> tx.all("SELECT value FROM tips WHERE field = 'attention'", row -> row.getString(1))))
                .as("what was settled before is no conflict").hasSize(1);
    }

    @Test
    void whatTheOldVersionWroteWithoutKnowingIsAConflictOnAll() {
        old = TestReplica.older(2, 2_000_000, without(LaterVersionTest::isAttention));
        Id task = task(laptop, "Pay rent");
        attention(laptop, task, "red");
        old.pull(laptop);
        attention(old, task, "white");
        laptop.pull(old);

        old = old.upgraded();
        assertThat(old.digest()).isEqualTo(laptop.digest());
        assertThat(old.<Long>read(tx -> tx.first("SELECT count(*) FROM conflicts", row -> row.getLong(1)).orElseThrow())).isEqualTo(1);
    }

    @Test
    void aBundleThatCouldNotBeReadAtAllIsReadThen() {
        old = TestReplica.older(2, 2_000_000, bundle -> {
            if (bundle.ops().stream().anyMatch(LaterVersionTest::isAttention)) {
                throw new WireException("of a later format");
            }
            return bundle.ops();
        });
        Id task = task(laptop, "Pay rent");
        attention(laptop, task, "red");
        attention(laptop, task, "orange");
        old.pull(laptop);
        assertThat(unapplied()).isEqualTo(2);

        old = old.upgraded();
        assertThat(unapplied()).isZero();
        assertThat(old.digest()).isEqualTo(laptop.digest());
        assertThat(old.examine()).allMatch(Doctor.Check::ok);
    }

    @Test
    void whoCannotReadItPassesItOnByteForByte() {
        old = TestReplica.older(2, 2_000_000, without(LaterVersionTest::isAttention));
        Id task = task(laptop, "Pay rent");
        attention(laptop, task, "red");
        old.pull(laptop);
        old.forwardTo(always, laptop);
        assertThat(always.digest()).isEqualTo(laptop.digest());
        assertThat(bytes(always)).isEqualTo(bytes(laptop)).isEqualTo(bytes(old));
    }

    private List<String> bytes(TestReplica replica) {
        return replica.read(tx -> replica.replica().log().range(tx, laptop.replica().device(), 1, 100)).stream()
                .map((Bundle bundle) -> java.util.HexFormat.of().formatHex(bundle.headerBytes())
                        + java.util.HexFormat.of().formatHex(bundle.payload()))
                .toList();
    }

    @Test
    void anUpgradeThatIsKilledHasChangedNothingAndBeginsAgain() {
        old = TestReplica.older(2, 2_000_000, without(LaterVersionTest::isAttention));
        Id task = task(laptop, "Pay rent");
        attention(laptop, task, "red");
        old.pull(laptop);
        var before = old.digest();
        assertThatThrownBy(() -> old.read(tx -> {
            old.replica().again(tx);
            throw new IllegalStateException("killed");
        })).hasMessage("killed");
        assertThat(old.digest()).isEqualTo(before);

        old = old.upgraded();
        assertThat(old.digest()).isEqualTo(laptop.digest());
    }

    /** Who does not know that a text belongs to a task sees no edit of that, whichever comes first. */
    @Test
    void aDeletionAndAnEditComeInAnyOrderWhereTheirLinkIsNotKnown() {
        old = TestReplica.older(2, 2_000_000, without(op -> op instanceof Op.LinkAdd));
        TestReplica other = TestReplica.older(4, 4_000_000, without(op -> op instanceof Op.LinkAdd));
        Id task = laptop.change(change -> TaskCommands.create(change, new TaskCommands.NewTask("Pay rent", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), List.of(), true)));
        List.of(always, old, other).forEach(replica -> replica.pull(laptop));
        always.change(change -> change.save(DerivedId.canonicalContext(task), Views.BODY, "and the deposit", Optional.empty()));
        laptop.change(change -> {
            NodeCommands.tombstone(change, task);
            return null;
        });
        old.takeAll(laptop, always);
        other.takeAll(always, laptop);
        assertThat(old.digest()).isEqualTo(other.digest());
        always.pull(laptop);
        assertThat(always.<Long>read(tx -> tx.first("SELECT count(*) FROM conflicts", row -> row.getLong(1)).orElseThrow())).isEqualTo(1);
        other.close();
    }

    @Test
    void theLogIsGuardedAgainAfterwards() {
        old = TestReplica.older(2, 2_000_000, without(LaterVersionTest::isAttention));
        task(old, "Pay rent");
        old = old.upgraded();
        for (String sql : List.of("DELETE FROM ops", "DELETE FROM bundles")) {
            assertThatThrownBy(() -> old.read(tx -> tx.run(sql))).hasMessageContaining("append-only");
        }
        assertThat(old.backups()).singleElement().extracting(Path::getFileName).asString().startsWith("merge-");
    }

    @Test
    void whatThisVersionMadeIsNotMadeAgain() {
        old = new TestReplica(2, 2_000_000).upgraded();
        task(old, "Pay rent");
        old = old.upgraded();
        assertThat(old.backups()).isEmpty();
    }
}
