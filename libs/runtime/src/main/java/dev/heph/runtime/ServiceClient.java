package dev.heph.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.Placement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls another service, found by its run file or where the settings say that it is; safe for many threads, keeps its connections. A call
 * is sent again
 * only when it certainly did not arrive: the connection was refused, or the secret was not accepted. Then it is looked for
 * again, once, because a restarted service listens elsewhere. Anything else that breaks a call leaves its outcome unknown,
 * and that is what the caller is told.
 */
public final class ServiceClient {
    /** For calls that touch no more than a few nodes; give long ones their own. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration LIVE_TIMEOUT = Duration.ofSeconds(2);

    /** Three times the pause after which a stream sends an empty line. */
    private static final Duration STREAM_SILENCE = Duration.ofSeconds(30);

    private static final byte[] NO_BODY = {};

    private final Supplier<Optional<Peer>> find;
    private final String service;
    private final String space;
    private final AtomicReference<Peer> peer;

    /** For a service on this machine. */
    public ServiceClient(Home home, String service) {
        this(home, service, Placement.HERE);
    }

    /** For a service that may be elsewhere. */
    public ServiceClient(Home home, String service, Placement placement) {
        this(Peer.of(service, home, placement), service, "", new AtomicReference<>());
    }

    private ServiceClient(Supplier<Optional<Peer>> find, String service, String spaceHeader, AtomicReference<Peer> peer) {
        this.find = find;
        this.service = service;
        this.space = spaceHeader;
        this.peer = peer;
    }

    /**
     * The same service by the same connections, all of whose answers are about that person's space of a hub. @param id letters and digits
     */
    public ServiceClient in(String id) {
        if (!id.matches("[a-z0-9]+")) {
            throw new IllegalArgumentException("no id of a space: " + id);
        }
        return new ServiceClient(find, service, CallHandler.SPACE.defaultCase() + ": " + id + "\r\n", peer);
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
        String headers = "Content-Type: application/json\r\n" + client.map(ServiceClient::clientHeader).orElse("");
        return ask("POST", "/call/" + method, headers, params, timeout, Response::body);
    }

    /** How the service says it is; empty if it is away. */
    public Optional<Health> health() {
        try {
            return Optional.of(Health.fromJson(Json.read(ask("GET", "/health", "", NO_BODY, LIVE_TIMEOUT, Response::body))));
        } catch (HephException away) {
            return Optional.empty();
        }
    }

    /** Whether the service can do its work, as far as it knows; one of an older version does not say, and counts as able. */
    public boolean ready() {
        try {
            ask("GET", "/ready", "", NO_BODY, LIVE_TIMEOUT, Response::body);
            return true;
        } catch (HephException e) {
            return e.reason() != Reason.AWAY && answers();
        }
    }

    /** Whether the service is there and works. */
    public boolean answers() {
        try {
            ask("GET", "/live", "", NO_BODY, LIVE_TIMEOUT, Response::body);
            return true;
        } catch (HephException away) {
            return false;
        }
    }

    /**
     * Reads a stream of lines, such as {@code /changes}, until it ends or breaks. Blocks its thread; interrupt that to end it.
     *
     * @param opened run once the service has accepted: nothing that happens from here on is missed
     * @param line given each line that is not empty
     * @throws HephException {@link Reason#AWAY} when the stream cannot be opened, breaks, or is silent for 30 s
     */
    public void stream(String path, Runnable opened, Consumer<String> line) {
        ask("GET", path, "", NO_BODY, STREAM_SILENCE, response -> {
            opened.run();
            var rest = new ByteArrayOutputStream();
            for (byte[] part = response.next(); part.length > 0; part = response.next()) {
                for (byte b : part) {
                    if (b != '\n') {
                        rest.write(b);
                    } else if (rest.size() > 0) {
                        line.accept(rest.toString(StandardCharsets.UTF_8));
                        rest.reset();
                    }
                }
            }
            return NO_BODY;
        });
    }

    /** Asks where we last found the service and, if nobody there takes the question, where it is now. */
    private byte[] ask(String method, String path, String headers, byte[] body, Duration silence, Read read) {
        try {
            Peer known = peer.get();
            if (known != null) {
                Optional<byte[]> answer = askAt(known, method, path, headers, body, silence, read);
                if (answer.isPresent()) {
                    return answer.get();
                }
                known.forget();
            }
            Peer found = find.get().orElseThrow(this::notThere);
            peer.set(found);
            return askAt(found, method, path, headers, body, silence, read).orElseThrow(this::notThere);
        } catch (IOException e) {
            throw unknownOutcome(silence, e);
        }
    }

    /** The answer, or empty if the request certainly was not taken: refused, or not admitted. */
    private Optional<byte[]> askAt(
            Peer peer, String method, String path, String headers, byte[] body, Duration silence, Read read)
            throws IOException {
        Connection connection;
        try {
            connection = peer.take();
        } catch (ConnectException refused) {
            return Optional.empty();
        }
        try {
            Response response = connection.exchange(method, path, peer.authorization() + Correlation.header() + space + headers, body,
                    silence);
            if (response.status() >= 300) {
                byte[] said = response.body();
                if (response.status() == 401 && said.length == 0) { // the secret, of which nothing is said; else what was asked for
                    return Optional.empty();
                }
                throw failure(response.status(), said);
            }
            return Optional.of(read.from(response));
        } finally {
            peer.giveBack(connection);
        }
    }

    private HephException failure(int status, byte[] body) {
        JsonNode error = body.length > 0 && body[0] == '{' ? Json.read(body) : Json.object();
        Reason reason = Reason.of(error.path("reason").asText()).orElse(Reason.INTERNAL);
        String message = error.path("message").asText("heph's " + service + " answered with HTTP status " + status);
        return new HephException(reason, message, Json.map(error.path("data")));
    }

    private HephException notThere() {
        return new HephException(
                Reason.AWAY, "heph's " + service + " is not running or still starting; try again, or look with: heph status");
    }

    private HephException unknownOutcome(Duration silence, IOException e) {
        String what = e instanceof SocketTimeoutException
                ? " did not answer within " + silence.toSeconds() + " s"
                : " went away before it answered";
        return new HephException(
                Reason.AWAY, "heph's " + service + what + "; a change may or may not be saved: look before you repeat it", e);
    }

    /** A client's name comes from outside: what would end the header line is dropped. */
    private static String clientHeader(String name) {
        return CallHandler.CLIENT.defaultCase() + ": " + name.replaceAll("\\p{Cntrl}", "") + "\r\n";
    }

    /** What is made of a good answer. */
    @FunctionalInterface
    private interface Read {
        byte[] from(Response response) throws IOException;
    }
}
