package dev.heph.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.util.Map;

/** JSON between the services; one mapper for a process, because each builds its caches anew. */
public final class Json {
    /** As deep as the gateway accepts from outside, with room for what is wrapped around it. */
    private static final int MAX_DEPTH = 100;

    public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(ServiceServer.MAX_BODY_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws HephException with {@link Reason#PARSE} */
    public static JsonNode read(byte[] json) {
        try {
            return json.length == 0 ? object() : MAPPER.readTree(json);
        } catch (IOException e) {
            throw new HephException(Reason.PARSE, "not valid JSON: " + cause(e), e);
        }
    }

    public static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code {reason, message, data}}, as errors travel. */
    public static byte[] error(HephException e) {
        return bytes(object().put("reason", e.reason().word()).put("message", e.getMessage()).set("data", of(e.data())));
    }

    static ObjectNode of(Map<String, ?> map) {
        return MAPPER.valueToTree(map);
    }

    static Map<String, Object> map(JsonNode json) {
        return json.isObject() ? MAPPER.convertValue(json, new TypeReference<Map<String, Object>>() {}) : Map.of();
    }

    private static String cause(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    }
}
