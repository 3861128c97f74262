package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.op.Page;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** "Sync" in docs/design/sync.md, as far as it is the stores': what a device and a hub tell each other, carried to and fro by the test. */
class ExchangeTest extends HubAndDevices {
    @Test
    void whatOneWritesTheOtherReads() {
        String id = laptop.doc("Soup", "hot\n");
        assertThat(pending(laptop)).isEqualTo(laptop.ops());
        long ops = laptop.ops() + 1; // that the hub has let it in
        assertThat(sync(laptop)).isEqualTo(new Moved(0, (int) ops));
        assertThat(pending(laptop)).isZero();
        assertThat(sync(phone)).isEqualTo(new Moved((int) ops, 0));
        assertThat(phone.get(id).path("body").asText()).isEqualTo("hot\n");
        allEqual(laptop, phone);
    }

    @Test
    void aSecondSyncMovesNothing() {
        laptop.doc("Soup", "hot\n");
        phone.doc("Bread", "dry\n");
        sync(laptop);
        sync(phone);
        sync(laptop);
        assertThat(sync(laptop)).isEqualTo(new Moved(0, 0));
        assertThat(sync(phone)).isEqualTo(new Moved(0, 0));
        allEqual(laptop, phone);
    }

    /** A cursor made of stamps would pass over it (H-092). */
    @Test
    void aLateOpWithAnEarlyStampReachesAThird() {
        RunningStore third = joined(RunningStore.temporary());
        laptop.now("2026-11-21T08:00:00Z");
        String early = laptop.doc("Early", "");
        phone.doc("Late", "");
        sync(phone);
        sync(third);
        sync(laptop);
        sync(third);
        assertThat(third.get(early).path("title").asText()).isEqualTo("Early");
    }

    /** What nobody else came between is not asked for again. */
    @Test
    void afterAPushOfItsOwnADeviceIsWhereTheHubIs() {
        sync(laptop);
        laptop.doc("Soup", "hot\n");
        laptop.doc("Bread", "dry\n");
        push(laptop, hub, Json.object());
        assertThat(laptop.call("exchange.state", "{}").at("/hub/n")).isEqualTo(hub.call("exchange.state", "{}").path("n"));
        phone.doc("Cake", "sweet\n");
        sync(phone);
        laptop.doc("Tea", "green\n");
        push(laptop, hub, Json.object());
        assertThat(laptop.call("exchange.state", "{}").at("/hub/n").asLong()).as("what came between is still to come")
                .isLessThan(hub.call("exchange.state", "{}").path("n").asLong());
        sync(laptop);
        sync(phone);
        allEqual(laptop, phone);
    }

    @Test
    void theOrderOfArrivalIsDense() {
        for (int i = 0; i < 20; i++) {
            (i % 2 == 0 ? laptop : phone).doc("Note " + i, "");
            sync(i % 3 == 0 ? phone : laptop);
        }
        sync(laptop);
        sync(phone);
        assertThat(hub.sql("SELECT count(*) = max(n) AND count(*) = (SELECT count(*) FROM bundles) FROM arrivals")).isEqualTo("1");
    }

    @Test
    void smallPagesLeadToTheSame() {
        for (int i = 0; i < 30; i++) {
            laptop.doc("Note " + i, "text " + i);
            if (i % 4 == 0) {
                sync(laptop);
            }
        }
        sync(laptop);
        sync(phone, hub, 7);
        allEqual(laptop, phone);
    }

    @Test
    void aPageIsAsLargeAsIsAskedFor() {
        for (int i = 0; i < 600; i++) {
            laptop.doc("Note " + i, "text " + i);
        }
        sync(laptop);
        ObjectNode query = ((ObjectNode) phone.call("exchange.cursor", "{}")).put("after", "");
        assertThat(page(query).parcel().ops()).as("without a limit").isBetween(900, 1_000);
        assertThat(page(query.put("limit", 4_000)).parcel().ops()).isBetween(1_200, 4_000);
        assertThatThrownBy(() -> page(query.put("limit", 4_001))).hasMessageContaining("limit");
        sync(phone, hub, 4_000);
        allEqual(laptop, phone);
    }

