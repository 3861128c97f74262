package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncServiceTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path tmp;

    private Home home;

    @BeforeEach
    void makeHome() {
        home = Home.in(tmp).create();
    }

    @Test
    void itIsAnnouncedOnceTheStoreAnswersAndNotAfterItsStop() {
        try (var sync = SyncService.start(home, Settings.defaults(), CLOCK)) {
            assertThat(RunFile.read(home, "sync")).isEmpty();
            try (var store = ServiceServer.of("store", home, CLOCK).start()) {
                store.announce();
                await().until(() -> RunFile.read(home, "sync").isPresent());
            }
        }
        assertThat(RunFile.read(home, "sync")).isEmpty();
    }
}
