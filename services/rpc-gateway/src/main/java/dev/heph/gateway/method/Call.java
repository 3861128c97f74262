package dev.heph.gateway.method;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.gateway.rpc.Session;
import dev.heph.gateway.rpc.Slice;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * A request that is about to be carried out.
 *
 * @param id the request's; empty for a notification, which cannot be told its progress either
 * @param params an object that fits the method's params
 * @param client the surface's name for itself
 */
public record Call(String method, Optional<Slice> id, Slice params, Optional<String> client, Session session) {

    /** The params, for those who look inside; most pass them on as they are. */
    public JsonNode read() {
        try {
            return Json.MAPPER.readTree(params.bytes(), params.from(), params.length());
        } catch (IOException e) {
            throw new IllegalStateException("the params were checked before", e);
        }
    }

    /** A parameter of type text; empty if it was not given. */
    public Optional<String> text(String param) {
        return Optional.ofNullable(read().get(param)).map(JsonNode::textValue);
    }

    /** Where to report how far a long request has come. */
    public Progress progress() {
        return new Progress(session, id);
    }
}
