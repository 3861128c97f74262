package dev.heph.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Calls another service of this launch, found by its run file; safe for many threads, keeps its connections. A call is sent again
 * only when it certainly did not arrive: the connection was refused, or the secret was not accepted. Then the run file is read
 * again, once, because a restarted service listens elsewhere. Anything else that breaks a call leaves its outcome unknown,
 * and that is what the caller is told.
 */
public final class ServiceClient {
    /** For calls that touch no more than a few nodes; give long ones their own. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration LIVE_TIMEOUT = Duration.ofSeconds(2);

    /** Three times the pause after which a stream sends an empty line. */
    private static final Duration STREAM_SILENCE = Duration.ofSeconds(30);

    private final Home home;
    private final String service;
    private volatile Peer peer;

    public ServiceClient(Home home, String service) {
        this.home = home;
        this.service = service;
    }

    /** @throws HephException what the service answered; {@link Reason#AWAY} if it did not */
    public JsonNode call(String method, JsonNode params) {
        return Json.read(call(method, Json.bytes(params), Optional.empty(), USUAL_TIMEOUT));
    }

    /**
     * Calls with JSON that is at hand as bytes.
     *
     * @param client the surface on whose behalf this is
     * @return the JSON of the result
     * @throws HephException what the service answered; {@link Reason#AWAY} if it did not
     */
    public byte[] call(String method, byte[] params, Optional<String> client, Duration timeout) {
        return exchange(timeout, peer -> {
            Http1ClientRequest request = peer.request(Method.POST, "/call/" + method, timeout)
                    .header(HeaderNames.CONTENT_TYPE, "application/json");
            client.ifPresent(name -> request.header(CallHandler.CLIENT, name));
            return request.submit(params);
        });
    }

    /** How the service says it is; empty if it is away. */
    public Optional<Health> health() {
        try {
            byte[] json = exchange(LIVE_TIMEOUT, peer -> peer.request(Method.GET, "/health", LIVE_TIMEOUT).request());
            return Optional.of(Health.fromJson(Json.read(json)));
        } catch (HephException away) {
            return Optional.empty();
        }
    }

    /** Whether the service is there and works. */
    public boolean answers() {
        try {
            exchange(LIVE_TIMEOUT, peer -> peer.request(Method.GET, "/live", LIVE_TIMEOUT).request());
            return true;
        } catch (HephException away) {
            return false;
        }
    }

    /**
     * Reads a stream of lines, such as {@code /changes}, until it ends or breaks. Blocks: run it on a virtual thread, and
     * interrupt that to end it.
     *
     * @param opened run once the service has accepted: nothing that happens from here on is missed
     * @param line given each line that is not empty
     * @throws HephException {@link Reason#AWAY} when the stream cannot be opened, breaks, or is silent for 30 s
     */
    public void stream(String path, Runnable opened, Consumer<String> line) {
        Exchange get = peer -> peer.request(Method.GET, path, STREAM_SILENCE).request();
        try (Http1ClientResponse response = respond(get)) {
            refuse(response);
            opened.run();
            var reader = new BufferedReader(new InputStreamReader(response.inputStream(), StandardCharsets.UTF_8));
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                if (!next.isEmpty()) {
                    line.accept(next);
                }
            }
        } catch (HephException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new HephException(Reason.AWAY, "the stream " + path + " of heph's " + service + " broke: " + e.getMessage(), e);
        }
    }

    private byte[] exchange(Duration timeout, Exchange exchange) {
        try (Http1ClientResponse response = respond(exchange)) {
            refuse(response);
            return response.entity().hasEntity() ? response.entity().as(byte[].class) : new byte[0];
        } catch (HephException e) {
            throw e;
        } catch (RuntimeException e) { // Helidon's client has several for a connection that breaks
            throw unknownOutcome(timeout, e);
        }
    }

    /** The answer of the service where we last found it, or, if nobody there takes the call, of where its run file says it is. */
    private Http1ClientResponse respond(Exchange exchange) {
        Peer known = peer;
        if (known != null) {
            try {
                Http1ClientResponse response = exchange.with(known);
                if (response.status().code() != 401) {
                    return response;
                }
                response.close();
            } catch (RuntimeException e) {
                if (!refused(e)) {
                    throw e;
                }
            }
        }
        Peer found = Peer.find(home, service).orElseThrow(() -> notThere(null));
        try {
            Http1ClientResponse response = exchange.with(found);
            peer = found;
            return response;
        } catch (RuntimeException e) {
            throw refused(e) ? notThere(e) : e;
        }
    }

    private void refuse(Http1ClientResponse response) {
        int status = response.status().code();
        if (status == 401) {
            throw new HephException(Reason.AWAY, "heph's " + service + " belongs to another launch; run: heph down, then heph up");
        }
        if (status >= 300) {
            throw failure(status, response.entity().hasEntity() ? response.entity().as(byte[].class) : new byte[0]);
        }
    }

    private HephException failure(int status, byte[] body) {
        JsonNode error = body.length > 0 && body[0] == '{' ? Json.read(body) : Json.object();
        Reason reason = Reason.of(error.path("reason").asText()).orElse(Reason.INTERNAL);
        String message = error.path("message").asText("heph's " + service + " answered with HTTP status " + status);
        return new HephException(reason, message, Json.map(error.path("data")));
    }

    private HephException notThere(Throwable cause) {
        String message = "heph's " + service + " is not running or still starting; try again, or look with: heph status";
        return new HephException(Reason.AWAY, message, cause);
    }

    private HephException unknownOutcome(Duration timeout, RuntimeException e) {
        String what = e.getCause() instanceof SocketTimeoutException
                ? " did not answer within " + timeout.toSeconds() + " s"
                : " went away before it answered";
        return new HephException(
                Reason.AWAY, "heph's " + service + what + "; a change may or may not be saved: look before you repeat it", e);
    }

    /** Refused before a byte was sent. */
    private static boolean refused(RuntimeException e) {
        return e.getCause() instanceof ConnectException;
    }

    /** One request to where the service is. */
    @FunctionalInterface
    private interface Exchange {
        Http1ClientResponse with(Peer peer);
    }
}
