package dev.heph.gateway.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.method.Call;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;

/** Begins a login to the hub that this device syncs with: sync knows which, auth how. */
public final class Logins {
    private final ServiceClient sync;
    private final ServiceClient auth;

    public Logins(ServiceClient sync, ServiceClient auth) {
        this.sync = sync;
        this.auth = auth;
    }

    /** @throws HephException {@link Reason#CONFLICT} if there is no hub, or this is one */
    public byte[] login(Call call) {
        JsonNode status = sync.call("sync.status", Json.object());
        if (status.path("state").asText().equals("hub")) {
            throw new HephException(Reason.CONFLICT, "this is the hub itself: its devices log in to it. Say this on a device");
        }
        String hub = status.path("hub").asText();
        if (hub.isEmpty()) {
            throw new HephException(Reason.CONFLICT, "there is no hub to log in to; join one first: heph hub join URL");
        }
        return Json.bytes(auth.call("auth.login", Json.object().put("hub", hub)));
    }
}
