package dev.heph.gateway.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.ClientName;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.time.Duration;
import java.util.Optional;

/** The store, asked on behalf of a caller. */
public final class Store {
    /** For a batch of an import, a page of an export, a check of everything. */
    public static final Duration PATIENT = Duration.ofMinutes(10);

    /** The one space that a device's store holds. */
    private static final String PERSONAL = "personal";

    private final ServiceClient store;
    private final Caller caller;

    public Store(ServiceClient store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    /**
     * @return the result as the store wrote it @throws HephException what the store answered, or that it or auth is
     * away
     */
    public byte[] call(String method, byte[] params, Optional<String> client, Duration timeout) {
        String space = caller.space();
        if (!space.equals(PERSONAL)) {
            throw new HephException(
                    Reason.NOT_FOUND, "this device holds your personal space only, not '" + space + "'");
        }
        return store.call(method, params, client.map(ClientName::encode), timeout);
    }

    public JsonNode call(String method, JsonNode params, Optional<String> client, Duration timeout) {
        return Json.read(call(method, Json.bytes(params), client, timeout));
    }

    /** How many notes there are. */
    public long notes(Optional<String> client) {
        JsonNode docs = Json.object().put("kind", "doc").put("limit", 1);
        return call("node.list", docs, client, PATIENT).path("total").asLong();
    }
}
