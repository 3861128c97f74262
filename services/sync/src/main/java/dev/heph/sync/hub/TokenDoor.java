package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.Recent;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Proxies;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets in whom auth knows by the bearer token of the request (RFC 6750, 2.1), each to their own space. */
final class TokenDoor implements Door {
    private static final System.Logger LOG = System.getLogger(TokenDoor.class.getName());
    private static final String BEARER = "Bearer ";

    /** auth cannot look for that key now: it may be a new one, and is as likely to be made up. */
    private static final String UNKNOWN_KEY = "unknown_key";

    private static final Duration TURN = Duration.ofSeconds(2);

    /** To ask auth costs more than most requests do. What a device may do in its space the store knows, and is asked each time. */
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    /** @param until the end of the token */
    private record Person(String space, Instant until) {}

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

    private final Recent<Person> recent = new Recent<>(REMEMBERED);
    private final ServiceClient auth;
    private final HubStore store;
    private final Newsroom news;
    private final Proxies proxies;
    private final InstantSource clock;

    /** @param proxies who is believed when they say who called */
    TokenDoor(ServiceClient auth, HubStore store, Newsroom news, Proxies proxies, InstantSource clock) {
        this.proxies = proxies;
        this.auth = auth;
        this.store = store;
        this.news = news;
        this.clock = clock;
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
        Person person = remembered(request).orElseGet(() -> identified(request));
        if (!requests.take(person.space())) {
            throw new HephException(Reason.TOO_MANY, "your devices ask more than 100 times a second; they come back by themselves");
        }
        return new Guest(store.in(person.space()), news.of(person.space()), person.until());
    }

    private Optional<Person> remembered(ServerRequest request) {
        return token(request).flatMap(token -> recent.of(token, clock.instant()));
    }

    private static Optional<String> token(ServerRequest request) {
        return request.headers().first(HeaderNames.AUTHORIZATION).filter(TokenDoor::isToken).map(shown -> shown.substring(BEARER.length()).strip());
    }

    private Person identified(ServerRequest request) {
        String address = caller(request);
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

    private String caller(ServerRequest request) {
        var forwarded = request.headers();
        return proxies.caller(request.remotePeer().host(),
                forwarded.contains(HeaderNames.X_FORWARDED_FOR) ? forwarded.get(HeaderNames.X_FORWARDED_FOR).allValues() : List.of());
    }

    private boolean turn() {
        try {
            return doubtful.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Person looked(ServerRequest request, String address) {
        try {
            String token = token(request).orElseThrow(TokenDoor::stranger);
            Instant asked = clock.instant();
            JsonNode vouched = auth.call("auth.identify", Json.object().put("token", token));
            var person = new Person(vouched.path("space").asText(), Instant.ofEpochMilli(vouched.path("expires").asLong()));
            recent.add(token, person, person.until(), asked);
            return person;
        } catch (HephException e) {
            if (e.reason() == Reason.AWAY && !Boolean.TRUE.equals(e.data().get(UNKNOWN_KEY))) {
                throw e;
            }
            if (!refusals.take(address)) {
                throw tooMany();
            }
            LOG.log(System.Logger.Level.WARNING, "refused {0}, which asked for {1}{2}: {3}", address, request.path().path(),
                    token(request).map(Claimed::by).orElse(""), e.getMessage());
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
