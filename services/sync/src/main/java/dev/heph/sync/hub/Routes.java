package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.Meters;
import dev.heph.runtime.Streams;
import dev.heph.settings.Login;
import dev.heph.settings.Version;
import dev.heph.sync.wire.Body;
import dev.heph.sync.wire.Exchange;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a device can ask: the table of docs/design/sync.md, row by row. */
final class Routes {
    /** Shorter answers cost more to zip than to send. */
    private static final int WORTH_ZIPPING_BYTES = 512;

    /** Within which a parcel has to come, also by a slow line. */
    private static final Duration PARCEL = Duration.ofSeconds(60);

    /** A store that was killed is back within seconds. */
    private static final String RETRY_AFTER_SECONDS = "2";

    static final String NEWS = Exchange.ROOT + "/news";
    private static final String SNAPSHOT_PART = Exchange.ROOT + "/snapshot/{sha256}";

    private final BooleanSupplier up;
    private final Optional<Login> login;
    private final Streams streams;
    private final Meters meters;
    private final Clock clock;

    /** @param up whether the hub can answer anything */
    Routes(BooleanSupplier up, Optional<Login> login, Streams streams, Meters meters, Clock clock) {
        this.up = up;
        this.login = login;
        this.streams = streams;
        this.meters = meters;
        this.clock = clock;
    }

    /** A row. @param open whether anybody may ask */
    record Route(Method method, String path, boolean open, Handling handling) {}

    /** What a row does. */
    @FunctionalInterface
    interface Handling {
        /** @param guest who asks; null where anybody may */
        void handle(ServerRequest request, ServerResponse response, Guest guest) throws IOException;
    }

    List<Route> table() {
        return List.of(
                new Route(Method.GET, "/health", true, (request, response, nobody) -> health(request, response)),
                new Route(Method.GET, Exchange.ROOT + "/login", true, (request, response, nobody) -> login(request, response)),
                new Route(Method.GET, Exchange.ROOT + "/pull", false, Routes::pull),
                new Route(Method.POST, Exchange.ROOT + "/push", false, Routes::push),
                new Route(Method.GET, Exchange.ROOT + "/vector", false, Routes::vector),
                new Route(Method.GET, Exchange.ROOT + "/digest", false, Routes::digest),
                new Route(Method.GET, Exchange.ROOT + "/snapshot", false, Routes::snapshot),
                new Route(Method.GET, SNAPSHOT_PART, false, Routes::snapshotPart),
                new Route(Method.GET, NEWS, false, this::news));
    }

    /** Who is not let in learns nothing, not even what there is to ask for. */
    void add(HttpRouting.Builder routing, Door door) {
        for (Route route : table()) {
            routing.route(route.method(), route.path(), (request, response) ->
                    route.handling().handle(request, response, route.open() ? null : admitted(door, request)));
        }
        routing.any((request, response) -> {
            door.admit(request);
            unknown(request);
        });
    }

    /** That of the row which answers there, of which there are few; anything can be asked for. */
    String name(String path) {
        if (path.startsWith(Exchange.ROOT + "/snapshot/")) {
            return SNAPSHOT_PART;
        }
        return table().stream().map(Route::path).filter(path::equals).findFirst().orElse("unknown");
    }

    private Guest admitted(Door door, ServerRequest request) {
        long begun = System.nanoTime();
        try {
            return door.admit(request);
        } finally {
            meters.took("heph.sync.stage", Duration.ofNanos(System.nanoTime() - begun), "stage", "admit");
        }
    }

    private void health(ServerRequest request, ServerResponse response) {
        boolean answers = up.getAsBoolean();
        ObjectNode health = Json.object()
                .put("status", answers ? "up" : "down")
                .put("version", Version.CURRENT)
                .put("time", clock.millis());
        response.status(answers ? 200 : Reason.AWAY.httpStatus());
        send(request, response, Exchange.JSON, Json.bytes(health));
    }

    /** Where a device that is to log in goes to. */
    private void login(ServerRequest request, ServerResponse response) {
        ObjectNode where = Json.object().put("needed", login.isPresent());
        login.ifPresent(known -> {
            where.put("issuer", known.issuer().toString()).put("client_id", known.clientId()).put("scope", Exchange.LOGIN_SCOPE);
            known.resource().ifPresent(resource -> where.put("resource", resource.toString()));
        });
        send(request, response, Exchange.JSON, Json.bytes(where));
    }

