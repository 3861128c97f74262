package dev.heph.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How a service is, in words.
 *
 * @param detail one line for a person
 * @param more numbers and names that belong to this service; values that JSON can hold
 */
public record Health(boolean up, String detail, Map<String, ?> more) {

    public static Health up(String detail) {
        return new Health(true, detail, Map.of());
    }

    public static Health down(String detail) {
        return new Health(false, detail, Map.of());
    }

    byte[] toJson() {
        return Json.bytes(Json.object()
                .put("status", up ? "up" : "down")
                .put("detail", detail)
                .setAll(Json.of(more)));
    }

    static Health fromJson(JsonNode json) {
        Map<String, Object> more = Json.map(json);
        more.remove("status");
        more.remove("detail");
        return new Health(json.path("status").asText().equals("up"), json.path("detail").asText(), more);
    }
}
