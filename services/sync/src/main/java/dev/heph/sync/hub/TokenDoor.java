package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets in whom auth knows by the bearer token of the request (RFC 6750, 2.1), each to their own space. */
final class TokenDoor implements Door {
    private static final System.Logger LOG = System.getLogger(TokenDoor.class.getName());
    private static final String BEARER = "Bearer ";
    private static final Duration TURN = Duration.ofSeconds(2);

    /** A person's devices together: a first sync of much asks some twenty times a second. */
    private final Allowance requests = new Allowance(1_000, 100, System::nanoTime);

    /**
     * Those from one address that are refused; who is let in is not counted, so that people behind one proxy do not lock each other out.
     */
    private final Allowance refusals = new Allowance(30, 0.5, System::nanoTime);

    /**
     * To look at a token is work. Of those from addresses where too much was refused so many are looked at at once, whoever they are of;
     * the others wait for their turn, so that a device behind the same address as somebody who guesses comes late and not never.
     */
    private final Semaphore doubtful = new Semaphore(2, true);

    private final ServiceClient auth;
    private final HubStore store;
    private final Newsroom news;

    TokenDoor(ServiceClient auth, HubStore store, Newsroom news) {
        this.auth = auth;
        this.store = store;
        this.news = news;
    }

    static boolean isToken(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** Who shows nothing costs nothing: it is told so, as often as it asks, and is not held against who else is at that address. */
    @Override
    public Guest admit(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.AUTHORIZATION)) {
            throw stranger();
        }
        String address = request.remotePeer().host();
        JsonNode known = identified(request, address);
        String space = known.path("space").asText();
        if (!requests.take(space)) {
            throw new HephException(Reason.TOO_MANY, "your devices ask more than 100 times a second; they come back by themselves");
        }
        return new Guest(store.in(space), news.of(space), Instant.ofEpochMilli(known.path("expires").asLong()));
    }

    private JsonNode identified(ServerRequest request, String address) {
        if (!refusals.spent(address)) {
            return looked(request, address);
        }
        if (!turn()) {
            throw tooMany();
        }
        try {
            return looked(request, address);
        } finally {
            doubtful.release();
        }
    }

    private boolean turn() {
        try {
            return doubtful.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private JsonNode looked(ServerRequest request, String address) {
        try {
            String authorization = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
            if (!isToken(authorization)) {
                throw stranger();
            }
            String token = authorization.substring(BEARER.length()).strip();
            return auth.call("auth.identify", Json.object().put("token", token));
        } catch (HephException e) {
            if (e.reason() == Reason.AWAY) {
                throw e;
            }
            if (!refusals.take(address)) {
                throw tooMany();
            }
            LOG.log(System.Logger.Level.WARNING, "refused {0}, which asked for {1}: {2}", address, request.path().path(), e.getMessage());
            throw e;
        }
    }

    private static HephException tooMany() {
        return new HephException(Reason.TOO_MANY, "too much from this address was refused; wait a minute, then log in on the device: heph"
                + " auth login");
    }

    private static HephException stranger() {
        return new HephException(Reason.UNAUTHENTICATED, "this hub asks who calls; log in on the device: heph auth login");
    }
}
