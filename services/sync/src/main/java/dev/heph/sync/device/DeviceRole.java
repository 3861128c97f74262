package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Call;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** sync on a device. Without a hub it does nothing but say so: no connection, no thread. */
public final class DeviceRole implements Service {
    /** Less than what callers wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int PATIENT_LOOKS = 5;

    /** As often something may be written while it compares. */
    private static final int COMPARISONS = 5;

    private final Settings settings;
    private final Clock clock;
    private final ServiceClient client;
    private final Store store;
    private final Function<HubAddress, Hub> hubs;
    private final StatusReport report;
    private final ServiceServer server;
    private final Thread beginning;

    private volatile Optional<Link> link = Optional.empty();
    private volatile Standing without;
    private boolean announced;
    private boolean closed;

    private DeviceRole(Home home, Settings settings, Clock clock, Function<HubAddress, Hub> hubs) {
        this.settings = settings;
        this.clock = clock;
        this.hubs = hubs;
        this.client = new ServiceClient(home, "store", settings.placement());
        this.store = new StoreCalls(client);
        this.report = new StatusReport(store, clock, settings.zone());
        this.without = Standing.off(clock.instant());
        this.server = ServiceServer.of("sync", home, clock)
                .placed(settings.placement())
                .call("sync.status", Call.of(params -> status()))
                .call("sync.now", Call.of(params -> now()))
                .call("sync.compare", Call.of(params -> compare()))
                .call("hub.join", Call.of(params -> join(params.path("url").asText())))
                .call("hub.leave", Call.of(params -> leave()))
                .health(() -> report.health(standing(), url(), skew()))
                .start();
        this.beginning = Thread.ofVirtual().name("beginning").unstarted(this::begin);
    }

    /** Listens at once; the others learn of it when the store, without which there is nothing to sync, answers. */
    public static Service start(Home home, Settings settings, Clock clock) {
        var auth = new ServiceClient(home, "auth", settings.placement());
        return start(home, settings, clock, address -> new HttpHub(address, new AuthCalls(auth, address), clock, HttpHub.Limits.USUAL));
    }

    static Service start(Home home, Settings settings, Clock clock, Function<HubAddress, Hub> hubs) {
        var role = new DeviceRole(home, settings, clock, hubs);
        role.beginning.start();
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
        beginning.interrupt();
        synchronized (this) {
            closed = true;
            unlink();
        }
        server.close();
    }

    /**
     * Goes on with the hub of the last time, or with the one that the settings name. The others learn of this service when it has: who asks it
     * to sync right after a start has a hub already. A store that answers and cannot say holds that up no longer than a second.
     */
    private void begin() {
        try {
            while (!client.answers()) {
                Thread.sleep(FIRST_LOOK);
            }
            for (int looks = 1; !begun(); looks++) {
                if (looks == PATIENT_LOOKS) {
                    announce();
                }
                Thread.sleep(LOOK);
            }
            announce();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void announce() {
        if (!closed && !announced) {
            server.announce();
            announced = true;
        }
    }

    /** False while the store does not say. */
    private synchronized boolean begun() {
        try {
            if (!closed && link.isEmpty()) {
                JsonNode before = store.state().path("hub").path("url");
                without = Standing.off(clock.instant());
                String url = settings.hubUrl().map(URI::toString).orElse(before.asText(""));
                if (!url.isEmpty()) {
                    HubAddress address = address(url);
                    store.join(address.uri());
                    link(address);
                }
            }
            return true;
        } catch (HephException e) {
            boolean address = e.reason() == Reason.INVALID_PARAMS;
            without = Standing.without(address ? State.REFUSED : State.OFFLINE, clock.instant(), e.getMessage());
            return address;
        }
    }

    private ObjectNode status() {
        return report.status(standing(), url(), skew());
    }

    private Optional<Duration> skew() {
        return link.flatMap(one -> one.hub().skew());
    }

    private Link required() {
        return link.orElseThrow(() -> new HephException(Reason.CONFLICT, without.state() == State.OFF
                ? "there is no hub to sync with; join one: heph hub join URL" : without.reason()));
    }

    private JsonNode compare() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            Link hub = required();
            now();
            Optional<ObjectNode> compared = new Comparison(store, hub.hub(), hub.address().toString()).run();
            if (compared.isPresent()) {
                return compared.get();
            } else if (tries == COMPARISONS) {
                throw new HephException(Reason.CONFLICT, "something is written again and again while this compares; try again in a quiet moment");
            }
        }
    }

