package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import java.time.Clock;
import java.util.Map;

/** sync on a hub: answers devices, and the other services of the hub about them. */
public final class HubRole implements Service {
    private final HubStore store;
    private final News news;
    private final HubServer hub;
    private final ServiceServer server;

    private HubRole(Home home, Settings settings, Clock clock, ServiceClient store) {
        this.store = new HubStore(store);
        this.news = new News(this.store);
        try {
            this.hub = HubServer.start(settings.httpAddress(), this.store, news, clock);
        } catch (RuntimeException e) {
            news.close();
            throw e;
        }
        try {
            this.server = ServiceServer.of("sync", home, clock)
                    .call("sync.status", Call.of(params -> status()))
                    .call("sync.now", Call.of(HubRole::notHere))
                    .call("hub.join", Call.of(HubRole::notHere))
                    .call("hub.leave", Call.of(HubRole::notHere))
                    .health(() -> new Health(true, detail(), Map.of("state", "hub", "listening", hub.listening())))
                    .start();
        } catch (RuntimeException e) {
            closeHub();
            throw e;
        }
    }

    /**
     * Listens at {@code http.address}; the other services learn of it when the store answers.
     *
     * @throws HephException if that address is not a loopback one or taken
     */
    public static Service start(Home home, Settings settings, Clock clock) {
        var store = new ServiceClient(home, "store");
        var role = new HubRole(home, settings, clock, store);
        role.server.announceWhenAnswers(store);
        return role;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        closeHub();
        server.close();
    }

    private void closeHub() {
        hub.close();
        news.close();
    }

    private ObjectNode status() {
        ObjectNode status = Json.object()
                .put("state", "hub")
                .put("online", true)
                .put("hub", hub.url())
                .put("listening", hub.listening());
        JsonNode state = store.state();
        for (String name : new String[] {"epoch", "n", "unapplied", "conflicts", "skew"}) {
            status.set(name, state.get(name));
        }
        return status;
    }

    private String detail() {
        int listening = hub.listening();
        return "hub at " + hub.url() + ", " + (listening == 1 ? "1 device listens" : listening + " devices listen");
    }

    private static JsonNode notHere(JsonNode params) {
        throw new HephException(Reason.CONFLICT, "this is the hub itself: its devices sync with it. Say this on a device");
    }
}
