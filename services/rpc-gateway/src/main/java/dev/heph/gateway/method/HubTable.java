package dev.heph.gateway.method;

import static dev.heph.gateway.method.Param.optional;

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
                        "HubVerified", true, handlers.hubVerify()),
                new Method("hub.token", "What the token that this device shows its hub says, and whether the hub takes it; on a hub, of one that it is given",
                        List.of(optional("token", Table.SOME_TEXT, "on a hub: the token"),
                                optional("print", Table.FLAG, "on a device: true: the answer has the token too")),
                        "HubToken", true, handlers.token()));
    }
}