    private JsonNode now() throws InterruptedException {
        Link hub = required();
        try {
            Moved moved = hub.loop().now().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Json.object()
                    .put("hub", hub.address().toString())
                    .put("pushed", moved.pushed())
                    .put("pulled", moved.pulled())
                    .set("conflicts", store.state().get("conflicts"));
        } catch (TimeoutException e) {
            throw new HephException(Reason.TIMEOUT, "syncing with " + hub.address() + " goes on; see how far it is: heph sync --status", e);
        } catch (ExecutionException e) {
            Reason reason = e.getCause() instanceof HephException known ? known.reason() : Reason.INTERNAL;
            String why = "not synced with " + hub.address() + ": " + e.getCause().getMessage();
            boolean never = hub.loop().standing().state() == State.REVOKED;
            throw new HephException(reason, never ? why : why + "; changes wait here until it works, nothing is lost", e);
        }
    }

    /** The hub is asked first, without holding anybody up: it may take its time, and it may be none. */
    private JsonNode join(String url) {
        HubAddress address = address(url);
        settings.hubUrl().map(URI::toString).filter(set -> !address(set).equals(address)).ifPresent(set -> {
            throw new HephException(Reason.CONFLICT, "the setting hub.url says " + set + ", and a setting rules; change or remove it first");
        });
        boolean in;
        try (Hub hub = hubs.apply(address)) {
            in = hub.greet();
        } catch (HubTrouble trouble) {
            throw new HephException(trouble.reason(), "cannot join " + address + ": " + trouble.getMessage() + "; nothing was changed", trouble);
        }
        change(Optional.of(address), () -> store.join(address.uri()));
        return in ? status() : status().put("login_needed", true);
    }

    private JsonNode leave() {
        settings.hubUrl().ifPresent(set -> {
            throw new HephException(Reason.CONFLICT, "the setting hub.url says " + set + ", and a setting rules; remove it first");
        });
        change(Optional.empty(), store::leave);
        return status();
    }

    /** Nothing of the old hub may reach the store after it was told of the new one; if it is not told, all is as before. */
    private synchronized void change(Optional<HubAddress> hub, Runnable told) {
        Optional<HubAddress> next = link.map(Link::address);
        unlink();
        try {
            told.run();
            next = hub;
            without = Standing.off(clock.instant());
        } finally {
            if (!closed) {
                next.ifPresent(this::link);
            }
        }
    }

    /** Asks the store first how far it has got with that hub, so that a restart is no news. */
    private void link(HubAddress address) {
        JsonNode hub = report.state().path("hub");
        Optional<Instant> synced = Optional.of(hub.path("synced_at")).filter(JsonNode::isNumber).map(at -> Instant.ofEpochMilli(at.asLong()));
        Hub reached = hubs.apply(address);
        var pace = new Pace(System.nanoTime(), () -> ThreadLocalRandom.current().nextDouble());
        var beginning = Standing.beginning(clock.instant(), synced, hub.path("n").asLong());
        link = Optional.of(Link.start(address, reached, new SyncLoop(store, reached, beginning, pace, clock, System::nanoTime,
                Surroundings.of(clock, System::nanoTime)::changed, SyncLoop.LOOK), client));
    }

    private HubAddress address(String url) {
        return HubAddress.of(url, settings.plainHttp());
    }

    private void unlink() {
        link.ifPresent(Link::close);
        link = Optional.empty();
    }

    private Standing standing() {
        return link.map(one -> one.loop().standing()).orElse(without);
    }

    private Optional<String> url() {
        return link.map(one -> one.address().toString());
    }
}
