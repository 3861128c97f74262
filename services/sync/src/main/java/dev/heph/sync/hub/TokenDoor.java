package dev.heph.sync.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;

/** Lets in whom auth knows by the bearer token of the request (RFC 6750, 2.1), each to their own space. */
final class TokenDoor implements Door {
    private static final String BEARER = "Bearer ";

    private final ServiceClient auth;
    private final HubStore store;
    private final Newsroom news;

    TokenDoor(ServiceClient auth, HubStore store, Newsroom news) {
        this.auth = auth;
        this.store = store;
        this.news = news;
    }

    @Override
    public Guest admit(ServerRequest request) {
        String authorization = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new HephException(Reason.UNAUTHENTICATED, "this hub asks who calls; log in on the device: heph auth login");
        }
        ObjectNode asked = Json.object().put("token", authorization.substring(BEARER.length()).strip()).put("from", request.remotePeer().host());
        JsonNode known = auth.call("auth.identify", asked);
        String space = known.path("space").asText();
        return new Guest(store.in(space), news.of(space), Instant.ofEpochMilli(known.path("expires").asLong()));
    }
}
