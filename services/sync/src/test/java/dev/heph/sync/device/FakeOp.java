package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;

/** An op as the fakes know it: whose, which, and what it says. */
record FakeOp(String device, long seq, String text) {
    static FakeOp of(JsonNode json) {
        return new FakeOp(json.path("device").asText(), json.path("seq").asLong(), json.path("text").asText());
    }

    ObjectNode toJson() {
        return Json.object().put("device", device).put("seq", seq).put("text", text);
    }

    /** The chain over these, in that order. */
    static String chain(List<FakeOp> ops) {
        return Integer.toHexString(ops.hashCode());
    }
}
