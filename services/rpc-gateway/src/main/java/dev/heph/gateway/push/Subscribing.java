package dev.heph.gateway.push;

import dev.heph.gateway.method.Call;
import dev.heph.gateway.service.Store;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The methods {@code node.subscribe} and {@code node.unsubscribe}. */
public final class Subscribing {
    private final Store store;
    private final Subscriptions subscriptions;

    public Subscribing(Store store, Subscriptions subscriptions) {
        this.store = store;
        this.subscriptions = subscriptions;
    }

    /** The store is asked for the node: it may be named by the end of its id, and one that is not there is an error. */
    public byte[] subscribe(Call call) {
        Optional<String> id = call.text("id");
        if (id.isEmpty()) {
            subscriptions.addAll(call.session());
            return ok();
        }
        byte[] node = store.call("node.get", call.params().toBytes(), call.client(), ServiceClient.USUAL_TIMEOUT);
        subscriptions.add(call.session(), Json.read(node).path("id").asText());
        return ok();
    }

    public byte[] unsubscribe(Call call) {
        call.text("id").ifPresentOrElse(
                id -> subscriptions.remove(call.session(), id), () -> subscriptions.drop(call.session()));
        return ok();
    }

    private static byte[] ok() {
        return "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
    }
}
