package dev.heph.gateway;

import static org.awaitility.Awaitility.await;

import dev.heph.gateway.socket.Limits;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The real gateway on a real socket, between clients and services that only play their part. */
final class Rig implements AutoCloseable {
    /** Time goes on, from noon of 2026-11-21. */
    private static final Clock NOON =
            Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), Instant.parse("2026-11-21T12:00:00Z")));

    final Home home;
    final FakeStore store;
    final ServiceServer auth;
    final ServiceServer sync;
    /** What sync answers, by method. */
    final Map<String, Call> syncCalls = new ConcurrentHashMap<>();
    /** What auth answers beyond who is calling, by method. */
    final Map<String, Call> authCalls = new ConcurrentHashMap<>();
    final GatewayService gateway;
    private final List<Client> clients = new ArrayList<>();

    Rig(Path directory) {
        this(directory, Limits.USUAL);
    }

    Rig(Path directory, Limits limits) {
        this(directory, limits, Map.of());
    }

    /** @param flags settings, as on the command line */
    Rig(Path directory, Limits limits, Map<String, String> flags) {
        home = Home.in(directory).create();
        store = new FakeStore(home);
        auth = auth(home, authCalls);
        sync = sync(home, syncCalls);
        gateway = GatewayService.start(home, Settings.load(home, Map.of(), flags), NOON, limits);
        awaitChanges();
    }

    /** Until the gateway listens to changes, and has passed on all that there were up to now. */
    void awaitChanges() {
        try (Client probe = Client.connect(home.socket())) {
            probe.call("node.subscribe", "{}");
            AtomicInteger tries = new AtomicInteger();
            await().until(() -> {
                String id = "PROBE " + tries.incrementAndGet();
                store.change(id, "r", "sync");
                return probe.hears(id, Duration.ofMillis(200));
            });
        }
    }

    static ServiceServer auth(Home home) {
        return auth(home, Map.of());
    }

    private static ServiceServer auth(Home home, Map<String, Call> calls) {
        ServiceServer.Builder builder = ServiceServer.of("auth", home, Clock.systemUTC())
                .call("auth.identify", Call.of(params -> Json.object().put("space", "personal")));
        for (String method : List.of("auth.login", "auth.status", "auth.logout", "hub.token")) {
            builder.call(method, request -> calls.get(method).answer(request));
        }
        ServiceServer auth = builder.start();
        auth.announce();
        return auth;
    }

    private static ServiceServer sync(Home home, Map<String, Call> calls) {
        ServiceServer.Builder builder = ServiceServer.of("sync", home, Clock.systemUTC())
                .health(() -> new Health(true, "no hub is configured", Map.of("state", "off")));
        for (String method : List.of("hub.join", "hub.leave", "sync.now", "sync.status")) {
            builder.call(method, request -> calls.get(method).answer(request));
        }
        ServiceServer sync = builder.start();
        sync.announce();
        return sync;
    }

    Client connect() {
        Client client = Client.connect(home.socket());
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
        gateway.close();
        store.close();
        auth.close();
        sync.close();
    }
}
