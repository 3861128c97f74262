package dev.heph.auth;

import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import java.time.Clock;

/** Starts auth. */
public final class AuthService {
    private static final String NAME = "auth";

    /** The constant by which a person's own space goes on the wire; the hub binds it to the user who logs in. */
    private static final String PERSONAL_SPACE = "personal";

    /** So a hub, too, listens on loopback only. */
    private static final String NO_LOGIN = "no login in this version: only this user of this machine gets in";

    private AuthService() {}

    public static Service start(Home home, Settings settings, Clock clock) {
        ServiceServer server = ServiceServer.of(NAME, home, clock)
                .call("auth.status", Call.of(params -> Json.object()
                        .put("logged_in", false)
                        .put("user", "local")
                        .put("reason", NO_LOGIN)))
                .call("auth.identify", Call.of(params -> Json.object().put("space", PERSONAL_SPACE)))
                .health(() -> Health.up(NO_LOGIN))
                .start();
        server.announce();
        return server;
    }
}
