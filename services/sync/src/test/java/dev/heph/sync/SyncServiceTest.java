package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.runtime.Health;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncServiceTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path tmp;

    private Home home;
    private ServiceClient client;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
        client = new ServiceClient(home, "sync");
    }

    @Test
    void withoutAHubItSaysThatThisDeviceKeepsEverythingToItself() throws Exception {
        try (var store = store(); var sync = SyncService.start(home, Settings.defaults(), CLOCK)) {
            await().until(client::answers);

            assertThat(client.call("sync.status", Json.object()))
                    .isEqualTo(Json.MAPPER.readTree(
                            """
                            {"state": "off", "online": false,
                             "reason": "no hub is configured: this device keeps everything to itself"}"""));
            assertThat(client.health())
                    .contains(new Health(true, "no hub is configured: this device keeps everything to itself",
                            Map.of("state", "off")));
        }
    }

    @Test
    void withAHubItSaysThatThisVersionCannotSyncYet() {
        Settings settings = Settings.load(home, Map.of("HEPH_HUB_URL", "https://hub.example"), Map.of());
        try (var store = store(); var sync = SyncService.start(home, settings, CLOCK)) {
            await().until(client::answers);

            var status = client.call("sync.status", Json.object());
            assertThat(status.path("state").asText()).isEqualTo("off");
            assertThat(status.path("reason").asText())
                    .startsWith("syncing is not available in this version: hub.url https://hub.example");
        }
    }

    @Test
    void itIsAnnouncedOnceTheStoreAnswersAndNotAfterItsStop() {
        try (var sync = SyncService.start(home, Settings.defaults(), CLOCK)) {
            assertThat(RunFile.read(home, "sync")).isEmpty();
            try (var store = store()) {
                await().until(() -> RunFile.read(home, "sync").isPresent());
            }
        }
        assertThat(RunFile.read(home, "sync")).isEmpty();
    }

    /** The store as far as sync sees it: something that answers. */
    private ServiceServer store() {
        ServiceServer store = ServiceServer.of("store", home, CLOCK).start();
        store.announce();
        return store;
    }
}
