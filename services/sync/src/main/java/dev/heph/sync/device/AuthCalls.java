package dev.heph.sync.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import java.util.Optional;

/** auth of this device, asked for what opens one hub. */
record AuthCalls(ServiceClient auth, HubAddress hub) implements Credentials {
    @Override
    public Optional<String> token(Optional<String> refused) {
        ObjectNode asked = Json.object().put("hub", hub.toString());
        refused.ifPresent(token -> asked.put("refused", token));
        try {
            return Optional.ofNullable(auth.call("auth.token", asked).path("token").textValue());
        } catch (HephException e) {
            throw e.reason() == Reason.AWAY ? HubTrouble.offline(e.getMessage(), e) : HubTrouble.stranger(e.getMessage());
        }
    }
}
