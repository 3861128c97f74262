package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.op.Page;
import dev.heph.runtime.Json;
import dev.heph.store.db.Database;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** "Sync" in docs/design/sync.md, as far as it is the stores': what a device and a hub tell each other, carried to and fro by the test. */
class ExchangeTest {
    private final List<RunningStore> all = new ArrayList<>();
    private final RunningStore hub = started(RunningStore.hub());
    private final RunningStore laptop = joined(RunningStore.temporary());
    private final RunningStore phone = joined(RunningStore.temporary());

    @AfterEach
    void close() {
        all.forEach(RunningStore::close);
    }

    private RunningStore started(RunningStore store) {
        all.add(store);
        return store;
    }

    private RunningStore joined(RunningStore device) {
        device.call("exchange.join", "{'url': 'http://127.0.0.1:7800'}");
        return started(device);
    }

    /** What a cycle moved. */
    private record Moved(int pulled, int pushed) {}

    private Moved sync(RunningStore device) {
        return sync(device, hub, 1_000);
    }

    private static Moved sync(RunningStore device, RunningStore hub, int limit) {
        int pulled = 0;
        boolean rewound = false;
        JsonNode taken;
        do {
            ObjectNode query = (ObjectNode) device.call("exchange.cursor", "{}");
            taken = pull(device, hub, query.put("limit", limit));
            if (taken.path("own_differs").asBoolean()) {
                taken = pull(device, hub, query.put("known", 0));
            }
            pulled += taken.path("applied").asInt();
            rewound |= taken.path("rewound").asBoolean();
        } while (taken.path("more").asBoolean());
        int pushed = 0;
        if (rewound) {
            ArrayNode heads = (ArrayNode) hub.call("exchange.vector", "{}").path("heads");
            pushed += push(device, hub, Json.object().set("heads", heads));
        }
        return new Moved(pulled, pushed + push(device, hub, Json.object()));
    }

    private static JsonNode pull(RunningStore device, RunningStore hub, JsonNode query) {
        return Json.read(device.bytes("exchange.apply", hub.bytes("exchange.page", Json.bytes(query))));
    }

    private static int push(RunningStore device, RunningStore hub, ObjectNode offer) {
        int pushed = 0;
        for (byte[] parcel = device.bytes("exchange.offer", Json.bytes(offer)); parcel.length > 0;
                parcel = device.bytes("exchange.offer", Json.bytes(offer))) {
            JsonNode answer = Json.read(hub.bytes("exchange.take", parcel));
            pushed += answer.path("applied").asInt();
            device.call("exchange.acknowledged", Json.object().set("heads", answer.path("heads")));
            if (offer.has("heads")) {
                ArrayNode heads = (ArrayNode) offer.get("heads");
                answer.path("heads").forEach(heads::add);
            }
        }
        return pushed;
    }

    private static long pending(RunningStore device) {
        return device.call("exchange.state", "{}").path("pending").asLong();
    }

    private static Object digest(RunningStore store) {
        store.call("doctor", "{}"); // brings the word index up to date
        return new Doctor(Database.in(store.home.data()), Space.PERSONAL).digest();
    }

    private void allEqual(RunningStore... stores) {
        Arrays.stream(stores).forEach(store -> assertThat(digest(store)).isEqualTo(digest(hub)));
    }

    @Test
    void whatOneWritesTheOtherReads() {
        String id = laptop.doc("Soup", "hot\n");
        assertThat(pending(laptop)).isEqualTo(laptop.ops());
        long ops = laptop.ops();
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
    void ofADevicesOwnBundlesOnlyTheHeadsComeBack() {
        laptop.doc("Soup", "x".repeat(50_000));
        sync(laptop);
        byte[] page = hub.bytes("exchange.page", Json.bytes(laptop.call("exchange.cursor", "{}")));
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

    @Test
    void aHubThatWasRestoredGetsBackWhatItLostAlsoOfOthers() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        RunningStore old = started(hub.copy());
        String lost = phone.doc("Bread", "dry\n");
        sync(phone);
        sync(laptop); // has it by now; the phone is thrown away
        String later = laptop.doc("Cake", "");
        assertThat(sync(laptop, old, 1_000).pushed()).isPositive();
        assertThat(old.get(lost).path("title").asText()).isEqualTo("Bread");
        assertThat(old.get(later).path("title").asText()).isEqualTo("Cake");
        assertThat(digest(old)).isEqualTo(digest(laptop));
    }

    @Test
    void anEmptyHubGetsEverything() {
        String soup = laptop.doc("Soup", "hot\n");
        sync(laptop);
        sync(phone);
        RunningStore empty = started(RunningStore.hub());
        sync(phone, empty, 1_000);
        assertThat(empty.get(soup).path("title").asText()).isEqualTo("Soup");
        sync(laptop, empty, 1_000);
        laptop.doc("Cake", "");
        sync(laptop, empty, 1_000);
        sync(phone, empty, 1_000);
        assertThat(digest(empty)).isEqualTo(digest(laptop)).isEqualTo(digest(phone));
    }

    @Test
    void aCloneTakesAnIdOfItsOwn() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        laptop.doc("Not sent yet", "");
        RunningStore clone = started(laptop.copy());
        String here = laptop.doc("Here", "");
        String there = clone.doc("There", "");
        sync(laptop);
        sync(clone);
        sync(laptop);
        assertThat(clone.call("exchange.state", "{}").path("device")).isNotEqualTo(laptop.call("exchange.state", "{}").path("device"));
        assertThat(laptop.get(there).path("title").asText()).isEqualTo("There");
        assertThat(clone.get(here).path("title").asText()).isEqualTo("Here");
        assertThat(pending(clone)).isZero();
        allEqual(laptop, clone);
    }

    @Test
    void aDeviceThatWasRestoredLosesNothing() {
        laptop.doc("Soup", "hot\n");
        sync(laptop);
        RunningStore old = started(laptop.copy());
        String later = laptop.doc("Later", "");
        sync(laptop);
        String since = old.doc("Since", "");
        sync(old);
        assertThat(old.get(later).path("title").asText()).isEqualTo("Later");
        assertThat(hub.get(since).path("title").asText()).isEqualTo("Since");
        allEqual(old);
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
    void anotherHubsPlacesAreNotGoneOnFrom() {
        for (int i = 0; i < 5; i++) {
            laptop.doc("Note " + i, "");
            sync(laptop);
        }
        RunningStore other = started(RunningStore.hub());
        phone.doc("Elsewhere", "");
        sync(phone, other, 1_000);
        Page page = Page.read(other.bytes("exchange.page", Json.bytes(laptop.call("exchange.cursor", "{}"))));
        assertThat(page.from().n()).isZero();
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
    @Test
    void aDeviceThatTookANewIdFillsAnEmptyHub() {
        for (int i = 0; i < 30; i++) {
            laptop.doc("Note " + i, "text\n");
        }
        sync(laptop);
        RunningStore clone = started(laptop.copy());
        laptop.doc("Here", "");
        clone.doc("There", "");
        sync(laptop);
        sync(clone);
        RunningStore empty = started(RunningStore.hub());
        clone.call("exchange.leave", "{}");
        clone.call("exchange.join", "{'url': 'http://127.0.0.1:7801'}");
        sync(clone, empty, 1_000);
        assertThat(digest(empty)).isEqualTo(digest(clone));
    }

    /** Any schedule of writing and syncing, with small pages, ends with everybody equal after two rounds. */
    @Test
    void anySchedule() {
        long seed = System.nanoTime();
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
