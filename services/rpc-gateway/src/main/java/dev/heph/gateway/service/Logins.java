package dev.heph.gateway.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;

/** Who this device is for the hub that it syncs with: sync knows which hub that is, auth the rest. */
public final class Logins {
    private final ServiceClient sync;
    private final ServiceClient auth;

    public Logins(ServiceClient sync, ServiceClient auth) {
        this.sync = sync;
        this.auth = auth;
    }

    /**
     * Begins a login to that hub.
     *
     * @throws HephException {@link Reason#CONFLICT} if there is no hub, or this is one
     */
    public byte[] login(Call call) {
        return Json.bytes(auth.call("auth.login", hub("log in to")));
    }

    /** What this device shows that hub. @throws HephException as for {@link #login} */
    public byte[] token(Call call) {
        if (call.text("token").isPresent()) {
            throw new HephException(Reason.CONFLICT, "this is a device, which judges no tokens: say --check on the hub's machine, or in its pod");
        }
        return Json.bytes(auth.call("hub.token", hub("show a token to").put("print", call.read().path("print").asBoolean())));
    }

    private ObjectNode hub(String what) {
        JsonNode status = sync.call("sync.status", Json.object());
        if (status.path("state").asText().equals("hub")) {
            throw new HephException(Reason.CONFLICT, "this is the hub itself: its devices log in to it. Say this on a device");
        }
        String hub = status.path("hub").asText();
        if (hub.isEmpty()) {
            throw new HephException(Reason.CONFLICT, "there is no hub to " + what + "; join one first: heph hub join URL");
        }
        return Json.object().put("hub", hub);
    }
}
