package dev.heph.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A call that another service makes. */
public final class Request {
    private final String method;
    private final byte[] body;
    private final Optional<String> client;

    Request(String method, byte[] body, Optional<String> client) {
        this.method = method;
        this.body = body;
        this.client = client;
    }

    /** Such as {@code node.get}. */
    public String method() {
        return method;
    }

    /** The params as they came. */
    public byte[] body() {
        return body;
    }

    /** The params; an empty body is an empty object. Parsed on each call: keep the result. */
    public JsonNode params() {
        return Json.read(body);
    }

    /** The name of the surface on whose behalf this is, from header {@code Heph-Client}. */
    public Optional<String> client() {
        return client;
    }
}
