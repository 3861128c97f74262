package dev.heph.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.auth.verify.ProviderKeys;
import dev.heph.auth.verify.TokenVerifier;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Login;
import dev.heph.settings.Settings;
import java.time.Clock;
import java.util.Optional;

/** Starts auth. */
public final class AuthService {
    private static final String NAME = "auth";

    /** The constant by which a person's own space goes on the wire; the hub binds it to the user who logs in. */
    private static final String PERSONAL_SPACE = "personal";

    /** So a hub without one listens on loopback only. */
    private static final String NO_LOGIN = "no login: only this user of this machine gets in";

    private AuthService() {}

    public static Service start(Home home, Settings settings, Clock clock) {
        Optional<HubAuth> hub = settings.login().map(login -> hub(login, home, clock));
        ServiceServer server = ServiceServer.of(NAME, home, clock)
                .call("auth.status", Call.of(params -> status(hub)))
                .call("auth.identify", Call.of(params -> identify(hub, params)))
                .health(() -> Health.up(hub.map(HubAuth::words).orElse(NO_LOGIN)))
                .start();
        server.announce();
        return server;
    }

    private static HubAuth hub(Login login, Home home, Clock clock) {
        return new HubAuth(login, new TokenVerifier(login, ProviderKeys.of(login.issuer(), clock), clock), new ServiceClient(home, "store"));
    }

    /** Who comes by the socket is this machine's user; who comes by the network shows a token. */
    private static JsonNode identify(Optional<HubAuth> hub, JsonNode params) {
        return hub.isPresent() && params.has("token") ? hub.get().identify(params) : Json.object().put("space", PERSONAL_SPACE);
    }

    private static ObjectNode status(Optional<HubAuth> hub) {
        return Json.object().put("logged_in", false).put("user", "local").put("reason", hub.map(HubAuth::words).orElse(NO_LOGIN));
    }
}
