package dev.heph.runtime;

import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Where a service tells how it is to whoever watches over it, at an address of its own and without a secret: there is nothing in it but
 * yes, no and numbers. {@code /health/started}, {@code /health/live}, {@code /health/ready} and {@code /metrics}.
 */
final class Observation {
    private static final String SOCKET = "observe";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private Observation() {}

    /**
     * @param started whether it has begun to work: what it needs for that was there once
     * @param ready whether it can do its work now; false is a reason to ask another one, and none to end it
     */
    static void add(WebServerConfig.Builder server, InetSocketAddress address, BooleanSupplier started, BooleanSupplier ready,
            Meters meters) {
        HealthObserver health = HealthObserver.builder()
                .endpoint("/health")
                .useSystemServices(false)
                .addCheck(() -> response(true), HealthCheckType.LIVENESS, "live")
                .addCheck(() -> response(started.getAsBoolean()), HealthCheckType.STARTUP, "started")
                .addCheck(() -> response(ready.getAsBoolean()), HealthCheckType.READINESS, "ready")
                .build();
        ListenerConfig listener = ListenerConfig.builder()
                .address(address.getAddress())
                .port(address.getPort())
                .routing((HttpRouting.Builder routing) -> routing.get("/metrics", (request, response) ->
                        response.header(HeaderNames.CONTENT_TYPE, PROMETHEUS_TEXT).send(meters.read())))
                .build();
        server.putSocket(SOCKET, listener)
                .addFeature(ObserveFeature.builder()
                        .observersDiscoverServices(false)
                        .endpoint("/")
                        .sockets(List.of(SOCKET))
                        .addObserver(health)
                        .build());
    }

    private static HealthCheckResponse response(boolean good) {
        return HealthCheckResponse.builder().status(good).build();
    }
}
