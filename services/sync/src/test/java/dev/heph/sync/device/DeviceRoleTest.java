package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Home;
import dev.heph.settings.Mode;
import dev.heph.settings.Settings;
import dev.heph.sync.Wire;
import dev.heph.sync.hub.HubRole;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person and the gateway see of sync on a device, with a real hub in front of fake stores. */
class DeviceRoleTest {
    private static final HttpHub.Limits LIMITS = new HttpHub.Limits(Duration.ofMillis(1500), Duration.ofSeconds(8), Duration.ofSeconds(30));

    @TempDir
    Path tmp;

    private final FakeHub order = new FakeHub("E1");
    private final FakeStore store = new FakeStore("A");
    private final MovedClock clock = new MovedClock();
    private StandIn hubStore;
    private Service hub;
    private Wire wire;
    private Home home;
    private StandIn deviceStore;
    private Service role;
    private ServiceClient client;

    @BeforeEach
    void start() throws IOException {
        Home hubHome = Home.in(tmp.resolve("hub")).create();
        hubStore = StandIn.of(order, hubHome);
        int port = FreePort.next();
        hub = HubRole.start(hubHome, settings(Mode.HUB, Optional.empty(), port), Clock.systemUTC());
        wire = new Wire(port);
        home = Home.in(tmp.resolve("device")).create();
        deviceStore = StandIn.of(store, home);
        client = new ServiceClient(home, "sync");
        startRole(Optional.empty());
    }

    @AfterEach
    void stop() throws IOException {
        role.close();
        deviceStore.close();
        wire.close();
        hub.close();
        hubStore.close();
    }

    private void startRole(Optional<URI> hubUrl) {
        if (role != null) {
            role.close();
        }
        role = DeviceRole.start(home, settings(Mode.DEVICE, hubUrl, 0), clock, address -> new HttpHub(address, refused -> Optional.empty(), clock, LIMITS));
        await().until(client::answers);
    }

    private static Settings settings(Mode mode, Optional<URI> hubUrl, int port) {
        Settings usual = Settings.defaults();
        return new Settings(mode, hubUrl, new InetSocketAddress("127.0.0.1", port), usual.tls(), usual.trusted(), usual.plainHttp(), usual.proxies(),
                usual.login(), usual.tokenCommand(), false, ZoneOffset.UTC, usual.dayStarts(), usual.journalTemplate(),
                usual.light(), usual.deviceName(), usual.logLevel(), usual.logFormat(), usual.placement());
    }

    @Test
    void withoutAHubItSaysThatThisDeviceKeepsEverythingToItself() {
        store.writes(3);

        assertThat(status().path("state").asText()).isEqualTo("off");
        assertThat(status().path("online").asBoolean()).isFalse();
        assertThat(status().path("reason").asText()).isEqualTo("no hub is configured: this device keeps everything to itself");
        assertThat(status().path("pending_ops").asInt()).isEqualTo(3);
        assertThat(health()).isEqualTo("no hub is configured: this device keeps everything to itself");
        assertThat(client.health().orElseThrow().more()).isEqualTo(Map.of("state", "off", "stale", false));
        refused(() -> call("sync.now"), Reason.CONFLICT, "there is no hub to sync with; join one: heph hub join URL");
        assertThat(deviceStore.readers()).as("and costs nothing").isZero();
    }

    @Test
    void joiningSyncsAtOnceAndLeavingKeepsEverything() {
        store.writes(2);
        order.has("B", 1, 2, 3, 4);

        JsonNode joined = join(wire.url() + "/");
        assertThat(joined.path("hub").asText()).isEqualTo(wire.url());
        await().untilAsserted(() -> assertThat(status().path("state").asText()).isEqualTo("idle"));
        assertThat(store.log).hasSize(6);
        assertThat(status().path("online").asBoolean()).isTrue();
        await().untilAsserted(() -> assertThat(status().path("pulled_n").asInt()).as("past its own too").isEqualTo(6));
        assertThat(status().path("stale").asBoolean()).isFalse();
        assertThat(status().path("last_success").asLong()).isBetween(1L, clock.millis());
        assertThat(health()).matches("synced \\d+ s ago with " + wire.url());
        await().until(() -> deviceStore.readers() == 1);

        assertThat(call("hub.leave").path("state").asText()).isEqualTo("off");
        assertThat(store.hub).isEmpty();
        assertThat(store.log).hasSize(6);
        assertThat(status().has("hub")).isFalse();
    }

