package dev.heph.gateway.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.gateway.rpc.ClientName;
import dev.heph.gateway.rpc.Replies;
import dev.heph.gateway.rpc.Session;
import dev.heph.runtime.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who wants to hear of what. */
public final class Subscriptions {
    private static final byte[] MISSED = Replies.notification("changes.missed", "{}".getBytes(StandardCharsets.UTF_8));
    private static final String EVERY_NODE = "*";

    /** The ids that each client asked for, whole, or {@link #EVERY_NODE}. */
    private final Map<Session, Set<String>> wanted = new ConcurrentHashMap<>();

    /** @param id whole, as the store writes it */
    public void add(Session session, String id) {
        wanted.computeIfAbsent(session, s -> ConcurrentHashMap.newKeySet()).add(id);
        if (!session.open()) {
            drop(session); // it left meanwhile, and nobody will tell us again
        }
    }

    public void addAll(Session session) {
        add(session, EVERY_NODE);
    }

    /** @param end of the id, in any case */
    public void remove(Session session, String end) {
        String upper = end.toUpperCase(Locale.ROOT);
        wanted.getOrDefault(session, Set.of()).removeIf(id -> !id.equals(EVERY_NODE) && id.endsWith(upper));
    }

    /** Ends all of a client's subscriptions. */
    public void drop(Session session) {
        wanted.remove(session);
    }

    /** @param change a line of the store's {@code /changes}: {@code {id, rev, origin}} */
    void changed(String change) {
        if (wanted.isEmpty()) {
            return;
        }
        ObjectNode params = (ObjectNode) Json.read(change.getBytes(StandardCharsets.UTF_8));
        String id = params.path("id").asText();
        if (params.path("origin").isTextual()) {
            params.put("origin", ClientName.decode(params.path("origin").textValue()));
        }
        byte[] notification = Replies.notification("node.changed", Json.bytes(params));
        wanted.forEach((session, ids) -> {
            if (ids.contains(id) || ids.contains(EVERY_NODE)) {
                session.push(notification);
            }
        });
    }

    /** Changes may have gone by unheard: nobody is left to believe that there were none. */
    void missed() {
        wanted.forEach((session, ids) -> {
            if (!ids.isEmpty()) {
                session.push(MISSED);
            }
        });
    }
}
