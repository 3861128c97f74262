package dev.heph.runtime;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Nearest;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** {@code POST /call/<method>}: finds the method, runs it, and tells what went wrong in the terms of docs/reference/errors.md. */
final class CallHandler implements Handler {
    static final HeaderName CLIENT = HeaderNames.create("Heph-Client");

    private static final System.Logger LOG = System.getLogger(CallHandler.class.getName());

    static final HeaderName SPACE = HeaderNames.create("Heph-Space");

    private final String service;
    private final Answers answers;
    private final Optional<Spaces> spaces;
    private final Meters meters;

    CallHandler(String service, Answers answers, Optional<Spaces> spaces, Meters meters) {
        this.service = service;
        this.answers = answers;
        this.spaces = spaces;
        this.meters = meters;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String method = request.path().pathParameters().get("method");
        long begun = System.nanoTime();
        answer(method, request, response);
        var took = Duration.ofNanos(System.nanoTime() - begun);
        String route = answers.calls().containsKey(method) ? method : "unknown"; // anything could be asked for, and each would be a series
        meters.took("heph.request", took, "route", route, "status", Integer.toString(response.status().code()));
        Access.log(method, response.status().code(), took, request.headers().first(SPACE));
    }

    private void answer(String method, ServerRequest request, ServerResponse response) {
        try {
            byte[] body = body(request);
            var call = new Request(method, body, request.headers().first(CLIENT));
            try (Spaces.Visit visit = visit(request)) {
                send(response, 200, call(visit.answers(), method).answer(call).json());
            }
        } catch (HephException e) {
            send(response, e.reason().httpStatus(), Json.error(e));
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, method + " failed", e);
            var internal = new HephException(
                    Reason.INTERNAL, method + " failed in heph's " + service + "; see: heph logs " + service, e);
            send(response, internal.reason().httpStatus(), Json.error(internal));
        }
    }

    /** Whoever names no space asks about the one that this service itself has. */
    Spaces.Visit visit(ServerRequest request) {
        Optional<String> space = request.headers().first(SPACE);
        if (space.isEmpty()) {
            return Spaces.Visit.of(answers);
        }
        return spaces.orElseThrow(() -> new HephException(Reason.INTERNAL, "heph's " + service + " has no spaces of others"))
                .visit(space.get());
    }

    private Call call(Answers answers, String method) {
        Call call = answers.calls().get(method);
        if (call == null) {
            String near = Nearest.to(method, answers.calls().keySet()).map(name -> "; did you mean " + name + "?").orElse("");
            throw new HephException(Reason.UNKNOWN_METHOD, "heph's " + service + " has no method '" + method + "'" + near);
        }
        return call;
    }

    private byte[] body(ServerRequest request) throws IOException {
        long length = request.headers().contentLength().orElse(ServiceServer.MAX_BODY_BYTES);
        if (length > ServiceServer.MAX_BODY_BYTES) {
            throw tooLarge();
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes((int) length);
            if (body.length == ServiceServer.MAX_BODY_BYTES && in.read() >= 0) {
                throw tooLarge();
            }
            return body;
        }
    }

    private static HephException tooLarge() {
        return new HephException(
                Reason.TOO_LARGE, "a call is over " + (ServiceServer.MAX_BODY_BYTES >> 20) + " MiB; send it in parts");
    }

    static void send(ServerResponse response, int status, byte[] json) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).send(json);
    }
}
