package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import dev.heph.store.db.Database;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A hub and two devices, as stores only: what they tell each other is carried to and fro by the test. */
abstract class HubAndDevices {
    private final List<RunningStore> all = new ArrayList<>();
    final RunningStore hub = started(RunningStore.hub());
    final RunningStore laptop = joined(RunningStore.temporary());
    final RunningStore phone = joined(RunningStore.temporary());

    @AfterEach
    void close() {
        all.forEach(RunningStore::close);
    }

    RunningStore started(RunningStore store) {
        all.add(store);
        return store;
    }

    RunningStore joined(RunningStore device) {
        device.call("exchange.join", "{'url': 'http://127.0.0.1:7800'}");
        return started(device);
    }

    /** What a cycle moved. */
    record Moved(int pulled, int pushed) {}

    Moved sync(RunningStore device) {
        return sync(device, hub, 1_000);
    }

    static Moved sync(RunningStore device, RunningStore hub, int limit) {
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

    static JsonNode pull(RunningStore device, RunningStore hub, JsonNode query) {
        return Json.read(device.bytes("exchange.apply", hub.bytes("exchange.page", Json.bytes(query))));
    }

    static int push(RunningStore device, RunningStore hub, ObjectNode offer) {
        int pushed = 0;
        for (byte[] parcel = device.bytes("exchange.offer", Json.bytes(offer)); parcel.length > 0;
                parcel = device.bytes("exchange.offer", Json.bytes(offer))) {
            JsonNode answer = Json.read(hub.bytes("exchange.take", parcel));
            pushed += answer.path("applied").asInt();
            device.call("exchange.acknowledged", answer);
            if (offer.has("heads")) {
                ArrayNode heads = (ArrayNode) offer.get("heads");
                answer.path("heads").forEach(heads::add);
            }
        }
        return pushed;
    }

    static long pending(RunningStore device) {
        return device.call("exchange.state", "{}").path("pending").asLong();
    }

    static Object digest(RunningStore store) {
        store.call("doctor", "{}"); // brings the word index up to date
        return new Doctor(Database.in(store.home.data()), Space.PERSONAL).digest();
    }

    void allEqual(RunningStore... stores) {
        Arrays.stream(stores).forEach(store -> assertThat(digest(store)).isEqualTo(digest(hub)));
    }
}
