package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.testing.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone is lost: revoked on the laptop, by the commands that a person types, with real processes ("device keys" in docs/design/auth.md). */
class DevicesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<Device> all = new ArrayList<>();

    @AfterEach
    void end() {
        all.forEach(Device::close);
    }

    private Device device(String name) {
        Device device = Device.at(directory.resolve(name)).with("HEPH_LIGHT", "true").with("HEPH_DEVICE_NAME", name);
        all.add(device);
        return device;
    }

    @Test
    void aLostPhone() {
        int port = FreePort.next();
        Device hub = device("attic");
        hub.heph("hub", "up", "--light", "--port", "" + port).ok();
        Device laptop = device("laptop");
        Device phone = device("phone");
        phone.heph("note", "Written before").ok();
        laptop.heph("note", "Mine").ok();
        for (Device one : List.of(phone, laptop)) {
            one.heph("hub", "join", "http://127.0.0.1:" + port).ok();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(laptop.heph("list").out()).contains("Written before");
            assertThat(laptop.heph("devices").ok().out()).contains("this one", "phone");
        });
        laptop.heph("devices", "name", "laptop", "Ada's laptop").ok();
        assertThat(laptop.heph("devices", "revoke", "phone").failure(64)).contains("add --yes");
        assertThat(laptop.heph("devices", "revoke", "phone", "--yes").ok().out()).startsWith("Revoked phone");
        laptop.heph("sync").ok();

        phone.heph("note", "Written after").ok();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(phone.heph("sync", "--status").ok().out())
                .contains("revoked: ", "was revoked by Ada's laptop", "Everything stays here", "here only").doesNotContain("next try"));
        assertThat(phone.heph("sync").failure(77)).contains("was revoked by");
        assertThat(phone.heph("status").out()).contains("was revoked by");
        assertThat(phone.heph("devices").ok().out()).contains("this one, revoked");
        phone.heph("export", directory.resolve("out").toString()).ok();
        assertThat(directory.resolve("out")).isDirectoryRecursivelyContaining(file -> file.toString().endsWith("Written after.md"));

        laptop.heph("sync").ok();
        assertThat(laptop.heph("list").ok().out()).contains("Written before").doesNotContain("Written after");
        assertThat(hub.heph("list").ok().out()).contains("Written before").doesNotContain("Written after");
        assertThat(laptop.heph("doctor", "--compare", "--rebuild-check").ok().out()).contains("holds the same");
        assertThat(phone.heph("doctor", "--rebuild-check").ok().out()).contains("gives exactly what is here");
    }
}
