package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Much that comes at once is merged first and shown afterwards ("pull" in docs/design/sync.md): nobody may be the worse for it. */
class MuchAtOnceTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RunningStore hub = RunningStore.hub();
    private final RunningStore laptop = RunningStore.temporary();
    private final RunningStore phone = RunningStore.temporary();

    @BeforeEach
    void join() {
        laptop.call("exchange.join", "{'url': 'http://127.0.0.1:7800'}");
        phone.call("exchange.join", "{'url': 'http://127.0.0.1:7800'}");
    }

    @AfterEach
    void close() {
        hub.close();
        laptop.close();
        phone.close();
    }

    private void push(RunningStore device) {
        for (byte[] parcel = offer(device); parcel.length > 0; parcel = offer(device)) {
            device.call("exchange.acknowledged", Json.object().set("heads", Json.read(hub.bytes("exchange.take", parcel)).path("heads")));
        }
    }

    private static byte[] offer(RunningStore device) {
        return device.bytes("exchange.offer", Json.bytes(Json.object()));
    }

    /** One page only, as if the hub were gone after it. */
    private JsonNode pull(RunningStore device, int limit) {
        ObjectNode query = (ObjectNode) device.call("exchange.cursor", "{}");
        return Json.read(device.bytes("exchange.apply", hub.bytes("exchange.page", Json.bytes(query.put("limit", limit)))));
    }

    /** The rev that an editor gets is that of the body it gets, or its save would take back what it never saw. */
    @Test
    void whoEditsMeanwhileTakesNothingBack() {
        String note = laptop.doc("Soup", "one\n");
        push(laptop);
        while (pull(phone, 1_000).path("more").asBoolean()) {
            // until it has all
        }
        laptop.call("node.update", Json.object().put("id", note).put("body", "one\nof the laptop\n"));
        for (int i = 0; i < 20; i++) {
            push(laptop); // a signed piece each, so that pages may end between them
            laptop.doc("Note " + i, "");
        }
        push(laptop);
        assertThat(pull(phone, 3).path("more").asBoolean()).isTrue();
        JsonNode seen = phone.get(note);
        phone.call("node.update", Json.object().put("id", note).put("base", seen.path("rev").asText()).put("body", seen.path("body").asText() + "of the phone\n"));
        while (pull(phone, 1_000).path("more").asBoolean()) {
            // until it has all
        }
        assertThat(phone.get(note).path("body").asText()).contains("of the laptop", "of the phone");
    }

    @Test
    void whatCameShowsAlsoWhenTheRestDoesNot() {
        for (int i = 0; i < 30; i++) {
            laptop.doc("Note " + i, "needle\n");
            push(laptop);
        }
        assertThat(pull(phone, 20).path("more").asBoolean()).isTrue();
        await().atMost(SOON).untilAsserted(() ->
                assertThat(phone.call("search", "{'query': 'needle'}").path("total").asInt()).isPositive());
        assertThat(phone.sql("SELECT count(*) FROM unshown")).isEqualTo("0");
    }

    private static JsonNode digest(RunningStore store) {
        return store.call("exchange.digest", "{}");
    }

    /** More than a hub shows at once is merged first; who asks sees all of it. */
    @Test
    void muchAtOnceIsShownToWhoAsks() {
        for (int i = 0; i < 250; i++) {
            laptop.doc("Note " + i, "needle " + i + "\n");
        }
        push(laptop);
        assertThat(hub.call("search", "{'query': 'needle', 'limit': 500}").path("total").asInt()).isEqualTo(250);
        assertThat(hub.sql("SELECT count(*) FROM unshown")).isEqualTo("0");
        while (pull(phone, 1_000).path("more").asBoolean()) {
            // until it has all
        }
        assertThat(phone.sql("SELECT count(*) FROM unshown")).isEqualTo("0");
        assertThat(digest(phone)).isEqualTo(digest(hub)).isEqualTo(digest(laptop));
    }

    @Test
    void aHubThatWasStoppedBetweenShowsItAfterwards() {
        for (int i = 0; i < 250; i++) {
            laptop.doc("Note " + i, "needle " + i + "\n");
        }
        push(laptop);
        assertThat(hub.sql("SELECT count(*) > 0 FROM unshown")).isEqualTo("1");
        hub.restart();
        assertThat(digest(hub)).isEqualTo(digest(laptop));
    }
}