    private Page page(ObjectNode query) {
        return Page.read(hub.bytes("exchange.page", Json.bytes(query)));
    }

    @Test
    void ofADevicesOwnBundlesOnlyTheHeadsComeBack() {
        laptop.doc("Soup", "x".repeat(50_000));
        sync(laptop);
        ObjectNode query = (ObjectNode) laptop.call("exchange.cursor", "{}");
        byte[] page = hub.bytes("exchange.page", Json.bytes(query.put("after", "")));
        assertThat(Page.read(page).items()).isNotEmpty().allMatch(Page.Known.class::isInstance);
        assertThat(page).hasSizeLessThan(500);
    }

    @Test
    void aPushThatWasTakenTwiceIsTakenOnce() {
        laptop.doc("Soup", "hot\n");
        byte[] parcel = laptop.bytes("exchange.offer", Json.bytes(Json.object()));
        assertThat(Json.read(hub.bytes("exchange.take", parcel)).path("applied").asLong()).isEqualTo(laptop.ops());
        assertThat(Json.read(hub.bytes("exchange.take", parcel)).path("applied").asLong()).isZero();
        sync(laptop);
        allEqual(laptop);
    }

    @Test
    void aPageThatWasTakenTwiceIsTakenOnce() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        byte[] page = hub.bytes("exchange.page", Json.bytes(phone.call("exchange.cursor", "{}")));
        phone.bytes("exchange.apply", page);
        phone.bytes("exchange.apply", page);
        sync(phone);
        allEqual(laptop, phone);
    }

    @Test
    void anAlteredOrCutParcelChangesNothing() {
        laptop.doc("Soup", "hot\n");
        byte[] parcel = laptop.bytes("exchange.offer", Json.bytes(Json.object()));
        Random random = new Random(7);
        for (int tries = 0; tries < 300; tries++) {
            byte[] altered = tries % 3 == 0 ? Arrays.copyOf(parcel, random.nextInt(parcel.length)) : parcel.clone();
            if (altered.length == parcel.length) {
                altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThatThrownBy(() -> hub.bytes("exchange.take", altered)).isInstanceOfSatisfying(HephException.class,
                    refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID_PARAMS));
        }
        assertThat(hub.ops()).isZero();
    }

    @Test
    void twoDevicesWithDataMeetForTheFirstTime() {
        String soup = laptop.doc("Soup", "hot\n");
        String bread = phone.doc("Bread", "with [[Soup]]\n");
        sync(laptop);
        sync(phone);
        sync(laptop);
        assertThat(laptop.get(bread).path("title").asText()).isEqualTo("Bread");
        assertThat(phone.get(soup).path("title").asText()).isEqualTo("Soup");
        allEqual(laptop, phone);
    }

    /** Not from its beginning: that may be a million ops away. */
    /** By its name: a person has to find the clock that is wrong. */
    @Test
    void aDeviceWhoseClockIsAheadIsNamed() {
        laptop.now("2026-11-21T13:00:00Z");
        laptop.doc("Soup", "");
        sync(laptop);
        sync(phone);
        JsonNode skew = phone.call("exchange.state", "{}").path("skew");
        assertThat(skew).hasSize(1);
        assertThat(skew.at("/0/device")).isEqualTo(laptop.call("exchange.state", "{}").path("device"));
        assertThat(skew.at("/0/device_name").asText()).isNotBlank();
        assertThat(skew.at("/0/ms").asLong()).isEqualTo(java.time.Duration.ofHours(1).toMillis());
        assertThat(laptop.call("exchange.state", "{}").path("skew")).isEmpty();
    }

    @Test
    void theSidesOfAConflictSayWhichOfTwoDevicesOfOneName() {
        String soup = laptop.doc("Soup", "soup is cold\n");
        name(laptop, "laptop");
        sync(laptop);
        phone.doc("Bread", "dry\n");
        name(phone, "laptop");
        sync(phone);
        laptop.call("node.update", Json.object().put("id", soup).put("body", "soup is warm\n"));
        phone.call("node.update", Json.object().put("id", soup).put("body", "soup is hot\n"));
        sync(laptop);
        sync(phone);
        assertThat(sidesOn(phone)).doesNotHaveDuplicates().hasSize(2).allMatch(name -> name.matches("laptop \\([0-9a-z]{4}\\)"));
        name(phone, "phone");
        assertThat(sidesOn(phone)).containsExactlyInAnyOrder("laptop", "phone");
    }

    private static void name(RunningStore store, String name) {
        JsonNode self = store.call("device.list", "{}").findParents("self").stream().filter(one -> one.path("self").asBoolean()).findFirst().orElseThrow();
        store.call("device.name", Json.object().put("id", self.path("id").asText()).put("name", name));
    }

    private static List<String> sidesOn(RunningStore store) {
        return store.call("conflicts.list", "{}").findValuesAsText("device_name");
    }

    @Test
    void aHubsOwnNotesTravelToo() {
        String notice = hub.doc("Notice", "from the hub\n");
        sync(phone);
        assertThat(phone.get(notice).path("title").asText()).isEqualTo("Notice");
        allEqual(phone);
    }

    @Test
    void aRestartForgetsNothing() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        laptop.restart();
        hub.restart();
        assertThat(sync(laptop)).isEqualTo(new Moved(0, 0));
        laptop.doc("Bread", "");
        sync(laptop);
        sync(phone);
        allEqual(laptop, phone);
    }

    @Test
    void aDeviceIsNoHub() {
        assertThatThrownBy(() -> phone.bytes("exchange.page", Json.bytes(laptop.call("exchange.cursor", "{}"))))
                .hasMessage("this is a device, not a hub");
        laptop.doc("Soup", "");
        byte[] parcel = laptop.bytes("exchange.offer", Json.bytes(Json.object()));
        assertThatThrownBy(() -> phone.bytes("exchange.take", parcel)).hasMessage("this is a device, not a hub");
    }

    @Test
    void hashesSayWhatIsNotTheSame() {
        String soup = laptop.doc("Soup", "hot\n");
        laptop.doc("Bread", "");
        sync(laptop);
        assertThat(laptop.call("exchange.digest", "{'nodes': true}")).isEqualTo(hub.call("exchange.digest", "{'nodes': true}"));
        laptop.call("node.rename", Json.object().put("id", soup).put("title", "Broth"));
        JsonNode here = laptop.call("exchange.digest", "{'nodes': true}");
        JsonNode there = hub.call("exchange.digest", "{'nodes': true}");
        assertThat(here.path("heads")).isNotEqualTo(there.path("heads"));
        assertThat(here.path("nodes").propertyStream().filter(node -> !node.getValue().equals(there.path("nodes").path(node.getKey())))
                .map(java.util.Map.Entry::getKey)).containsExactly(soup);
    }

    /** Who took a new id has nobody to sign what it wrote under the old one: that was done before. */
    /** Any schedule of writing and syncing, with small pages, ends with everybody equal after two rounds. */
    @Test
    void anySchedule() {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<RunningStore> devices = new ArrayList<>(List.of(laptop, phone, joined(RunningStore.temporary())));
        List<String> ids = new ArrayList<>();
        for (int step = 0; step < 120; step++) {
            RunningStore device = devices.get(random.nextInt(devices.size()));
            device.now("2026-11-2" + random.nextInt(1, 4) + "T12:00:0" + random.nextInt(10) + "Z");
            switch (random.nextInt(6)) {
                case 0, 1 -> ids.add(device.doc("Note " + step, "line " + step + "\n"));
                case 2 -> device.call("task.create", Json.object().put("title", "Task " + step));
                case 3 -> sync(device, hub, random.nextInt(1, 20));
                case 4 -> push(device, hub, Json.object()); // and is cut off
                default -> pull(device, hub, ((ObjectNode) device.call("exchange.cursor", "{}")).put("limit", random.nextInt(1, 9)));
            }
        }
        devices.forEach(this::sync);
        devices.forEach(this::sync);
        assertThat(devices).as("seed %s", seed).allSatisfy(device -> {
            assertThat(digest(device)).isEqualTo(digest(hub));
            assertThat(pending(device)).isZero();
            assertThat(ids).allSatisfy(id -> assertThat(device.get(id).path("id").asText()).isEqualTo(id));
        });
    }
}
