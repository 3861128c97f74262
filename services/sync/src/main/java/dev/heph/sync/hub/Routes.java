package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.Streams;
import dev.heph.settings.Version;
import dev.heph.sync.wire.Body;
import dev.heph.sync.wire.Exchange;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What a device can ask: the table of docs/design/sync.md, row by row. */
final class Routes {
    /** Shorter answers cost more to zip than to send. */
    private static final int WORTH_ZIPPING_BYTES = 512;

    /** A store that was killed is back within seconds. */
    private static final String RETRY_AFTER_SECONDS = "2";

    private final HubStore store;
    private final News news;
    private final Streams streams;
    private final Clock clock;

    Routes(HubStore store, News news, Streams streams, Clock clock) {
        this.store = store;
        this.news = news;
        this.streams = streams;
        this.clock = clock;
    }

    void add(HttpRouting.Builder routing) {
        routing.get("/health", this::health)
                .get(Exchange.ROOT + "/pull", this::pull)
                .post(Exchange.ROOT + "/push", this::push)
                .get(Exchange.ROOT + "/vector", this::vector)
                .get(Exchange.ROOT + "/digest", this::digest)
                .get(Exchange.ROOT + "/snapshot", this::snapshot)
                .get(Exchange.ROOT + "/snapshot/{sha256}", this::snapshotPart)
                .get(Exchange.ROOT + "/news", this::news)
                .any(this::unknown);
    }

    private void health(ServerRequest request, ServerResponse response) {
        boolean up = store.answers();
        ObjectNode health = Json.object()
                .put("status", up ? "up" : "down")
                .put("version", Version.CURRENT)
                .put("time", clock.millis());
        response.status(up ? 200 : Reason.AWAY.httpStatus());
        send(request, response, Exchange.JSON, Json.bytes(health));
    }

    private void pull(ServerRequest request, ServerResponse response) {
        Query query = Query.of(request);
        ObjectNode wanted = Json.object()
                .put("device", query.text("device").orElseThrow(() -> Query.invalid("device", "is missing")))
                .put("after", query.text("after").orElse(""))
                .put("known", query.number("known", 0))
                .put("limit", Math.clamp(query.number("limit", Exchange.MAX_OPS), 1, Exchange.MAX_OPS));
        query.text("epoch").ifPresent(epoch -> wanted.put("epoch", epoch));
        send(request, response, Exchange.CBOR, store.page(wanted));
    }

    private void push(ServerRequest request, ServerResponse response) throws IOException {
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
            try (InputStream in = request.content().inputStream()) {
                parcel = Body.read(in, request.headers().first(HeaderNames.CONTENT_ENCODING), Exchange.MAX_PARCEL_BYTES);
            }
        }
        send(request, response, Exchange.JSON, store.take(parcel));
    }

    private void vector(ServerRequest request, ServerResponse response) {
        Query.of(request);
        send(request, response, Exchange.JSON, store.vector());
    }

    private void digest(ServerRequest request, ServerResponse response) {
        send(request, response, Exchange.JSON, store.digest(Query.of(request).number("nodes", 0) > 0));
    }

    private void snapshot(ServerRequest request, ServerResponse response) {
        Query.of(request);
        send(request, response, Exchange.JSON, store.snapshot());
    }

    /** As it is: it is zipped already. */
    private void snapshotPart(ServerRequest request, ServerResponse response) {
        long from = Query.of(request).number("from", 0);
        response.header(HeaderNames.CONTENT_TYPE, Exchange.BYTES);
        response.send(store.snapshotPart(request.path().pathParameters().get("sha256"), from));
    }

    private void news(ServerRequest request, ServerResponse response) throws IOException {
        long after = Query.of(request).number("after", 0);
        response.header(HeaderNames.CONTENT_TYPE, Exchange.LINES);
        streams.feed(news.after(after), response);
    }

    private void unknown(ServerRequest request, ServerResponse response) {
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
        if (e.reason() == Reason.AWAY) {
            response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.header(HeaderValues.CONNECTION_CLOSE);
        response.status(e.reason().httpStatus()).header(HeaderValues.CONTENT_TYPE_JSON).send(Json.error(e));
    }
}
