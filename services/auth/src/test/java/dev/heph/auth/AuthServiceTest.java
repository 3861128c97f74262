package dev.heph.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.provider.FakeProvider;
import dev.heph.runtime.Call;
import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthServiceTest {
    @TempDir
    Path tmp;

    private Home home;
    private ServiceClient client;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
        client = new ServiceClient(home, "auth");
    }

    @Test
    void whoeverCallsOnADeviceIsItsOwner() throws Exception {
        try (var auth = AuthService.start(home, Settings.defaults(), Clock.systemUTC())) {
            assertThat(client.call("auth.identify", Json.object())).isEqualTo(Json.object().put("space", "personal"));
            assertThat(client.call("auth.status", Json.object())).isEqualTo(Json.object().put("state", "out").put("logged_in", false)
                    .put("reason", "nobody is logged in; only a hub that asks for it needs that"));
            assertThat(client.call("auth.token", Json.object().put("hub", "https://hub.example"))).isEqualTo(Json.object());
            assertThat(client.health()).contains(Health.up("nobody is logged in; only a hub that asks for it needs that"));
        }
        assertThat(RunFile.read(home, "auth")).isEmpty();
    }

    @Test
    void onAHubATokenSaysWhoseSpaceItIs() {
        try (var provider = FakeProvider.start();
                var store = ServiceServer.of("store", home, Clock.systemUTC())
                        .call("people.admit", Call.of(who -> Json.object().put("space", "of-" + who.path("subject").asText()))).start();
                var auth = AuthService.start(home, hub(provider), Clock.systemUTC())) {
            store.announce();
            assertThat(client.call("auth.identify", Json.object().put("token", provider.tokens("ada").good())).path("space").asText())
                    .isEqualTo("of-ada");
            assertThat(client.call("auth.identify", Json.object()).path("space").asText()).as("by the socket").isEqualTo("personal");
            assertThatThrownBy(() -> client.call("auth.identify", Json.object().put("token", "x")))
                    .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAUTHENTICATED));
            assertThat(client.health()).contains(Health.up("lets in whom " + provider.issuer() + " vouches for, in any group (one only: auth.group)"));
        }
    }

    @Test
    void onAHubATokenIsJudgedWithoutLettingAnybodyIn() {
        try (var provider = FakeProvider.start();
                var auth = AuthService.start(home, Settings.load(home, Map.of(), Map.of("--mode", "hub", "--auth-issuer", provider.issuer().toString(),
                        "--auth-group", "family")), Clock.systemUTC())) { // no store, so nobody can be let in
            String inIt = provider.tokens("ada").with(claims -> claims.claim("groups", List.of("family", "choir")));
            JsonNode good = client.call("hub.token", Json.object().put("token", inIt));
            assertThat(good.path("admitted").asBoolean()).isTrue();
            assertThat(good.path("reason").asText()).isEmpty();
            assertThat(good.path("subject").asText()).isEqualTo("ada");
            assertThat(good.path("issuer").asText()).isEqualTo(provider.issuer().toString());
            assertThat(good.path("audience").toString()).isEqualTo("[\"heph\"]");
            assertThat(good.path("groups").toString()).isEqualTo("[\"family\",\"choir\"]");
            assertThat(good.path("expires").asLong()).isGreaterThan(System.currentTimeMillis());
            assertThat(good.toString()).doesNotContain(inIt.split("\\.")[2]);

            JsonNode outside = client.call("hub.token", Json.object().put("token", provider.tokens("bob").good()));
            assertThat(outside.path("admitted").asBoolean(true)).isFalse();
            assertThat(outside.path("reason").asText()).isEqualTo("bob is not in the group family, which this hub is for; ask who runs it");
            JsonNode garbage = client.call("hub.token", Json.object().put("token", "garbage"));
            assertThat(garbage.path("admitted").asBoolean(true)).isFalse();
            assertThat(garbage.has("subject")).isFalse();
            assertThatThrownBy(() -> client.call("hub.token", Json.object())).hasMessageStartingWith("this is the hub, which holds no token");
        }
    }

    @Test
    void aHubWithoutALoginTakesNobodysToken() {
        try (var auth = AuthService.start(home, Settings.load(home, Map.of(), Map.of("--mode", "hub")), Clock.systemUTC())) {
            assertThatThrownBy(() -> client.call("hub.token", Json.object().put("token", "x"))).hasMessageStartingWith("this hub has no login (auth.issuer)");
        }
    }

    private Settings hub(FakeProvider provider) {
        return Settings.load(home, Map.of(), Map.of("--mode", "hub", "--auth-issuer", provider.issuer().toString()));
    }
}
