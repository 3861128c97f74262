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

    private AuthService() {}

    public static Service start(Home home, Settings settings, Clock clock) {
        String why = settings.hubUrl()
                .map(hub -> "logging in is not available in this version: hub.url " + hub + " is kept for later")
                .orElse("no hub is configured");
        ServiceServer server = ServiceServer.of(NAME, home, clock)
                .call("auth.status", Call.of(params -> Json.object()
                        .put("logged_in", false)
                        .put("user", "local")
                        .put("reason", why)))
                .call("auth.identify", Call.of(params -> Json.object().put("space", PERSONAL_SPACE)))
                .health(() -> Health.up(why))
                .start();
        server.announce();
        return server;
    }
}
