package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.auth.AuthService;
import dev.heph.provider.FakeProvider;
import dev.heph.runtime.Json;
import dev.heph.runtime.Log;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceMain;
import dev.heph.settings.Home;
import dev.heph.settings.LogFormat;
import dev.heph.settings.LogLevel;
import dev.heph.settings.Settings;
import dev.heph.store.StoreService;
import dev.heph.testing.FreePort;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub in pods: each service in a home of its own, told by its environment where the others are; two of sync. */
class ApartTest {
    private static final String PULL = "/sync/v1/pull?space=personal&device=01ARZ3NDEKTSV4RRFFQ69G5FAV";

    @TempDir
    Path tmp;

    private final FakeProvider provider = FakeProvider.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Integer> ports = new HashMap<>();
    private Path secret;
    private Service store;
    private Service auth;
    private Service sync;
    private Service second;

    @BeforeEach
    void start() throws Exception {
        secret = Files.writeString(tmp.resolve("secret"), "0123456789abcdef".repeat(2));
        sync = start("sync", SyncService::start); // in whatever order a cluster starts them
        second = start("second", SyncService::start);
        auth = start("auth", AuthService::start);
        assertThat(status("sync", "/health/started")).as("it waits for the store").isEqualTo(503);
        store = start("store", StoreService::start);
        for (String pod : List.of("store", "auth", "sync", "second")) {
            await().untilAsserted(() -> assertThat(status(pod, "/health/ready")).as(pod).isEqualTo(204));
        }
    }

    @AfterEach
    void stop() {
        for (Service pod : new Service[] {second, sync, auth, store}) {
            pod.close();
        }
        Log.start(LogLevel.INFO, System.err);
        http.shutdownNow();
        provider.close();
    }

    @Test
    void aPersonIsKnownAndServedByWhomeverTheyReach() throws Exception {
        JsonNode first = Json.read(ask("sync", "/sync/v1/vector?space=personal", "ada").body().getBytes(StandardCharsets.UTF_8));
        JsonNode other = Json.read(ask("second", "/sync/v1/vector?space=personal", "ada").body().getBytes(StandardCharsets.UTF_8));

        assertThat(first.path("epoch").asText()).isNotEmpty().isEqualTo(other.path("epoch").asText());
        assertThat(http.send(request("sync", PULL).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsAskedIsFoundInTheLogsOfAll() throws Exception {
        var log = new ByteArrayOutputStream();
        Log.start(LogLevel.INFO, LogFormat.JSON, new PrintStream(log, true, StandardCharsets.UTF_8));

        var answer = http.send(request("sync", PULL).header("Authorization", "Bearer " + provider.tokens("ada").good())
                .header("X-Request-Id", "from-the-ingress-7").build(), BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("X-Request-Id")).contains("from-the-ingress-7");
        await().untilAsserted(() -> assertThat(log.toString(StandardCharsets.UTF_8).lines().map(ApartTest::json)
                .filter(line -> line.path("correlation_id").asText().equals("from-the-ingress-7")).map(line -> line.path("action")
                        .asText()))
                .contains("GET /sync/v1/pull", "auth.identify", "exchange.page"));
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(provider.tokens("ada").good());
        assertThat(log.toString(StandardCharsets.UTF_8).lines().map(ApartTest::json).filter(line -> line.path("action").asText()
                .equals("exchange.page")))
                .allSatisfy(line -> assertThat(line.path("actor_id").asText()).isNotEmpty());
    }

    @Test
    void whileTheStoreRestartsTheOthersSaySoAndGoOnAfterwards() throws Exception {
        ask("sync", PULL, "ada");
        store.close();

        assertThat(status("sync", "/health/live")).as("no reason to end it").isEqualTo(204);
        for (String service : List.of("sync", "auth")) {
            assertThat(status(service, "/health/ready")).as("without " + service + " a proxy would say that there is no hub").isEqualTo(204);
        }
        var away = ask("sync", PULL, "ada");
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();

        store = start("store", StoreService::start);
        await().untilAsserted(() -> assertThat(ask("sync", PULL, "ada").statusCode()).isEqualTo(200));
        assertThat(status("sync", "/health/ready")).isEqualTo(204);
    }

    @Test
    void aStoreWhoseDatabaseIsGoneIsNotReadyAndLives() throws Exception {
        Files.delete(tmp.resolve("store/data/heph.db"));

        assertThat(status("store", "/health/ready")).isEqualTo(503);
        assertThat(status("store", "/health/live")).isEqualTo(204);
    }

    @Test
    void whoIsToldToStopIsNotReadyFirstThenSendsListenersElsewhere() throws Exception {
        var news = http.send(request("sync", "/sync/v1/news?space=personal").header("Authorization", "Bearer " + provider.tokens("ada")
                .good()).build(),
                BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(news.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEmpty();

            sync.stopping();
            assertThat(status("sync", "/health/ready")).isEqualTo(503);
            assertThat(ask("sync", PULL, "ada").statusCode()).as("who was sent here meanwhile").isEqualTo(200);
            assertThat(lines.ready()).as("the stream goes on").isFalse();

            sync.close();
            assertThat(lines.readLine()).as("the stream ends whole, not broken").isNull();
        }
        assertThat(ask("second", PULL, "ada").statusCode()).isEqualTo(200);
        sync = start("sync", SyncService::start);
    }

    private Service start(String pod, ServiceMain.Start start) {
        var environment = new HashMap<>(Map.of(
                "HEPH_MODE", "hub",
                "HEPH_AUTH_ISSUER", provider.issuer().toString(),
                "HEPH_HTTP_ADDRESS", "127.0.0.1:" + port(pod + " devices"),
                "HEPH_INTERNAL_ADDRESS", "127.0.0.1:" + port(pod),
                "HEPH_INTERNAL_SECRET", secret.toString(),
                "HEPH_PEER_STORE", "localhost:" + port("store"),
                "HEPH_PEER_AUTH", "localhost:" + port("auth"),
                "HEPH_PEER_SYNC", "localhost:" + port("sync"),
                "HEPH_OBSERVE_ADDRESS", "127.0.0.1:" + port(pod + " observe")));
        Home home = Home.in(tmp.resolve(pod)).create();
        return start.start(home, Settings.load(home, environment, Map.of()), Clock.systemUTC());
    }

    private HttpResponse<String> ask(String pod, String path, String who) throws Exception {
        return http.send(request(pod, path).header("Authorization", "Bearer " + provider.tokens(who).good()).build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String pod, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(pod + " devices") + path));
    }

    private int status(String pod, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(pod + " observe") + path)).build(),
                BodyHandlers.discarding())
                .statusCode();
    }

    private int port(String of) {
        return ports.computeIfAbsent(of, any -> FreePort.next());
    }

    private static JsonNode json(String line) {
        return Json.read(line.getBytes(StandardCharsets.UTF_8));
    }
}
