package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.sync.device.Faults.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CycleTest {
    private static final Progress SILENT = new Progress() {
        @Override
        public void moving() {}

        @Override
        public void moved() {}

        @Override
        public void reached(long n, long hubN) {}
    };

    private final FakeStore device = new FakeStore("A");
    private FakeHub hub = new FakeHub("E1");

    @Test
    void bringsBothSidesToTheSameOps() {
        device.writes(7);
        hub.has("B", 1, 2, 3, 4, 5);

        assertThat(cycle()).isEqualTo(new Moved(7, 5));

        assertSame();
        assertThat(device.synced).isEqualTo(1);
    }

    @Test
    void movesNothingTheSecondTime() {
        device.writes(4);
        hub.has("B", 1, 2);
        cycle();

        assertThat(cycle()).isEqualTo(new Moved(0, 0));
    }

    /** What it notes is written to a disk that might sleep. */
    @Test
    void notesItsSuccessWhenItMovedSomethingAndElseNowAndThen() {
        var quiet = new Cycle(device, hub, SILENT);
        quiet.run();
        assertThat(device.synced).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            quiet.run();
        }
        assertThat(device.synced).isEqualTo(1);
        quiet.run();
        assertThat(device.synced).isEqualTo(2);
        hub.has("B", 1);
        quiet.run();
        assertThat(device.synced).isEqualTo(3);
    }

    @Test
    void takesWhatIsWrittenWhileItRuns() {
        device.writes(1);
        Hub busy = Faults.none().around(hub);
        var meanwhile = new Progress() {
            private boolean wrote;

            @Override
            public void moving() {
                if (!wrote) {
                    wrote = true;
                    device.writes(1);
                }
            }

            @Override
            public void moved() {}

            @Override
            public void reached(long n, long hubN) {}
        };

        assertThat(new Cycle(device, busy, meanwhile).run()).isEqualTo(new Moved(2, 0));
    }

    @Test
    void givesARestoredHubBackWhatItLostAlsoOfOthers() {
        device.writes(4);
        hub.has("B", 1, 2, 3, 4);
        cycle();

        hub.order.subList(2, hub.order.size()).clear(); // as an older backup has it
        hub.epoch = "E2";
        device.writes(1);

        assertThat(cycle()).isEqualTo(new Moved(7, 0));
        assertSame();
    }

    @Test
    void fillsAnEmptyHub() {
        device.writes(4);
        hub.has("B", 1, 2, 3, 4);
        cycle();
        hub = new FakeHub("E9");

        cycle();

        assertThat(hub.order).hasSize(8);
        assertSame();
    }

    @Test
    void aFreshDeviceTakesTheSnapshotAndWhatCameAfterIt() {
        device.writes(2);
        hub.has("B", 1, 2, 3, 4, 5);
        hub.snaps();
        hub.has("B", 6);

        assertThat(cycle()).isEqualTo(new Moved(2, 1));

        assertThat(device.adoptions).isEqualTo(1);
        assertSame();
        cycle();
        assertThat(device.adoptions).isEqualTo(1);
    }

    @Test
    void aSnapshotThatDoesNotHoldIsPassedOverOnceAndForAll() {
        device.unfit = true;
        hub.has("B", 1, 2, 3, 4, 5);
        hub.snaps();

        assertThat(cycle()).isEqualTo(new Moved(0, 5));

        assertSame();
        assertThat(device.adoptions).isEqualTo(1);
    }

    @Test
    void aDeviceThatHasSomethingOfOthersTakesPages() {
        hub.has("B", 1);
        cycle();
        hub.has("B", 2);
        hub.snaps();

        cycle();

        assertThat(device.adoptions).isZero();
    }

    @Test
    void takesANewIdWhenSomebodyElseWritesUnderItsOwn() {
        device.writes(2);
        cycle();
        FakeStore clone = new FakeStore("A");
        clone.log.addAll(device.log);
        clone.log.add(new FakeOp("A", 3, "of the clone"));
        new Cycle(clone, hub, SILENT).run();
        device.log.add(new FakeOp("A", 3, "of the first"));

        cycle();
        new Cycle(clone, hub, SILENT).run();

        assertThat(device.device).isEqualTo("A'");
        assertThat(device.log).extracting(FakeOp::text).contains("of the clone", "of the first");
        assertThat(clone.log).containsExactlyInAnyOrderElementsOf(device.log);
    }

    /** The hub is restored between our pull and our push: it lacks what the acknowledgement says it has. */
    @Test
    void beginsAnewWhenTheHubChangesInTheMiddle() {
        device.writes(5);
        cycle();
        device.writes(1);
        var steps = Faults.none();
        Hub restored = steps.around(new HubAround(hub) {
            @Override
            public JsonNode push(byte[] parcel) {
                if (hub.epoch.equals("E1")) {
                    hub.epoch = "E2";
                    hub.order.clear();
                }
                return super.push(parcel);
            }
        });

        assertThat(new Cycle(device, restored, SILENT).run()).isEqualTo(new Moved(6, 0));
        assertThat(steps.steps).containsSubsequence("pull", "push", "pull", "vector", "push");
        assertSame();
    }

    /** Every step goes wrong in every way: afterwards an ordinary cycle leads to the end, and nothing is lost or there twice. */
    @ParameterizedTest
    @EnumSource
    void whereverItIsCutTheNextCycleLeadsToTheEnd(Fault fault) {
        forEachStep(fault, false);
    }

    /** The same when the process is killed there: what only it knew is gone. */
    @ParameterizedTest
    @EnumSource
    void whereverItIsKilledTheNextLifeLeadsToTheEnd(Fault fault) {
        forEachStep(fault, true);
    }

    private static void forEachStep(Fault fault, boolean killed) {
        int steps = rehearsal(Faults.none(), killed).steps.size();
        assertThat(steps).isGreaterThan(20);
        for (int step = 0; step < steps; step++) {
            rehearsal(Faults.at(step, fault), killed);
        }
    }

    /** First a device with data joins a hub with data; then the hub comes back without the last of it. */
    private static Faults rehearsal(Faults faults, boolean killed) {
        FakeStore device = new FakeStore("A");
        device.writes(7);
        FakeHub hub = new FakeHub("E1");
        hub.has("B", 1, 2, 3);
        hub.has("C", 1, 2);
        hub.snaps();
        hub.has("B", 4, 5);
        Supplier<Cycle> life = () -> new Cycle(faults.around(device), faults.around(hub), SILENT);
        Cycle cycle = settle(device, hub, life.get(), killed ? life : null, faults);
        hub.order.subList(4, hub.order.size()).clear();
        hub.epoch = "E2";
        hub.has("D", 1);
        device.writes(2);
        settle(device, hub, cycle, killed ? life : null, faults);
        assertThat(hub.order).hasSize(7 + 5 + 2 + 1 + 2);
        return faults;
    }

    /** @param next a new life after a failure; null: the same one tries again */
    private static Cycle settle(FakeStore device, FakeHub hub, Cycle first, Supplier<Cycle> next, Faults faults) {
        Cycle cycle = first;
        boolean done = false;
        for (int tries = 0; !done; tries++) {
            assertThat(tries).as("cycles, steps %s", faults.steps).isLessThan(3);
            try {
                cycle.run();
                done = true;
            } catch (HephException cut) {
                cycle = next == null ? cycle : next.get();
            }
        }
        assertSame(device, hub);
        assertThat(new Cycle(device, hub, SILENT).run()).isEqualTo(new Moved(0, 0));
        return cycle;
    }

    @Test
    void aHubThatSendsTheSameForEverIsLeft() {
        hub.has("B", 1, 2, 3, 4);
        byte[] first = hub.pull("A", "", "", 0);
        Hub stuck = new HubAround(hub) {
            @Override
            public byte[] pull(JsonNode cursor, long known) {
                return first;
            }
        };

        assertThatThrownBy(() -> new Cycle(device, stuck, SILENT).run())
                .hasMessage("it says that there is more and sends the same again and again");
    }

    @Test
    void aHubThatKeepsNothingIsLeft() {
        device.writes(1);
        Hub forgetful = new HubAround(hub) {
            @Override
            public JsonNode push(byte[] parcel) {
                return Json.object().put("applied", 1).set("heads", Json.MAPPER.createArrayNode());
            }
        };

        assertThatThrownBy(() -> new Cycle(device, forgetful, SILENT).run()).hasMessage("it takes what it is sent and does not keep it");
    }

    @Test
    void aPageThatTheStoreRefusesIsTheHubsFault() {
        Store strict = Faults.refusing(device, "apply", new HephException(Reason.INVALID_PARAMS, "a signature is wrong"));

        assertThatThrownBy(() -> new Cycle(strict, hub, SILENT).run())
                .isInstanceOfSatisfying(HubTrouble.class, e -> assertThat(e.kind()).isEqualTo(HubTrouble.Kind.REFUSED))
                .hasMessage("what it sent cannot be taken: a signature is wrong");
    }

    private Moved cycle() {
        return new Cycle(device, hub, SILENT).run();
    }

    private void assertSame() {
        assertSame(device, hub);
    }

    private static void assertSame(FakeStore device, FakeHub hub) {
        assertThat(device.log).containsExactlyInAnyOrderElementsOf(hub.order);
        assertThat(new HashSet<>(hub.order)).as("nothing twice").hasSameSizeAs(hub.order);
        Map<String, List<Long>> seqs = new HashMap<>();
        hub.order.forEach(op -> seqs.computeIfAbsent(op.device(), any -> new ArrayList<>()).add(op.seq()));
        seqs.forEach((name, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).as("ops of %s without a gap", name).isEqualTo(i + 1L);
            }
        });
    }
}
