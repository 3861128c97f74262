package dev.heph.store.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Segment;
import dev.heph.model.op.WireException;
import dev.heph.runtime.Json;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.query.Dates;
import dev.heph.store.view.Views;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one replica writes, another takes: the same log, the same merge, the same views. */
class ReplicaTest {
    private final TestReplica laptop = new TestReplica(1, 1_000_000);
    private final TestReplica desk = new TestReplica(2, 2_000_000);

    @AfterEach
    void stop() {
        laptop.close();
        desk.close();
    }

    private static Id note(TestReplica replica, String title, String body) {
        return replica.change(change -> NodeCommands.create(change, Kind.DOC, title, Optional.of(body)));
    }

    private static void edit(TestReplica replica, Id id, String body) {
        replica.change(change -> change.save(id, Views.BODY, body, Optional.empty()));
    }

    @Test
    void theFirstOpOfADeviceIntroducesIt() {
        note(laptop, "Bread", "");
        assertThat(laptop.<String>read(tx -> tx.first("SELECT type FROM ops WHERE seq = 1", row -> row.getString(1)).orElseThrow()))
                .isEqualTo("device.enrol");
    }

    @Test
    void aSegmentCarriesEverythingToAnotherReplica() {
        Id id = note(laptop, "Bread", "flour [[Water]]");
        desk.pull(laptop);
        assertThat(desk.body(id)).isEqualTo("flour [[Water]]");
        assertThat(desk.digest()).isEqualTo(laptop.digest());
    }

    @Test
    void takingASegmentTwiceIsTakingItOnce() {
        note(laptop, "Bread", "flour");
        Segment segment = laptop.segment(1).orElseThrow();
        desk.receive(segment);
        var once = desk.digest();
        desk.receive(segment);
        assertThat(desk.digest()).isEqualTo(once);
    }

    @Test
    void editsMadeApartMeetInBothTexts() {
        Id id = note(laptop, "List", "milk\nbread\neggs\n");
        desk.pull(laptop);
        edit(laptop, id, "oat milk\nbread\neggs\n");
        edit(desk, id, "milk\nbread\neggs\nbutter\n");
        desk.pull(laptop);
        laptop.pull(desk);

        assertThat(desk.body(id)).isEqualTo("oat milk\nbread\neggs\nbutter\n");
        assertThat(desk.digest()).isEqualTo(laptop.digest());
    }

    @Test
    void theLaterTitleIsShownEverywhereAndBothTipsAreKept() {
        Id id = note(laptop, "Bread", "");
        desk.pull(laptop);
        laptop.change(change -> {
            NodeCommands.update(change, id, Optional.of("Loaves"), Optional.empty(), Optional.empty());
            return id;
        });
        desk.change(change -> {
            NodeCommands.update(change, id, Optional.of("Rolls"), Optional.empty(), Optional.empty());
            return id;
        });
        desk.pull(laptop);
        laptop.pull(desk);

        assertThat(laptop.title(id)).isEqualTo("Rolls");
        assertThat(desk.title(id)).isEqualTo("Rolls");
        assertThat(laptop.<Long>read(tx -> tx.first("SELECT count(*) FROM tips WHERE field = 'title'", row -> row.getLong(1)).orElseThrow()))
                .isEqualTo(2);
    }

    @Test
    void theSameTagMadeApartIsOneTag() {
        Id here = laptop.change(change -> NodeCommands.create(change, Kind.TAG, "Bread", Optional.empty()));
        Id there = desk.change(change -> NodeCommands.create(change, Kind.TAG, "bread", Optional.empty()));
        desk.pull(laptop);
        laptop.pull(desk);
        assertThat(here).isEqualTo(there);
        assertThat(desk.digest()).isEqualTo(laptop.digest());
    }

    @Test
    void aBundleThatHasSeenWhatIsNotHereIsRefusedWhole() {
        TestReplica phone = new TestReplica(3, 3_000_000);
        note(laptop, "Bread", "");
        desk.pull(laptop);
        note(desk, "Rolls", "");
        Segment ahead = desk.segment(1).orElseThrow();

        assertThatThrownBy(() -> phone.receive(ahead)).isInstanceOf(HephException.class).hasMessageContaining("send that first");
        phone.pull(laptop);
        phone.receive(ahead);
        assertThat(phone.digest()).isEqualTo(desk.digest());
        phone.close();
    }

    @Test
    void aGapOrAForgedSegmentIsRefusedAndNothingIsWritten() {
        note(laptop, "Bread", "");
        long next = laptop.segment(1).orElseThrow().head().seq() + 1;
        note(laptop, "Rolls", "");
        Segment second = laptop.segment(next).orElseThrow();
        var before = desk.digest();
        assertThatThrownBy(() -> desk.receive(second)).isInstanceOf(WireException.class);

        Segment whole = laptop.segment(1).orElseThrow();
        byte[] forged = whole.signature();
        forged[5] ^= 1;
        assertThatThrownBy(() -> desk.receive(new Segment(whole.bundles(), forged))).isInstanceOf(WireException.class);
        assertThat(desk.digest()).isEqualTo(before);
    }

    @Test
    void aClockFarAheadMovesThisOneNotAtAllAlsoAfterARestart() {
        desk.now(4_000_000_000_000L);
        note(desk, "From the future", "");
        laptop.pull(desk);
        note(laptop, "Here", "");
        laptop.forget();
        Id id = note(laptop, "After a restart", "");
        Hlc stamp = laptop.read(tx -> tx.first("SELECT created FROM nodes WHERE id = ?", row -> Hlc.of(row.getBytes(1)), id).orElseThrow());
        assertThat(stamp.millis()).isLessThan(1_000_000 + 1_000);
    }