    @Test
    void syncNowTellsWhatMoved() {
        join(wire.url());
        call("sync.now");
        store.writes(4);
        order.has("B", 1);

        JsonNode moved = call("sync.now");
        assertThat(moved.path("pushed").asInt()).isEqualTo(4);
        assertThat(moved.path("pulled").asInt()).isEqualTo(1);
        assertThat(moved.path("conflicts").asInt()).isZero();
    }

    @Test
    void aWriteIsSentAndNewsAreFetchedWithoutBeingAsked() {
        join(wire.url());
        await().until(() -> deviceStore.readers() == 1 && hubListeners() == 1);
        synchronized (store) {
            store.writes(1);
        }
        deviceStore.grown(1, 0);
        await().until(() -> order.order.size() == 1);

        synchronized (order) {
            order.has("B", 1);
        }
        hubStore.grown(0, 2);
        await().until(() -> store.log.size() == 2);
    }

    @Test
    void offlineItCountsWhatWaits() {
        join(wire.url());
        call("sync.now");
        wire.down();
        store.writes(12);
        refused(() -> call("sync.now"), Reason.AWAY, "not synced with " + wire.url() + ": ");

        JsonNode status = status();
        assertThat(status.path("state").asText()).isEqualTo("offline");
        assertThat(status.path("pending_ops").asInt()).isEqualTo(12);
        assertThat(status.path("next_attempt").asLong()).isPositive();
        assertThat(health()).matches("offline since \\d\\d:\\d\\d \\(.+\\): 12 changes wait here");
        wire.up();
        await().untilAsserted(() -> assertThat(status().path("pending_ops").asInt()).isZero());
    }

    /** Nobody says that a network swallows everything. */
    @Test
    void aNetworkThatSwallowsEverythingIsOfflineToo() {
        join(wire.url());
        call("sync.now");
        wire.silent();

        refused(() -> call("sync.now"), Reason.AWAY, "not synced with " + wire.url() + ": no answer within 1 s");
        wire.down();
        wire.up();
        await().until(() -> status().path("state").asText().equals("idle"));
    }

    @Test
    void whoHasNotSyncedForADayIsToldLoudly() {
        join(wire.url());
        call("sync.now");
        wire.down();
        refused(() -> call("sync.now"), Reason.AWAY, "");
        assertThat(status().path("stale").asBoolean()).isFalse();
        clock.passes(Duration.ofHours(50));

        assertThat(status().path("stale").asBoolean()).isTrue();
        assertThat(health()).startsWith("NOT SYNCED FOR 2 DAYS: offline since 2");
    }

    @Test
    void aRestartGoesOnWithTheHub() {
        join(wire.url());
        call("sync.now");
        startRole(Optional.empty());
        call("sync.now"); // at once: who asks a device that is starting has a hub all the same

        await().until(() -> status().path("state").asText().equals("idle"));
        assertThat(status().path("hub").asText()).isEqualTo(wire.url());
    }

    @Test
    void theSettingJoinsByItselfAndRules() {
        startRole(Optional.of(URI.create(wire.url())));

        await().until(() -> status().path("state").asText().equals("idle"));
        assertThat(store.hub).contains(URI.create(wire.url()));
        refused(() -> join("http://127.0.0.1:1"), Reason.CONFLICT, "the setting hub.url says " + wire.url());
        refused(() -> call("hub.leave"), Reason.CONFLICT, "the setting hub.url says " + wire.url());
        assertThat(join(wire.url()).path("hub").asText()).isEqualTo(wire.url());
    }

    @Test
    void aSettingThatCannotBeUsedIsToldAndStopsNothingElse() {
        startRole(Optional.of(URI.create("http://hub.example")));

        await().until(() -> status().path("state").asText().equals("refused"));
        assertThat(status().path("reason").asText()).contains("give its https address");
    }

