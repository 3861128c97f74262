package dev.heph.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.auth.login.Account;
import dev.heph.auth.login.HeldToken;
import dev.heph.auth.login.Keychain;
import dev.heph.auth.login.Memory;
import dev.heph.auth.verify.ProviderKeys;
import dev.heph.auth.verify.TokenVerifier;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import java.time.Clock;
import java.util.Optional;

/** Starts auth. */
public final class AuthService {
    private static final System.Logger LOG = System.getLogger(AuthService.class.getName());

    private static final String NAME = "auth";

    /** The constant by which a person's own space goes on the wire; the hub binds it to the user who logs in. */
    private static final String PERSONAL_SPACE = "personal";

    /** So a hub without one listens on loopback only. */
    private static final String NO_LOGIN = "no login: only this user of this machine gets in";

    private AuthService() {}

    public static Service start(Home home, Settings settings, Clock clock) {
        return settings.mode() == Mode.HUB ? onHub(home, settings, clock) : onDevice(home, settings, clock);
    }

    private static Service onHub(Home home, Settings settings, Clock clock) {
        var store = new ServiceClient(home, "store", settings.placement());
        Optional<HubAuth> hub = settings.login().map(login -> new HubAuth(
                login, new TokenVerifier(login, ProviderKeys.of(login.issuer()), clock), store));
        String words = hub.map(HubAuth::words).orElse(NO_LOGIN);
        ServiceServer server = ServiceServer.of(NAME, home, clock)
                .placed(settings.placement())
                .call("auth.status", Call.of(params -> Json.object().put("state", "hub").put("logged_in", false).put("reason", words)))
                .call("auth.identify", Call.of(params -> hub.isPresent() && params.has("token") ? hub.get().identify(params) : local()))
                .call("hub.token", Call.of(params -> judged(hub, params)))
                .health(() -> Health.up(words))
                .start();
        server.announce();
        return server;
    }

    /** After a login the first sync follows at once, whoever looks on. */
    private static Service onDevice(Home home, Settings settings, Clock clock) {
        var sync = new ServiceClient(home, "sync", settings.placement());
        var account = new Account(memory(home, settings, clock), settings.tokenCommand(), settings.hubUrl(), clock, () -> {
            try {
                sync.call("sync.now", Json.object());
            } catch (HephException later) {
                LOG.log(System.Logger.Level.DEBUG, "not synced after the login: {0}", later.getMessage());
            }
        });
        ServiceServer server = ServiceServer.of(NAME, home, clock)
                .placed(settings.placement())
                .call("auth.identify", Call.of(params -> local()))
                .call("auth.status", Call.of(params -> account.status()))
                .call("auth.login", Call.of(account::login))
                .call("auth.logout", Call.of(account::logout))
                .call("auth.token", Call.of(account::token))
                .call("hub.token", Call.of(new HeldToken(account)::told))
                .health(() -> Health.up(account.words()))
                .start();
        server.announce();
        return new OnDevice(server, account);
    }

    private static JsonNode judged(Optional<HubAuth> hub, JsonNode params) {
        if (!params.has("token")) {
            throw new HephException(Reason.CONFLICT, "this is the hub, which holds no token: show it one: heph hub token --check < FILE");
        }
        return hub.orElseThrow(() -> new HephException(Reason.CONFLICT, "this hub has no login (auth.issuer): it takes nobody's token, and lets in only"
                + " this user of this machine")).judged(params);
    }

    private static Memory memory(Home home, Settings settings, Clock clock) {
        return new Memory(home.data().resolve("login.json"), Keychain.of(System.getenv(), home), settings.keychain(), clock);
    }

    /** Who comes by the socket is this machine's user. */
    private static JsonNode local() {
        return Json.object().put("space", PERSONAL_SPACE);
    }

    private record OnDevice(ServiceServer server, Account account) implements Service {
        @Override
        public String name() {
            return server.name();
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void stopping() {
            server.stopping();
        }

        @Override
        public void close() {
            server.close();
            account.close();
        }
    }
}
