package dev.heph.auth.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * As what a device asks a provider, which its hub has told it.
 *
 * @param resource for which server tokens are to be (RFC 8707); empty: the provider knows
 */
record Client(String id, Optional<String> resource) {
    /** What asks for tokens, or for the code that they come by. */
    Map<String, String> asking(Map<String, String> rest) {
        var form = new HashMap<>(rest);
        form.put("client_id", id);
        resource.ifPresent(server -> form.put("resource", server));
        return form;
    }

    void write(ObjectNode json) {
        json.put("client", id);
        resource.ifPresent(server -> json.put("resource", server));
    }

    static Client read(JsonNode json) {
        return new Client(json.path("client").asText(), Optional.ofNullable(json.path("resource").textValue()));
    }
}
