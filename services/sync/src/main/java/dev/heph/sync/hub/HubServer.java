package dev.heph.sync.hub;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Access;
import dev.heph.runtime.Correlation;
import dev.heph.runtime.Json;
import dev.heph.runtime.Meters;
import dev.heph.runtime.Streams;
import dev.heph.runtime.Traffic;
import dev.heph.settings.Login;
import dev.heph.settings.Loopback;
import dev.heph.settings.Tls;
import dev.heph.sync.wire.Exchange;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where devices reach a hub: an HTTP server of its own, beside the one for the other services. */
final class HubServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HubServer.class.getName());

    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Longer than devices keep a connection, so that the one who hangs up is the one who might use it. */
    private static final Duration IDLE = Duration.ofMinutes(2);

    /** Within which the headers of a request have to come, also by a slow line. */
    private static final Duration HEADERS = Duration.ofSeconds(10);

    /** Each costs a parked virtual thread; a device has two. */
    private static final int MOST_CONNECTIONS = 4_000;

    /** What is refused before it gets to a route is told as everything else is. */
    private static final DirectHandlers REFUSALS = DirectHandlers.builder()
            .addHandler(DirectHandler.EventType.BAD_REQUEST, HubServer::refusal)
            .build();

    private final InetSocketAddress wanted;
    private final boolean sealed;
    private final boolean login;
    private final Clock clock;
    private final Traffic traffic = new Traffic();
    private final Streams streams = new Streams();
    private final Prompt prompt = Prompt.within(HEADERS);
    private final Meters meters;
    private final Routes routes;
    private final WebServer server;
    private final Optional<Certificate> certificate;

    private HubServer(
            InetSocketAddress wanted, Optional<Tls> tls, Optional<Login> login, BooleanSupplier up, Door door, Meters meters, Clock clock) {
        this.wanted = wanted;
        this.sealed = tls.isPresent();
        this.login = login.isPresent();
        this.clock = clock;
        this.meters = meters;
        meters.gauge("heph.devices.listening", "devices that hear news", streams::open);
        this.routes = new Routes(up, login, streams, meters, clock);
        WebServerConfig.Builder builder = WebServer.builder();
        tls.ifPresent(files -> builder.tls(Certificate.read(files)));
        this.server = builder
                .address(wanted.getAddress())
                .port(wanted.getPort())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .addContentEncoding(new Untouched())
                        .build())
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(2 * Exchange.MAX_QUERY_BYTES)
                        .addReceiveListener(prompt)
                        .build())
                .connectionOptions(options -> options.tcpNoDelay(true).readTimeout(IDLE))
                .idleConnectionTimeout(IDLE)
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxPayloadSize(-1) // the limit is ours to explain, see Routes
                .directHandlers(REFUSALS)
                .shutdownGracePeriod(Duration.ofMillis(50)) // what is under way has left before, see close
                .routing((HttpRouting.Builder routing) -> {
                    routing.addFilter(this::admit);
                    routing.error(HephException.class, (request, response, e) -> Routes.refuse(response, e));
                    routing.error(Exception.class, HubServer::failed);
                    routes.add(routing, door);
                })
                .build();
        this.certificate = tls.map(files -> Certificate.watch(files, server::reloadTls));
    }

    /**
     * Listens there.
     *
     * @param tls how it proves who it is; empty: it speaks plain http
     * @param login whom it lets in; empty: everybody on this machine
     * @param up whether the hub can answer anything
     * @param meters where it is measured how it does
     * @throws HephException if that is not a loopback address and there is no login, or if it is taken
     */
    static HubServer start(
            InetSocketAddress address, Optional<Tls> tls, Optional<Login> login, BooleanSupplier up, Door door, Meters meters,
                    Clock clock) {
        if (!address.getAddress().isLoopbackAddress() && login.isEmpty()) {
            throw new HephException(
                    Reason.INVALID_PARAMS,
                    "http.address " + text(address) + " cannot be used: without a login (auth.issuer) a hub listens on a loopback address"
                            + " only, such as"
                            + " 127.0.0.1:7800");
        }
        var hub = new HubServer(address, tls, login, up, door, meters, clock);
        hub.server.start();
        if (!hub.server.isRunning()) { // Helidon logs a failure to bind and returns
            throw new HephException(
                    Reason.CONFLICT,
                    "the hub cannot listen on " + text(address) + ", perhaps because another program does; give it another port: heph hub"
                            + " up --port PORT");
        }
        return hub;
    }

    /** As a device writes it, such as {@code http://127.0.0.1:7800}. */
    String url() {
        return (sealed ? "https://" : "http://") + text(new InetSocketAddress(wanted.getAddress(), server.port()));
    }

    /** How many devices listen for news. */
    int listening() {
        return streams.open();
    }

    @Override
    public void close() {
        certificate.ifPresent(Certificate::close);
        prompt.close();
        streams.close();
        traffic.stop(GRACE);
        server.stop();
    }

    private static DirectHandler.TransportResponse refusal(
            DirectHandler.TransportRequest request, DirectHandler.EventType type, Status status, ServerResponseHeaders headers,
                    String message) {
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderValues.CONTENT_TYPE_JSON)
                .keepAlive(false)
                .entity(Json.error(new HephException(Reason.INVALID_REQUEST, "this is no request of heph")))
                .build();
    }

    private void admit(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HeaderNames.DATE, DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(clock.withZone(ZoneOffset.UTC))));
        if (fromWebPage(request)) {
            Routes.refuse(response, new HephException(Reason.INVALID_REQUEST, "a hub is asked by heph, not by web pages"));
        } else if (!traffic.enter()) {
            Routes.refuse(response, new HephException(Reason.AWAY, "the hub is stopping; nothing was changed"));
        } else {
            try {
                Correlation.run(request.headers().first(REQUEST_ID), () -> watched(chain, request, response));
            } finally {
                traffic.leave();
            }
        }
    }

    /** Whoever looks for a request in the logs finds it by the id that a proxy before us gave it, or that we did. */
    private void watched(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Correlation.id().ifPresent(id -> response.header(REQUEST_ID, id));
        long begun = System.nanoTime();
        chain.proceed();
        String route = routes.name(request.path().path());
        var took = Duration.ofNanos(System.nanoTime() - begun);
        if (!route.equals(Routes.NEWS)) { // which takes as long as somebody listens
            meters.took("heph.request", took, "route", route, "status", Integer.toString(response.status().code()));
        }
        Access.log(request.prologue().method() + " " + request.path().path(), response.status().code(), took, Optional.empty());
    }

    private static void failed(ServerRequest request, ServerResponse response, Exception e) {
        LOG.log(System.Logger.Level.ERROR, request.path().path() + " failed", e);
        Routes.refuse(response, new HephException(Reason.INTERNAL, "the hub failed; its log says why: heph logs sync", e));
    }

    /**
     * A page in a browser on this machine can reach a loopback address too, by a name of its own that comes to mean 127.0.0.1. It cannot
     * help saying so: in {@code Origin} or in {@code Host}. Where a token is asked for, which no page has, a hub may have any name.
     */
    private boolean fromWebPage(RoutingRequest request) {
        Optional<String> host = request.headers().first(HeaderNames.HOST);
        return request.headers().contains(HeaderNames.ORIGIN) || (!login && !host.map(HubServer::namesLoopback).orElse(true));
    }

    private static boolean namesLoopback(String host) {
        try {
            String name = URI.create("http://" + host).getHost();
            return name != null && Loopback.names(name);
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
