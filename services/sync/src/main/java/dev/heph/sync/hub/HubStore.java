package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** The hub's store, by its calls. What it refuses and that it is away comes as {@link dev.heph.error.HephException}. */
final class HubStore {
    private final ServiceClient store;

    HubStore(ServiceClient store) {
        this.store = store;
    }

    /** The same for one person's space. */
    HubStore in(String space) {
        return new HubStore(store.in(space));
    }

    /** How many people have a space here. */
    long people() {
        return store.call("people.count", Json.object()).path("people").asLong();
    }

    /** Whether it is there, and its database as it should be. */
    boolean ready() {
        return store.ready();
    }

    /** What the hub is and how far it has got. */
    JsonNode state() {
        return store.call("exchange.state", Json.object());
    }

    /** The bytes of a page. */
    byte[] page(JsonNode query) {
        return call("exchange.page", Json.bytes(query));
    }

    /** The answer to a parcel, as JSON. */
    byte[] take(byte[] parcel) {
        return call("exchange.take", parcel);
    }

    /** The heads of all devices, as JSON. */
    byte[] vector() {
        return call("exchange.vector", Json.bytes(Json.object()));
    }

    /** What the hub makes of what it has, as JSON. */
    byte[] digest(boolean nodes) {
        return call("exchange.digest", Json.bytes(Json.object().put("nodes", nodes)));
    }

    /** What the snapshot that there is says of itself, as JSON: {@code {snapshot?}}. */
    byte[] snapshot() {
        return call("exchange.snapshot", Json.bytes(Json.object()));
    }

    /** Some bytes of a snapshot, from that one on. */
    byte[] snapshotPart(String sha256, long from) {
        return call("exchange.snapshot_part", Json.bytes(Json.object().put("sha256", sha256).put("from", from)));
    }

    /** Told of each growth of the log, until the stream breaks or the thread is interrupted. */
    void log(Runnable opened, Consumer<JsonNode> grown) {
        store.stream("/log", opened, line -> grown.accept(Json.read(line.getBytes(StandardCharsets.UTF_8))));
    }

    private byte[] call(String method, byte[] body) {
        return store.call(method, body, Optional.empty(), ServiceClient.USUAL_TIMEOUT);
    }
}
