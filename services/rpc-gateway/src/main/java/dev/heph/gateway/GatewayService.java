package dev.heph.gateway;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.capture.Words;
import dev.heph.gateway.export.Export;
import dev.heph.gateway.foreign.TaskImport;
import dev.heph.gateway.journal.Journals;
import dev.heph.gateway.method.Dispatcher;
import dev.heph.gateway.method.Handler;
import dev.heph.gateway.method.Handlers;
import dev.heph.gateway.method.Methods;
import dev.heph.gateway.method.Table;
import dev.heph.gateway.push.ChangeFeed;
import dev.heph.gateway.push.Subscribing;
import dev.heph.gateway.push.Subscriptions;
import dev.heph.gateway.rpc.ClientName;
import dev.heph.gateway.service.Caller;
import dev.heph.gateway.service.HealthReport;
import dev.heph.gateway.service.Logins;
import dev.heph.gateway.service.Store;
import dev.heph.gateway.socket.Limits;
import dev.heph.gateway.socket.SocketServer;
import dev.heph.gateway.vault.Import;
import dev.heph.gateway.vault.Vaults;
import dev.heph.model.date.Now;
import dev.heph.model.id.IdMint;
import dev.heph.runtime.Health;
import dev.heph.runtime.Meters;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The service {@code rpc-gateway}: JSON-RPC on the unix socket for surfaces, answered by asking the other services. It
 * listens from the start, answering {@code away} while they are, and writes its run file once the store answers.
 */
public final class GatewayService implements Service {
    /** Each may be about all there is, such as what a whole import brought in. */
    private static final Set<String> LONG = Set.of("undo", "redo", "task.change", "restore");

    /** A hub copies one person after the other. */
    private static final Duration COPYING = Duration.ofHours(1);

    private final SocketServer socket;
    private final ChangeFeed feed;
    private final ServiceServer server;

    private GatewayService(SocketServer socket, ChangeFeed feed, ServiceServer server) {
        this.socket = socket;
        this.feed = feed;
        this.server = server;
    }

    /** @throws dev.heph.error.HephException if another gateway answers at the socket of this home */
    public static GatewayService start(Home home, Settings settings, Clock clock) {
        return start(home, settings, clock, Limits.USUAL);
    }

    static GatewayService start(Home home, Settings settings, Clock clock, Limits limits) {
        home.create();
        ServiceClient store = new ServiceClient(home, "store", settings.placement());
        ServiceClient auth = new ServiceClient(home, "auth", settings.placement());
        Map<String, ServiceClient> others = new LinkedHashMap<>();
        others.put("store", store);
        ServiceClient sync = new ServiceClient(home, "sync", settings.placement());
        others.put("sync", sync);
        others.put("auth", auth);

        Meters meters = Meters.of("rpc-gateway", settings.placement());
        Subscriptions subscriptions = new Subscriptions();
        Store asked = new Store(store, new Caller(auth, clock));
        IdMint ids = new IdMint(clock::millis, new SecureRandom()::nextLong);
        Supplier<Now> now = () -> new Now(LocalDateTime.ofInstant(clock.instant(), settings.zone()), settings.dayStarts());
        Import notes = new Import(asked, new Vaults(home), ids, now);
        TaskImport tasks = new TaskImport(asked, ids, now, settings.zone());
        Words words = new Words(asked, clock, settings.zone(), settings.dayStarts());
        Journals journals = new Journals(asked, settings.journalTemplate());
        Methods methods = methods(settings.mode(), asked, sync, auth, words, journals, new HealthReport(others), subscriptions,
                call -> (call.text("from").isPresent() ? tasks : notes).handle(call));
        SocketServer socket = SocketServer.open(home, new Dispatcher(methods, meters), limits, subscriptions::drop);
        ServiceServer server = null;
        try {
            server = ServiceServer.of("rpc-gateway", home, clock)
                    .placed(settings.placement())
                    .meters(meters)
                    .ready(store::answers)
                    .health(() -> Health.up("answers at " + home.socket()))
                    .start();
            server.announceWhenAnswers(store);
            return new GatewayService(socket, ChangeFeed.start(store, subscriptions), server);
        } finally {
            if (server == null) {
                socket.close();
            }
        }
    }

    private static Methods methods(
            Mode mode, Store store, ServiceClient sync, ServiceClient auth, Words words, Journals journals, HealthReport health, Subscriptions subscriptions,
            Handler importing) {
        Subscribing subscribing = new Subscribing(store, subscriptions);
        Logins logins = new Logins(sync, auth);
        Handler asking = call -> auth.call(call.method(), call.params().toBytes(), call.client().map(ClientName::encode), ServiceClient.USUAL_TIMEOUT);
        return Table.of(new Handlers(
                call -> store.call(call.method(), call.params().toBytes(), call.client(),
                        LONG.contains(call.method()) ? Store.PATIENT : ServiceClient.USUAL_TIMEOUT),
                call -> sync.call(call.method(), call.params().toBytes(), call.client().map(ClientName::encode), ServiceClient.USUAL_TIMEOUT),
                call -> sync.call(call.method(), call.params().toBytes(), call.client().map(ClientName::encode), Store.PATIENT),
                asking,
                logins::login,
                mode == Mode.HUB ? asking : logins::token,
                words::capture,
                words::date,
                words::recur,
                journals::open,
                journals::near,
                patient(store, "checking what is stored", Store.PATIENT),
                patient(store, "copying everything", COPYING),
                onHub(mode, patient(store, "asking everybody's spaces", Store.PATIENT)),
                onHub(mode, patient(store, "reading everybody's log", COPYING)),
                importing,
                new Export(store),
                call -> health.write(),
                subscribing::subscribe,
                subscribing::unsubscribe));
    }

    /** For what only a hub has to tell. */
    private static Handler onHub(Mode mode, Handler asking) {
        return mode == Mode.HUB ? asking : call -> {
            throw new HephException(Reason.CONFLICT, "this is a device, and " + call.method() + " is about a hub: say it on the hub's machine, or in its pod");
        };
    }

    /** For what goes through all there is and tells nothing meanwhile. */
    private static Handler patient(Store store, String note, Duration patience) {
        return call -> {
            call.progress().at(0, 0, note);
            return store.call(call.method(), call.params().toBytes(), call.client(), patience);
        };
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
        server.close(); // and with it the run file: nobody is sent here while the last requests end
        socket.close();
        feed.close();
    }
}
