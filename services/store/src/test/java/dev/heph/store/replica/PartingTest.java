package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.ConflictCommands;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.view.Views;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two devices under one id, by a copy or a backup: one takes a new id, and nothing is lost or there twice ("devices" in docs/design/merge.md). */
class PartingTest {
    private final TestReplica phone = new TestReplica(2, 2_000_000);
    private final TestReplica laptop = new TestReplica(1, 1_000_000);
    private Id soup;
    private TestReplica copy;

    @BeforeEach
    void begin() {
        soup = laptop.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of("water\n- [ ] salt\n")));
        laptop.tell(phone);
        copy = laptop.copy();
    }

    @AfterEach
    void stop() {
        phone.close();
        laptop.close();
        copy.close();
    }

    private static void save(TestReplica replica, Id id, String body) {
        replica.change(change -> change.save(id, Views.BODY, body, Optional.empty()));
    }

    private static void title(TestReplica replica, Id id, String title) {
        replica.change(change -> {
            change.set(id, Field.TITLE, Value.text(title));
            return null;
        });
    }

    private static void log(TestReplica replica, Id id, String text) {
        replica.change(change -> {
            change.append(new Op.LogAppend(id, text));
            return null;
        });
    }

    private static long ops(TestReplica replica) {
        return replica.<Long>read(tx -> tx.first("SELECT count(*) FROM ops", row -> row.getLong(1)).orElseThrow());
    }

    private static List<String> entries(TestReplica replica) {
        return replica.read(tx -> tx.all("SELECT text FROM entries ORDER BY hlc, text", row -> row.getString(1)));
    }

    @Test
    void theNameThatSomebodyGaveGoesAlong() {
        laptop.read(tx -> {
            new Rights(laptop.replica(), tx).rename("Ada");
            return null;
        });
        laptop.tell(phone);
        copy.close();
        copy = laptop.copy();
        save(laptop, soup, "water\n");
        save(copy, soup, "broth\n");
        settle();
        List<String> names = phone.read(tx -> tx.all("SELECT name FROM devices WHERE name <> 'device 2'", row -> row.getString(1)));
        assertThat(names).containsExactly("Ada", "Ada");
    }

    /** Everybody tells everybody everything; all are then the same, and what a rebuild gives. */
    private void settle() {
        phone.tell(copy);
        copy.tell(phone);
        phone.tell(laptop);
        laptop.tell(phone);
        phone.tell(copy);
        assertThat(copy.digest()).isEqualTo(phone.digest());
        assertThat(laptop.digest()).isEqualTo(phone.digest());
        for (TestReplica replica : List.of(copy, laptop, phone)) {
            assertThat(replica.examine()).allMatch(Doctor.Check::ok);
        }
    }

    @Test
    void aCopyThatNoticesTakesANewIdAndBothKeepWhatTheyWrote() {
        DeviceId shared = laptop.replica().device();
        save(laptop, soup, "water and wine\n- [ ] salt\n");
        log(laptop, soup, "by the laptop");
        save(copy, soup, "water\n- [x] salt\n- [ ] pepper\n");
        log(copy, soup, "by the copy");
        laptop.tell(phone);
        long before = ops(copy);

        phone.tell(copy);
        assertThat(copy.replica().device()).isNotEqualTo(shared);
        assertThat(ops(copy)).as("its own, the laptop's, and an introduction").isEqualTo(before + 2 + 1);
        settle();
        assertThat(laptop.replica().device()).isEqualTo(shared);
        assertThat(phone.body(soup)).isEqualTo("water and wine\n- [x] salt\n- [ ] pepper\n");
        assertThat(entries(phone)).containsExactlyInAnyOrder("by the laptop", "by the copy");
    }

    @Test
    void aFieldThatBothWroteIsAConflictOnAll() {
        title(laptop, soup, "Hot soup");
        title(copy, soup, "Cold soup");
        laptop.tell(phone);
        settle();
        assertThat(phone.<List<String>>read(tx -> tx.all("SELECT kind FROM conflicts", row -> row.getString(1)))).containsExactly("field");
    }

    @Test
    void whatRefersToItselfStillDoes() {
        title(copy, soup, "Cold soup");
        title(copy, soup, "Warm soup");
        Op.Link link = new Op.Link(soup, "alias", soup, Optional.of("Gazpacho"));
        copy.change(change -> act(() -> change.link(link)));
        copy.change(change -> act(() -> change.unlink(link)));
        copy.change(change -> act(() -> change.tombstone(soup)));
        copy.change(change -> act(() -> change.restore(soup)));
        save(copy, soup, "all gone");
        copy.read(tx -> new Undo(copy.replica(), tx).undo(true).map(taken -> taken.change().commit()));
        log(laptop, soup, "something");
        laptop.tell(phone);
        settle();
        assertThat(phone.title(soup)).isEqualTo("Warm soup");
        assertThat(phone.body(soup)).isEqualTo("water\n- [ ] salt\n");
        assertThat(phone.<Long>read(tx -> tx.first("SELECT (SELECT count(*) FROM tombstones) + (SELECT count(*) FROM link_tags)"
                + " + (SELECT count(*) FROM conflicts)", row -> row.getLong(1)).orElseThrow())).isZero();
        assertThat(copy.<Long>read(tx -> tx.first("SELECT count(*) FROM ops WHERE applied = 0", row -> row.getLong(1)).orElseThrow())).isZero();
    }

    /** A text that also stands in a file: what the file says is named by ops, in a register. */
    @Test
    void aFileThatWasTakenInIsStillTheSameFile() {
        Branch before = copy.change(change -> {
            Branch branch = Branch.at(change.version(soup, Views.BODY));
            change.set(soup, Field.SOURCE_REV, Value.text(branch.text()));
            return branch;
        });
        save(copy, soup, "water\n- [ ] salt\nedited here\n");
        copy.change(change -> {
            Branch now = change.merge(soup, Views.BODY, before, change.elsewhere(soup, Views.BODY, before), "hot water\n- [ ] salt\n");
            change.set(soup, Field.SOURCE_REV, Value.text(now.text()));
            return null;
        });
        save(copy, soup, "hot water\n- [ ] salt\nedited here\nand there\n");
        save(laptop, soup, "water\n- [ ] salt\n- [ ] pepper\n");
        laptop.tell(phone);
        settle();
        assertThat(elsewhere(phone)).isEqualTo("hot water\n- [ ] salt\n");
        assertThat(phone.body(soup)).contains("hot water", "edited here", "and there", "- [ ] pepper");
    }

    private String elsewhere(TestReplica replica) {
        return replica.change(change -> change.elsewhere(soup, Views.BODY, change.value(soup, Field.SOURCE_REV).flatMap(Value::asText)
                .flatMap(Branch::parse).orElseThrow()).shown());
    }

    @Test
    void whatWasSettledStaysSettled() {
        save(copy, soup, "wine\n- [ ] salt\n");
        save(phone, soup, "milk\n- [ ] salt\n");
        phone.tell(copy);
        Id conflict = copy.read(tx -> tx.first("SELECT id FROM conflicts", row -> Id.of(row.getBytes(1))).orElseThrow());
        copy.change(change -> ConflictCommands.settle(change, conflict, new ConflictCommands.Choice.Merged()));
        log(laptop, soup, "laptop");
        laptop.tell(phone);
        settle();
        assertThat(phone.<Long>read(tx -> tx.first("SELECT count(*) FROM races", row -> row.getLong(1)).orElseThrow())).isPositive();
        assertThat(phone.<Long>read(tx -> tx.first("SELECT count(*) FROM conflicts", row -> row.getLong(1)).orElseThrow())).isZero();
    }

    @Test
    void aSaveAgainstAnOldVersionIsStillOne() {
        Version loaded = copy.read(tx -> copy.replica().change(tx).version(soup, Views.BODY));
        save(copy, soup, "water\n- [ ] salt\none more line\n");
        Version between = copy.read(tx -> copy.replica().change(tx).version(soup, Views.BODY));
        save(copy, soup, "water\n- [ ] salt\none more line\nand another\n");
        copy.change(change -> change.save(soup, Views.BODY, "cold water\n- [ ] salt\none more line\n", Optional.of(between)));
        copy.change(change -> change.save(soup, Views.BODY, "water\n- [ ] salt and pepper\n", Optional.of(loaded)));
        log(laptop, soup, "laptop");
        laptop.tell(phone);
        settle();
        assertThat(phone.body(soup)).isEqualTo("cold water\n- [ ] salt and pepper\none more line\nand another\n");
        assertThat(phone.<List<Optional<Version>>>read(tx -> phone.replica().log().range(tx, copy.replica().device(), 1, 100).stream()
                .flatMap(bundle -> bundle.ops().stream())
                .filter(op -> op instanceof Op.TextChange)
                .map(op -> ((Op.TextChange) op).base())
                .filter(Optional::isPresent)
                .toList()))
                .as("versions that end with the renamed ops, or with the shared ones")
                .hasSize(2)
                .allSatisfy(base -> assertThat(base.orElseThrow().seqs()).containsKey(laptop.replica().device()))
                .anySatisfy(base -> assertThat(base.orElseThrow().seqs()).containsKey(copy.replica().device()));
    }

    @Test
    void thePersonIsTold() {
        assertThat(copy.examine()).extracting(Doctor.Check::name).doesNotContain("device id");
        log(copy, soup, "copy");
        log(laptop, soup, "laptop");
        laptop.tell(phone);
        settle();
        assertThat(copy.examine()).anySatisfy(check -> assertThat(check.detail())
                .contains("has a new id since 1970-01-01T00:", laptop.replica().device().toString(), "cloned or restored"));
    }

    @Test
    void aRestoredBackupTakesWhatOthersHaveOfItAndGoesOn() {
        title(laptop, soup, "Good soup");
        log(laptop, soup, "lost with the disk");
        laptop.tell(phone);
        log(copy, soup, "after the restore");
        settle();
        assertThat(phone.title(soup)).isEqualTo("Good soup");
        assertThat(entries(copy)).containsExactlyInAnyOrder("lost with the disk", "after the restore");
    }

    @Test
    void aBackupThatHasWrittenNothingYetTakesANewIdToo() {
        title(laptop, soup, "Good soup");
        laptop.tell(phone);
        phone.tell(copy);
        assertThat(copy.replica().device()).isNotEqualTo(laptop.replica().device());
        log(copy, soup, "hello");
        settle();
        assertThat(entries(laptop)).containsExactly("hello");
    }

    @Test
    void oneThatHadOnlyIntroducedItselfHasSeenWhatItHadSeen() {
        try (TestReplica phoneCopy = phone.copy()) {
            phoneCopy.change(change -> null);
            log(phone, soup, "hello");
            phone.tell(laptop);
            laptop.tell(phoneCopy);
            title(phoneCopy, soup, "Good soup");
            phoneCopy.tell(laptop);
            assertThat(laptop.<Long>read(tx -> tx.first("SELECT count(*) FROM tips WHERE field = 'title'", row -> row.getLong(1)).orElseThrow())).isOne();
            assertThat(laptop.digest()).isEqualTo(phoneCopy.digest());
        }
    }

    @Test
    void itsOwnBundlesComingBackAreNoReason() {
        log(laptop, soup, "one");
        laptop.tell(phone);
        phone.tell(laptop);
        assertThat(laptop.<Long>read(tx -> tx.first("SELECT count(*) FROM identities", row -> row.getLong(1)).orElseThrow())).isZero();
        settle();
    }

    @Test
    void aCopyOfTheCopyTakesAThirdId() {
        log(laptop, soup, "laptop");
        log(copy, soup, "copy");
        laptop.tell(phone);
        phone.tell(copy);
        try (TestReplica third = copy.copy()) {
            log(copy, soup, "copy again");
            log(third, soup, "third");
            copy.tell(phone);
            phone.tell(third);
            third.tell(phone);
            settle();
            phone.tell(third);
            assertThat(third.digest()).isEqualTo(phone.digest());
            assertThat(List.of(laptop, copy, third)).extracting(replica -> replica.replica().device()).doesNotHaveDuplicates();
        }
        assertThat(entries(phone)).containsExactlyInAnyOrder("laptop", "copy", "copy again", "third");
    }

    @Test
    void whatOthersHaveBuiltOnIsNotTakenAway() {
        log(copy, soup, "copy");
        try (TestReplica desk = new TestReplica(3, 3_000_000)) {
            copy.tell(desk);
            log(desk, soup, "desk");
            desk.tell(copy);
            log(laptop, soup, "laptop");
            laptop.tell(phone);
            var before = copy.digest();
            assertThatThrownBy(() -> phone.forwardTo(copy, laptop)).hasMessageContaining("two histories").hasMessageContaining("the other one must");
            assertThat(copy.digest()).isEqualTo(before);

            desk.tell(laptop);
            assertThat(laptop.digest()).as("the laptop is the one that gives way").isNotEqualTo(before);
            assertThat(entries(laptop)).containsExactlyInAnyOrder("copy", "desk", "laptop");
        }
    }

    @Test
    void killedBeforeTheCommitItIsWhoItWas() {
        log(laptop, soup, "laptop");
        log(copy, soup, "copy");
        laptop.tell(phone);
        DeviceId shared = copy.replica().device();
        var before = copy.digest();
        var segment = laptop.segment(1).orElseThrow();
        assertThatThrownBy(() -> copy.read(tx -> {
            copy.replica().receive(tx, segment);
            throw new IllegalStateException("killed");
        })).hasMessage("killed");
        assertThat(copy.replica().device()).isEqualTo(shared);
        assertThat(copy.digest()).isEqualTo(before);
        copy = copy.restarted();
        log(copy, soup, "still under the shared id");
        settle();
        assertThat(entries(phone)).containsExactlyInAnyOrder("laptop", "copy", "still under the shared id");
    }

    @Test
    void killedAfterTheCommitItIsWhoItBecame() {
        log(laptop, soup, "laptop");
        log(copy, soup, "copy");
        copy.receive(laptop.segment(1).orElseThrow());
        DeviceId next = copy.replica().device();
        copy = copy.restarted(); // the key of the new id is not in its place yet
        log(copy, soup, "after");
        assertThat(copy.replica().device()).isEqualTo(next);
        settle();
        assertThat(entries(phone)).containsExactlyInAnyOrder("laptop", "copy", "after");
    }

    /** What is undone first is what it did itself, under whatever id. */
    @Test
    void whatItDidIsUndoneAlsoRightAfterItsStart() {
        log(laptop, soup, "laptop");
        title(copy, soup, "Cold soup");
        copy.receive(laptop.segment(1).orElseThrow());
        copy = copy.restarted();
        copy.read(tx -> new Undo(copy.replica(), tx).undo(true).map(taken -> taken.change().commit()));
        assertThat(copy.title(soup)).isEqualTo("Soup");
    }

    /** An editor has had the text open since before: what it names as its version has another name by now, and the old name is another's. */
    @Test
    void whatWasLoadedBeforeIsSavedAsWhatItWas() {
        save(laptop, soup, "water\n- [ ] salt\nby the laptop\n");
        save(copy, soup, "water\n- [ ] salt\nby the copy\n");
        Version loaded = copy.read(tx -> copy.replica().change(tx).version(soup, Views.BODY));
        laptop.tell(phone);
        phone.tell(copy);
        copy.change(change -> change.save(soup, Views.BODY, "water\n- [ ] salt\nby the copy and its editor\n", Optional.of(loaded)));
        settle();
        assertThat(phone.body(soup).lines()).startsWith("water", "- [ ] salt")
                .containsExactlyInAnyOrder("water", "- [ ] salt", "by the laptop", "by the copy and its editor");
    }

    private static Void act(Runnable deed) {
        deed.run();
        return null;
    }
}
