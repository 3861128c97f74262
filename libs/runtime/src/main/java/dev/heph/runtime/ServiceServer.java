package dev.heph.runtime;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.Placement;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the other services reach one by: an HTTP server on 127.0.0.1, at a port the system picks, or where the settings place it, that
 * answers only who has the secret. {@link #start} listens; {@link #announce} tells the others, once the service works.
 */
public final class ServiceServer implements Service {
    /** Above the gateway's line limit, so that what is too long is refused there, with a better message. */
    public static final int MAX_BODY_BYTES = 96 << 20;

    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The clients keep their connections; an idle one costs a parked virtual thread. */
    private static final Duration IDLE = Duration.ofDays(1);

    private final String name;
    private final Home home;
    private final Clock clock;
    private final WebServer server;
    private final Traffic traffic = new Traffic();
    private final Streams streams = new Streams();
    private final Placement placement;
    private volatile Announcement announcement;
    private volatile boolean stopping;

    private ServiceServer(Builder builder) {
        this.name = builder.name;
        this.home = builder.home;
        this.clock = builder.clock;
        this.placement = builder.placement;
        Meters meters = builder.meters();
        WebServerConfig.Builder config = WebServer.builder();
        placement.observed().ifPresent(address -> Observation.add(config, address, this::announced, () -> ready(builder.ready), meters));
        meters.gauge("heph.ready", "1 while it can do its work", () -> ready(builder.ready) ? 1 : 0);
        meters.gauge("heph.streams", "streams that are open to other services", streams::open);
        this.server = config
                .address(placement.listening().getAddress())
                .port(placement.listening().getPort())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .contentEncoding(ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build())
                .connectionOptions(options -> options.tcpNoDelay(true))
                .idleConnectionTimeout(IDLE)
                .maxPayloadSize(-1) // the limit is ours to explain, see CallHandler
                .shutdownGracePeriod(Duration.ofMillis(50)) // what is under way has left before, see close
                .routing((HttpRouting.Builder routing) -> route(routing, builder))
                .build();
    }

    /** A server for the service of that name; add what it answers, then {@link Builder#start}. */
    public static Builder of(String name, Home home, Clock clock) {
        return new Builder(name, home, clock);
    }

    private void route(HttpRouting.Builder routing, Builder builder) {
        Secret secret = placement.secret().map(Secret::in).orElseGet(() -> Secret.readOrMake(home));
        routing.get("/live", (request, response) -> response.status(204).send());
        routing.addFilter((chain, request, response) -> {
            boolean open = request.path().path().equals("/live");
            if (!open && request.headers().first(HeaderNames.AUTHORIZATION).filter(secret::admits).isEmpty()) {
                response.status(401).send();
            } else if (!traffic.enter()) {
                var stopping = new HephException(Reason.AWAY, "heph's " + name + " is stopping; nothing was changed");
                CallHandler.send(response, stopping.reason().httpStatus(), Json.error(stopping));
            } else {
                try {
                    Correlation.run(request.headers().first(Correlation.HEADER), chain::proceed);
                } finally {
                    traffic.leave();
                }
            }
        });
        routing.get("/health", (request, response) -> CallHandler.send(response, 200, health(builder.health).toJson()));
        routing.get("/ready", (request, response) -> {
            if (ready(builder.ready)) {
                response.status(204).send();
            } else {
                var notNow = new HephException(Reason.AWAY, "heph's " + name + " cannot do its work now");
                CallHandler.send(response, notNow.reason().httpStatus(), Json.error(notNow));
            }
        });
        var handler = new CallHandler(name, builder.answers, builder.spaces, builder.meters());
        routing.post("/call/{method}", handler);
        builder.answers.streams().keySet().forEach(path -> routing.get(path, (request, response) -> {
            try (Spaces.Visit visit = handler.visit(request)) {
                streams.feed(visit.answers().streams().get(path), response);
            }
        }));
    }

    /** A second one would take the first one's place in the run directory, and both would work on. */
    private static void refuseSecond(String name, Home home) {
        RunFile.read(home, name).filter(first -> new ServiceClient(home, name).answers()).ifPresent(first -> {
            throw new HephException(
                    Reason.CONFLICT, "heph's " + name + " runs already, as pid " + first.pid() + ". Stop it first: heph down");
        });
    }

    private ServiceServer listen() {
        server.start();
        if (!server.isRunning()) { // Helidon logs a failure to bind and returns
            throw placement.listening().getPort() == 0 && placement.observed().isEmpty()
                    ? new HephException(Reason.INTERNAL, "cannot listen on 127.0.0.1; is the loopback interface up?")
                    : new HephException(Reason.CONFLICT, "cannot listen on " + text(placement.listening())
                            + placement.observed().map(address -> " and " + text(address)).orElse("")
                            + ", perhaps because another program does; set internal.address and observe.address to free ones");
        }
        return this;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Whether it works: it did once, and is not stopping. */
    private boolean announced() {
        Announcement made = announcement;
        return made != null && made.made();
    }

    private boolean ready(BooleanSupplier able) {
        return !stopping && announced() && able.getAsBoolean();
    }

    /** What cannot even be looked at is not well. */
    private static Health health(Supplier<Health> health) {
        try {
            return health.get();
        } catch (HephException e) {
            return Health.down(e.getMessage());
        }
    }

    /** Tells the other services that this one works: writes its run file. */
    public void announce() {
        announcement = Announcement.done(writeRunFile());
    }

    /** Announces, from a thread of its own, as soon as the other service answers, however long that takes. */
    public void announceWhenAnswers(ServiceClient other) {
        announcement = Announcement.when(other, this::writeRunFile);
    }

    private RunFile writeRunFile() {
        RunFile file = RunFile.ofThisProcess(name, port(), clock.instant());
        file.write(home);
        return file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void stopping() {
        stopping = true;
    }

    @Override
    public void close() {
        stopping();
        if (announcement != null) {
            announcement.withdraw(home);
        }
        streams.close();
        traffic.stop(GRACE);
        server.stop();
    }

    /** What a service answers. */
    public static final class Builder {
        private final String name;
        private final Home home;
        private final Clock clock;
        private Answers answers = new Answers();
        private Optional<Spaces> spaces = Optional.empty();
        private Supplier<Health> health = () -> Health.up("running");
        private BooleanSupplier ready = () -> true;
        private Placement placement = Placement.HERE;
        private Optional<Meters> meters = Optional.empty();

        private Builder(String name, Home home, Clock clock) {
            this.name = name;
            this.home = home;
            this.clock = clock;
        }

        /** Answers all of that, in place of what was added before. */
        public Builder answers(Answers all) {
            answers = all;
            return this;
        }

        /** Answers for these as well; each has the streams that the service itself has. */
        public Builder spaces(Spaces others) {
            spaces = Optional.of(others);
            return this;
        }

        /** Answers {@code POST /call/<method>}. */
        public Builder call(String method, Call call) {
            answers.call(method, call);
            return this;
        }

        /** Answers {@code GET path}, such as {@code /changes}, with a stream of lines. */
        public Builder stream(String path, Lines.Source source) {
            answers.stream(path, source);
            return this;
        }

        /** Answers {@code GET /health}; asked for each time. */
        public Builder health(Supplier<Health> health) {
            this.health = health;
            return this;
        }

        /** Listens there, and not on this machine's loopback alone. */
        public Builder placed(Placement there) {
            placement = there;
            return this;
        }

        /** Whether it can do its work now, beside that it runs; asked for each time, so it answers soon. */
        public Builder ready(BooleanSupplier able) {
            ready = able;
            return this;
        }

        /** What is measured, for whoever watches it. */
        public Meters meters() {
            if (meters.isEmpty()) {
                meters = Optional.of(Meters.of(name, placement));
            }
            return meters.get();
        }

        /** Measures there, as what belongs to the same service does. */
        public Builder meters(Meters shared) {
            meters = Optional.of(shared);
            return this;
        }

        /**
         * Listens. The others do not know it before {@link ServiceServer#announce}.
         *
         * @throws HephException {@link Reason#CONFLICT} if the home has such a service already, announced and answering
         */
        public ServiceServer start() {
            refuseSecond(name, home);
            return new ServiceServer(this).listen();
        }
    }
}
