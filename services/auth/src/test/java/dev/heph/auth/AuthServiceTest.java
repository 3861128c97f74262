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
                            {"logged_in": false, "user": "local", "reason": "no login: only this user of this machine gets in"}"""));
            assertThat(client.health()).contains(Health.up("no login: only this user of this machine gets in"));
        }
        assertThat(RunFile.read(home, "auth")).isEmpty();
    }
}
