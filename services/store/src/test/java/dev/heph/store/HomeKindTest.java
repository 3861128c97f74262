package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A home is not started as what it is not: by a variable that is set in one terminal, say. */
class HomeKindTest extends HubAndDevices {
    private static void start(RunningStore store, String mode) {
        StoreService.start(store.home, Settings.load(store.home, Map.of("HEPH_MODE", mode), Map.of()), Clock.systemUTC()).close();
    }

    private static void refused(RunningStore store, String mode, String why) throws IOException {
        Map<String, String> before = files(store.home.data());
        assertThatThrownBy(() -> start(store, mode)).isInstanceOfSatisfying(HephException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
            assertThat(e.getMessage()).startsWith(store.home.data() + why);
        });
        assertThat(files(store.home.data())).isEqualTo(before);
    }

    /** But for what SQLite keeps beside a database for its readers, and the lock. */
    private static Map<String, String> files(Path data) throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile).filter(file -> !file.toString().matches(".*(-shm|lock)")).toList()) {
                if (Files.size(file) > 0) {
                    files.put(data.relativize(file).toString(), new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    @Test
    void aDevicesHomeIsNoHubs() throws IOException {
        String soup = laptop.doc("Soup", "");
        laptop.stop();

        refused(laptop, "hub", " is a device's, with its notes, and nothing was changed");

        laptop.start();
        assertThat(laptop.get(soup).path("title").asText()).isEqualTo("Soup");
        assertThat(laptop.call("exchange.state", "{}").path("mode").asText()).isEqualTo("device");
    }

    @Test
    void aHubsHomeIsNoDevices() throws IOException {
        hub.stop();
        refused(hub, "device", " is a hub's, and nothing was changed");
        hub.start();
        laptop.doc("Soup", "");
        sync(laptop);
        hub.stop();
        refused(hub, "device", " is a hub's, and nothing was changed");
        hub.start();
    }

    @Test
    void whereNothingWasWrittenAHubMayBegin() {
        phone.stop();
        start(phone, "hub");
        start(phone, "hub");
        assertThatThrownBy(phone::start).hasMessageContaining(" is a hub's");
    }
}
