package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Meters;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Login;
import dev.heph.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** sync on a hub: answers devices, and the other services of the hub about them. */
public final class HubRole implements Service {
    private final HubStore store;
    private final Optional<Login> login;
    private final Runnable closingNews;
    private final HubServer hub;
    private final ServiceServer server;

    private HubRole(Home home, Settings settings, Clock clock, ServiceClient client) {
        this.store = new HubStore(client);
        this.login = settings.login();
        Meters meters = Meters.of("sync", settings.placement());
        Door door;
        if (login.isPresent()) {
            var newsroom = new Newsroom(store, clock);
            this.closingNews = newsroom::close;
            door = new TokenDoor(new ServiceClient(home, "auth", settings.placement()), store, newsroom, settings.proxies(), clock);
        } else {
            var own = new News(store, clock);
            this.closingNews = own::close;
            door = new OpenDoor(new Guest(store, own::after, Instant.MAX));
        }
        try {
            this.hub = HubServer.start(settings.httpAddress(), settings.tls(), login, store::ready, door, meters, clock);
        } catch (RuntimeException e) {
            closingNews.run();
            throw e;
        }
        try {
            this.server = ServiceServer.of("sync", home, clock)
                    .placed(settings.placement())
                    .meters(meters)
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
        var store = new ServiceClient(home, "store", settings.placement());
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
    public void stopping() {
        server.stopping();
    }

    @Override
    public void close() {
        server.stopping();
        closeHub();
        server.close();
    }

    private void closeHub() {
        hub.close();
        closingNews.run();
    }

    private ObjectNode status() {
        ObjectNode status = Json.object()
                .put("state", "hub")
                .put("online", true)
                .put("hub", hub.url())
                .put("listening", hub.listening());
        if (login.isPresent()) { // the hub's own space is nobody's
            return status.put("people", store.people());
        }
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
