package dev.heph.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What a call answers: the bytes of one JSON value. */
public final class Answer {
    private final byte[] json;

    private Answer(byte[] json) {
        this.json = json;
    }

    public static Answer of(JsonNode json) {
        return new Answer(Json.bytes(json));
    }

    /** JSON that is at hand as bytes already; they are not checked. */
    public static Answer raw(byte[] json) {
        return new Answer(json);
    }

    /** JSON that is at hand as text already; it is not checked. */
    public static Answer raw(String json) {
        return raw(json.getBytes(StandardCharsets.UTF_8));
    }

    byte[] json() {
        return json;
    }
}
