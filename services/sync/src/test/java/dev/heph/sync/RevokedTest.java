package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Device keys" in docs/design/auth.md, with real stores and real sockets: a phone syncs with a hub and is revoked meanwhile. */
class RevokedTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path tmp;

    @Test
    void itIsToldPlainlyAndKeepsWorkingAlsoAfterARestartAndWithoutTheHub() throws Exception {
        try (Replica hub = Replica.hub(tmp.resolve("hub")).start(); Replica laptop = Replica.device(tmp.resolve("laptop"));
                Replica phone = Replica.device(tmp.resolve("phone"))) {
            String url = "http://127.0.0.1:" + hub.port;
            String before = phone.note("Before", "stays\n");
            laptop.note("Mine", "here\n");
            phone.join(url);
            laptop.join(url);
            await().atMost(SOON).until(() -> laptop.has(before));
            String id = phone.store("exchange.state", Json.object()).path("device").asText();
            laptop.store("device.revoke", Json.object().put("id", id));
            laptop.syncNow();
            String after = phone.note("After", "kept\n");

            await().atMost(SOON).untilAsserted(() -> assertThat(phone.status().path("state").asText()).isEqualTo("revoked"));
            await().atMost(SOON).untilAsserted(() -> assertThat(phone.status().path("reason").asText()).contains("was revoked by ", "Everything stays here"));
            assertThat(phone.status().path("pending_ops").asLong()).isPositive();
            assertThat(phone.health().detail()).startsWith("revoked: ").contains("was revoked by ", "changes that are here only: ");
            assertThat(phone.status().has("next_attempt")).as("it tries no more").isFalse();
            await().atMost(SOON).untilAsserted(() -> assertThat(hub.status().path("listening").asInt()).as("nor does it listen").isEqualTo(1));
            assertThatThrownBy(phone::syncNow).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REVOKED))
                    .hasMessageContaining("heph export DIR").message().doesNotContain("until it works");
            laptop.syncNow();
            assertThat(laptop.has(after)).isFalse();

            hub.stop();
            phone.stop();
            phone.start();
            await().atMost(SOON).untilAsserted(() -> assertThat(phone.health().detail()).as("its own log says so").contains("was revoked by "));
            assertThat(phone.has(after)).isTrue();
        }
    }

    /** Devices with data of the time before keys were countersigned, as every hub has them. */
    @Test
    void aHubCountersignsEveryKeyOnceAndDevicesHearOfIt() throws Exception {
        try (Replica hub = Replica.hub(tmp.resolve("hub")).start(); Replica laptop = Replica.device(tmp.resolve("laptop"));
                Replica phone = Replica.device(tmp.resolve("phone"))) {
            String url = "http://127.0.0.1:" + hub.port;
            laptop.note("Mine", "here\n");
            phone.note("Yours", "there\n");
            laptop.join(url);
            phone.join(url);
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode devices = laptop.store("device.list", Json.object());
                assertThat(devices).hasSize(2).allMatch(device -> device.has("admitted_at"));
            });
            laptop.note("Another", "day\n");
            laptop.syncNow();
            assertThat(hub.sql("SELECT count(*) FROM ops WHERE type = 'device.admit'")).isEqualTo(2);
        }
    }
}
