package dev.heph.gateway.method;

import java.util.List;

/** The part of the table that is for who runs a hub: of everybody who has a space there, and never to be asked from elsewhere. */
final class HubTable {
    private HubTable() {}

    static List<Method> of(Handlers handlers) {
        return List.of(
                new Method("hub.users", "On a hub: who has a space there, and how much", List.of(), "HubUsers", true, handlers.hub()),
                new Method("hub.devices", "On a hub: everybody's devices, when they were there last and what they lack", List.of(), "HubDevices", true,
                        handlers.hub()),
                new Method("hub.stats", "On a hub: figures of everything together", List.of(), "HubStats", true, handlers.hub()),
                new Method("hub.verify", "On a hub: reads everybody's log, checks hashes, signatures and order, and makes everything anew from it", List.of(),
                        "HubVerified", true, handlers.hubVerify()));
    }
}