    @Test
    void whatIsNoHubIsNotJoined() throws IOException {
        store.writes(1);
        refused(() -> join("http://192.168.0.1:7800"), Reason.INVALID_PARAMS, "http://192.168.0.1 would carry your notes unencrypted");
        refused(() -> join(""), Reason.INVALID_PARAMS, "'' is no address of a hub");
        wire.down();
        refused(() -> join(wire.url()), Reason.AWAY, "cannot join " + wire.url() + ": ");
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        String url = "http://127.0.0.1:" + other.getAddress().getPort();
        try {
            refused(() -> join(url), Reason.CONFLICT, "cannot join " + url + ": no hub answers at this address (HTTP status 404); nothing was changed");
            answers(other, "/health", 200, "text/html", "<html>");
            refused(() -> join(url), Reason.CONFLICT, "cannot join " + url + ": it answers with text/html where a hub answers with application/json");
            other.removeContext("/health");
            answers(other, "/health", 200, "application/json", "{\"status\":\"up\",\"version\":\"9\",\"time\":1}");
            answers(other, "/sync", 404, "application/json", "{\"reason\":\"unknown-method\",\"message\":\"m\",\"data\":{\"versions\":[2]}}");
            refused(() -> join(url), Reason.CONFLICT, "cannot join " + url + ": it speaks version 2 of the exchange and this heph version 1");
        } finally {
            other.stop(0);
        }

        assertThat(store.hub).isEmpty();
        assertThat(status().path("state").asText()).isEqualTo("off");
    }

    @Test
    void joiningAnotherHubThatIsNotThereKeepsTheOne() {
        join(wire.url());
        call("sync.now");

        refused(() -> join("http://127.0.0.1:1"), Reason.AWAY, "cannot join http://127.0.0.1:1: connection refused; nothing was changed");

        assertThat(status().path("hub").asText()).isEqualTo(wire.url());
        call("sync.now");
    }

    @Test
    void whileTheStoreIsAwayItStillAnswers() {
        join(wire.url());
        call("sync.now");
        deviceStore.close();

        assertThat(status().path("hub").asText()).isEqualTo(wire.url());
        assertThat(status().has("pending_ops")).isFalse();
        assertThat(health()).isNotEmpty();
        deviceStore = StandIn.of(store, home);
        await().until(() -> status().path("state").asText().equals("idle"));
    }

    @Test
    void aHubSaysThatItIsOne() {
        order.has("B", 1, 2);
        var toHub = new ServiceClient(Home.in(tmp.resolve("hub")), "sync");

        JsonNode status = toHub.call("sync.status", Json.object());
        assertThat(status.path("state").asText()).isEqualTo("hub");
        assertThat(status.path("n").asInt()).isEqualTo(2);
        assertThat(status.path("epoch").asText()).isEqualTo("E1");
        assertThat(toHub.health().orElseThrow().detail()).matches("hub at http://127.0.0.1:\\d+, 0 devices listen");
        assertThatThrownBy(() -> toHub.call("hub.join", Json.object().put("url", wire.url()))).hasMessageStartingWith("this is the hub itself");
    }

    private int hubListeners() {
        return new ServiceClient(Home.in(tmp.resolve("hub")), "sync").call("sync.status", Json.object()).path("listening").asInt();
    }

    private JsonNode call(String method) {
        return client.call(method, Json.object());
    }

    private JsonNode status() {
        return call("sync.status");
    }

    private JsonNode join(String url) {
        return client.call("hub.join", Json.object().put("url", url));
    }

    private String health() {
        return client.health().orElseThrow().detail();
    }

    private static void refused(Runnable call, Reason reason, String words) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(HephException.class, e -> {
            assertThat(e.getMessage()).startsWith(words);
            assertThat(e.reason()).isEqualTo(reason);
        });
    }

    private static void answers(HttpServer server, String path, int status, String type, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** The time of day, put forward by a test. */
    private static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void passes(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
