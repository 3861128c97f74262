package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** The store of this device, called as every service calls another. */
final class StoreCalls implements Store {
    /** For the figures of a status, which is told without them rather than late. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** A million ops are checked and put in place in much less. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final byte[] NOTHING = Json.bytes(Json.object());

    private final ServiceClient store;

    StoreCalls(ServiceClient store) {
        this.store = store;
    }

    @Override
    public JsonNode state() {
        return Json.read(store.call("exchange.state", NOTHING, Optional.empty(), SOON));
    }

    @Override
    public void join(URI hub) {
        call("exchange.join", Json.object().put("url", hub.toString()));
    }

    @Override
    public void leave() {
        call("exchange.leave", Json.object());
    }

    @Override
    public JsonNode cursor() {
        return call("exchange.cursor", Json.object());
    }

    @Override
    public JsonNode apply(byte[] page) {
        return Json.read(bytes("exchange.apply", page));
    }

    @Override
    public long adoptBegin(JsonNode snapshot) {
        return store.call("exchange.adopt_begin", snapshot).path("have").asLong();
    }

    @Override
    public long adoptPart(long from, byte[] bytes) {
        byte[] part = ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(from).put(bytes).array();
        return Json.read(bytes("exchange.adopt_part", part)).path("have").asLong();
    }

    @Override
    public void adopt() {
        store.call("exchange.adopt", NOTHING, Optional.empty(), LONG);
    }

    @Override
    public byte[] offer() {
        return bytes("exchange.offer", NOTHING);
    }

    @Override
    public byte[] offer(Heads heads) {
        return bytes("exchange.offer", Json.bytes(Json.object().set("heads", heads.toJson())));
    }

    @Override
    public JsonNode acknowledged(JsonNode answer) {
        return store.call("exchange.acknowledged", answer);
    }

    @Override
    public void synced() {
        call("exchange.synced", Json.object());
    }

    @Override
    public JsonNode digest(boolean nodes) {
        return call("exchange.digest", Json.object().put("nodes", nodes));
    }

    @Override
    public String title(String id) {
        try {
            return call("node.get", Json.object().put("id", id)).path("title").asText(id);
        } catch (HephException notShown) {
            return id;
        }
    }

    private JsonNode call(String method, ObjectNode params) {
        return store.call(method, params);
    }

    private byte[] bytes(String method, byte[] body) {
        return store.call(method, body, Optional.empty(), ServiceClient.USUAL_TIMEOUT);
    }
}