    @Test
    void aBundleOfALaterFormatIsKeptCountedAndForwardedUnapplied() {
        note(laptop, "Bread", "flour");
        List<Bundle> bundles = laptop.segment(1).orElseThrow().bundles();
        Bundle last = bundles.getLast();
        byte[] header = last.headerBytes();
        header[2] = 2; // the map's first entry is the format
        Bundle later = Bundle.read(header, last.payload());
        desk.receive(laptop.sign(List.of(bundles.getFirst(), later)));

        assertThat(desk.knows(laptop)).isEqualTo(later.header().lastSeq());
        assertThat(desk.<byte[]>read(tx -> tx.first("SELECT header FROM bundles WHERE applied = 0", row -> row.getBytes(1)).orElseThrow()))
                .isEqualTo(header);
        assertThat(desk.examine()).allMatch(Doctor.Check::ok).anyMatch(check -> check.detail().startsWith("2 ops wait"));
    }

    @Test
    void twoHistoriesUnderOneNameAreSeen() {
        TestReplica clone = new TestReplica(1, 1_500_000);
        note(laptop, "Bread", "flour");
        note(clone, "Rolls", "flour");
        desk.pull(laptop);
        Segment other = clone.segment(1).orElseThrow();
        assertThatThrownBy(() -> desk.receive(other)).isInstanceOf(WireException.class).hasMessageContaining("two histories");
        clone.close();
    }

    @Test
    void aZoneThatThisMachineDoesNotKnowHidesNothing() {
        Dates dates = new Dates(ZoneOffset.UTC, LocalTime.MIDNIGHT, InstantSource.system());
        assertThat(dates.at("2026-11-21T09:00[Mars/Base]", false)).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
    }

    @Test
    void theLogIsAppendOnly() {
        note(laptop, "Bread", "flour");
        for (String sql : List.of("DELETE FROM bundles", "UPDATE bundles SET payload = x''", "DELETE FROM ops", "UPDATE ops SET type = 'x'",
                "REPLACE INTO ops SELECT space, device, seq, bundle, 'x', target, 1 FROM ops",
                "REPLACE INTO bundles SELECT arrival, space, device, seq, count, hlc, action, header, x'00', 1 FROM bundles")) {
            assertThatThrownBy(() -> laptop.read(tx -> tx.run(sql))).hasMessageContaining("append-only");
        }
        assertThat(laptop.<Integer>read(tx -> tx.run("UPDATE ops SET applied = 1"))).isPositive();
        assertThat(laptop.<Long>read(tx -> tx.first("SELECT count(*) FROM oplog WHERE owner = 'personal' AND payload IS NOT NULL",
                row -> row.getLong(1)).orElseThrow())).isEqualTo(3);
    }

    @Test
    void aFailedChangeLeavesNothingBehindAndTheNextOneWorks() {
        Id id = note(laptop, "Bread", "flour");
        var before = laptop.digest();
        assertThatThrownBy(() -> laptop.change(change -> {
            change.save(id, Views.BODY, "gone", Optional.empty());
            change.commit();
            throw new IllegalStateException("the process thinks again");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(laptop.digest()).isEqualTo(before);

        edit(laptop, id, "rye flour");
        assertThat(laptop.body(id)).isEqualTo("rye flour");
        assertThat(laptop.examine()).allMatch(Doctor.Check::ok);
    }

    @Test
    void aFullDiskIsSaidAndLosesNothing() throws SQLException {
        Id id = note(laptop, "Bread", "flour");
        laptop.pragma("max_page_count = 100");
        assertThatThrownBy(() -> edit(laptop, id, "x".repeat(2_000_000)))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE))
                .hasMessageContaining("disk is full");
        assertThat(laptop.body(id)).isEqualTo("flour");

        laptop.pragma("max_page_count = 1000000");
        edit(laptop, id, "rye flour");
        assertThat(laptop.body(id)).isEqualTo("rye flour");
        assertThat(laptop.examine()).allMatch(Doctor.Check::ok);
    }

    /** A log is not called wrong because nothing can be written. */
    @Test
    void onAFullDiskTheLogIsLookedAtAllTheSame() {
        note(laptop, "Bread", "flour");
        List<Doctor.Check> checks = laptop.examineWithoutRoom();
        assertThat(checks).filteredOn(Doctor.Check::looked).extracting(Doctor.Check::name).contains("database file", "log");
        assertThat(checks).filteredOn(Doctor.Check::looked).allMatch(Doctor.Check::ok);
        assertThat(checks).filteredOn(check -> !check.looked()).extracting(Doctor.Check::json)
                .containsExactly(Json.object().put("name", Doctor.REBUILD).put("ok", false).put("checked", false)
                        .put("detail", "cannot be looked at now: the disk is full; free some space"));
    }

    @Test
    void theSameDeedsAtTheSameTimesGiveTheSameBytes() {
        TestReplica again = new TestReplica(1, 1_000_000);
        for (TestReplica replica : List.of(laptop, again)) {
            Id id = note(replica, "Bread", "flour");
            edit(replica, id, "rye flour");
        }
        assertThat(bytes(again)).isEqualTo(bytes(laptop));
        again.close();
    }

    private static List<String> bytes(TestReplica replica) {
        return replica.segment(1).orElseThrow().bundles().stream()
                .map((Bundle bundle) -> java.util.HexFormat.of().formatHex(bundle.headerBytes())
                        + java.util.HexFormat.of().formatHex(bundle.payload()))
                .toList();
    }
}
