package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heph.runtime.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a hub has of each device: {@code [{device, seq, chain}]} on the wire. */
final class Heads {
    private final Map<String, JsonNode> byDevice = new LinkedHashMap<>();

    static Heads of(JsonNode heads) {
        Heads all = new Heads();
        all.update(heads);
        return all;
    }

    /** Takes over the heads of those devices: the hub has just told them. */
    void update(JsonNode heads) {
        heads.forEach(head -> byDevice.put(head.path("device").asText(), head));
    }

    JsonNode toJson() {
        ArrayNode heads = Json.MAPPER.createArrayNode();
        byDevice.values().forEach(heads::add);
        return heads;
    }
}