    private static void pull(ServerRequest request, ServerResponse response, Guest guest) {
        Query query = Query.of(request);
        ObjectNode wanted = Json.object()
                .put("device", query.text("device").orElseThrow(() -> Query.invalid("device", "is missing")))
                .put("after", query.text("after").orElse(""))
                .put("known", query.number("known", 0))
                .put("limit", Math.clamp(query.number("limit", Exchange.MAX_OPS), 1, Exchange.MAX_PAGE_OPS));
        query.text("epoch").ifPresent(epoch -> wanted.put("epoch", epoch));
        send(request, response, Exchange.CBOR, guest.store().page(wanted));
    }

    private static void push(ServerRequest request, ServerResponse response, Guest guest) throws IOException {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("nothing");
        if (!type.equals(Exchange.CBOR)) { // a web page cannot send this type to us without asking us first, and we do not answer that
            throw new HephException(Reason.INVALID_PARAMS, "a parcel comes as " + Exchange.CBOR + ", not as " + type);
        }
        long length = request.headers().contentLength().orElseThrow(() -> new HephException(
                Reason.INVALID_REQUEST, "a parcel names its length beforehand")); // a chunk of any length would be read whole
        if (length > Exchange.MAX_PARCEL_BYTES) {
            throw Body.tooLarge(Exchange.MAX_PARCEL_BYTES);
        }
        byte[] parcel = {};
        if (length > 0) {
            try (InputStream in = new Hurried(request.content().inputStream(), PARCEL, System::nanoTime)) {
                parcel = Body.read(in, request.headers().first(HeaderNames.CONTENT_ENCODING), Exchange.MAX_PARCEL_BYTES);
            }
        }
        send(request, response, Exchange.JSON, guest.store().take(parcel));
    }

    private static void vector(ServerRequest request, ServerResponse response, Guest guest) {
        Query.of(request);
        send(request, response, Exchange.JSON, guest.store().vector());
    }

    private static void digest(ServerRequest request, ServerResponse response, Guest guest) {
        send(request, response, Exchange.JSON, guest.store().digest(Query.of(request).number("nodes", 0) > 0));
    }

    private static void snapshot(ServerRequest request, ServerResponse response, Guest guest) {
        Query.of(request);
        send(request, response, Exchange.JSON, guest.store().snapshot());
    }

    /** As it is: it is zipped already. */
    private static void snapshotPart(ServerRequest request, ServerResponse response, Guest guest) {
        long from = Query.of(request).number("from", 0);
        response.header(HeaderNames.CONTENT_TYPE, Exchange.BYTES);
        response.send(guest.store().snapshotPart(request.path().pathParameters().get("sha256"), from));
    }

    private void news(ServerRequest request, ServerResponse response, Guest guest) {
        long after = Query.of(request).number("after", 0);
        response.header(HeaderNames.CONTENT_TYPE, Exchange.LINES);
        streams.feed(guest.news().after(after, guest.until()), response);
    }

    private static void unknown(ServerRequest request) {
        String asked = request.prologue().method() + " " + request.path().path();
        throw new HephException(
                Reason.UNKNOWN_METHOD,
                "this hub has no " + asked + "; it speaks version " + Exchange.VERSION + " of the exchange",
                Map.of("versions", List.of(Exchange.VERSION)));
    }

    private static void send(ServerRequest request, ServerResponse response, String type, byte[] body) {
        response.header(HeaderNames.CONTENT_TYPE, type);
        boolean zip = body.length > WORTH_ZIPPING_BYTES
                && request.headers().first(HeaderNames.ACCEPT_ENCODING).filter(accepted -> accepted.contains(Exchange.GZIP)).isPresent();
        if (zip) {
            response.header(HeaderNames.CONTENT_ENCODING, Exchange.GZIP);
        }
        response.send(zip ? Body.zip(body) : body);
    }

    /** What went wrong, in the terms of docs/reference/errors.md; the rest of a body that was not read is not waited for. */
    static void refuse(ServerResponse response, HephException e) {
        if (e.reason() == Reason.AWAY || e.reason() == Reason.TOO_MANY) {
            response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (e.reason() == Reason.UNAUTHENTICATED) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"heph\"");
        }
        response.header(HeaderValues.CONNECTION_CLOSE);
        response.status(e.reason().httpStatus()).header(HeaderValues.CONTENT_TYPE_JSON).send(Json.error(e));
    }
}
