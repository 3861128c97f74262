package dev.heph.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
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
            assertThat(client.call("auth.status", Json.object()))
                    .isEqualTo(Json.MAPPER.readTree(
                            """
                            {"logged_in": false, "user": "local", "reason": "no hub is configured"}"""));
            assertThat(client.health()).contains(Health.up("no hub is configured"));
        }
        assertThat(RunFile.read(home, "auth")).isEmpty();
    }

    @Test
    void withAHubItSaysThatThisVersionCannotLogInYet() {
        Settings settings = Settings.load(home, Map.of("HEPH_HUB_URL", "https://hub.example"), Map.of());
        try (var auth = AuthService.start(home, settings, Clock.systemUTC())) {
            var status = client.call("auth.status", Json.object());
            assertThat(status.path("logged_in").asBoolean()).isFalse();
            assertThat(status.path("reason").asText())
                    .isEqualTo("logging in is not available in this version: hub.url https://hub.example is kept for later");
            assertThat(client.call("auth.identify", Json.object()).path("space").asText()).isEqualTo("personal");
        }
    }
}
