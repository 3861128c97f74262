package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.auth.AuthService;
import dev.heph.provider.FakeProvider;
import dev.heph.runtime.Json;
import dev.heph.runtime.Meters;
import dev.heph.runtime.Service;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.Streams;
import dev.heph.settings.Home;
import dev.heph.settings.Settings;
import dev.heph.store.StoreService;
import dev.heph.sync.SyncService;
import dev.heph.sync.hub.Routes.Route;
import dev.heph.testing.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of a hub with a login, asked by everybody who may not: store, auth and sync as they are, and a provider that is a stand-in.
 */
@Timeout(120)
class AdmissionTest {
    private static final String QUERY = "?space=personal&device=01ARZ3NDEKTSV4RRFFQ69G5FAV";

    @TempDir
    Path tmp;

    private final FakeProvider provider = FakeProvider.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Service> services = new ArrayList<>();
    private Home home;
    private Settings settings;
    private int port;

    @BeforeEach
    void start() {
        home = Home.in(tmp).create();
        port = FreePort.next();
        settings = Settings.load(home, Map.of(), Map.of("--mode", "hub", "--http-address", "127.0.0.1:" + port, "--auth-issuer",
                provider.issuer().toString()));
        services.add(StoreService.start(home, settings, Clock.systemUTC()));
        services.add(AuthService.start(home, settings, Clock.systemUTC()));
        services.add(SyncService.start(home, settings, Clock.systemUTC()));
    }

    private void restartSync() {
        services.removeLast().close();
        services.add(SyncService.start(home, settings, Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        services.reversed().forEach(Service::close);
        provider.close();
    }

    private static List<Route> table() {
        return new Routes(() -> true, Optional.empty(), new Streams(), Meters.NONE, Clock.systemUTC()).table();
    }

    private HttpResponse<byte[]> ask(String method, String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/cbor")
                .method(method, method.equals("POST") ? HttpRequest.BodyPublishers.ofByteArray(new byte[] {1})
                : HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private JsonNode json(String path, String subject) throws Exception {
        HttpResponse<byte[]> answer = ask("GET", path, "Bearer " + provider.tokens(subject).good());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.read(answer.body());
    }

    @Test
    void healthAndWhereToLogInAreAllThatIsOpen() throws Exception {
        assertThat(table().stream().filter(Route::open).map(Route::path)).containsExactly("/health", "/sync/v1/login");
        assertThat(ask("GET", "/health", "").statusCode()).isEqualTo(200);
        assertThat(Json.read(ask("GET", "/sync/v1/login", "").body())).isEqualTo(Json.object().put("needed", true)
                .put("issuer", provider.issuer().toString()).put("client_id", "heph").put("scope", "openid profile offline_access"));
    }

    @Test
    void nobodyWhoIsRefusedGetsASpace() throws Exception {
        for (String token : provider.tokens("ada").bad().values()) {
            ask("GET", "/sync/v1/vector" + QUERY, "Bearer " + token);
        }
        assertThat(home.data().resolve("people")).doesNotExist();
    }

    /** Guessing is slowed down, and whoever is let in from the same address is not. */
    @Test
    void whoIsRefusedTooOftenIsToldToWait() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int tries = 0; tries < 60; tries++) {
            statuses.add(ask("GET", "/sync/v1/vector" + QUERY, "Bearer x").statusCode());
        }
        assertThat(statuses).startsWith(401, 401, 401).endsWith(429, 429).containsOnly(401, 429);
        assertThat(json("/sync/v1/vector" + QUERY, "ada").has("epoch")).isTrue();
    }

    /** A device that is not logged in asks again and again, from the address of all the others if there is a proxy. */
    @Test
    void whoShowsNothingIsAskedWhoItIsAsOftenAsItComesAndLocksNobodyOut() throws Exception {
        for (int tries = 0; tries < 60; tries++) {
            assertThat(ask("GET", "/sync/v1/vector" + QUERY, "").statusCode()).isEqualTo(401);
        }
        assertThat(ask("GET", "/sync/v1/vector" + QUERY, "Bearer x").statusCode()).as("nothing was counted").isEqualTo(401);
    }

    /** A test for each row of the table, and for what is in no row. */
    @TestFactory
    List<DynamicTest> noRouteIsAnsweredToAnybodyWhoMayNot() {
        List<Route> closed = new ArrayList<>(table().stream().filter(route -> !route.open()).toList());
        closed.add(new Route(io.helidon.http.Method.GET, "/sync/v1/anything", false, null));
        closed.add(new Route(io.helidon.http.Method.DELETE, "/", false, null));
        return closed.stream().map(route -> DynamicTest.dynamicTest(route.method() + " " + route.path(), () -> refusedToEverybody(route)))
                .toList();
    }

    private void refusedToEverybody(Route route) throws Exception {
        restartSync(); // which forgets who was refused before
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("nobody", "");
        wrong.put("no token", "Bearer ");
        wrong.put("a name and a password", "Basic aGVwaDpoZXBo");
        wrong.put("a secret between services", new String(Files.readAllBytes(home.secret())));
        wrong.put("the same as a token", "Bearer " + Files.readString(home.secret()).strip());
        Map<String, String> bad = provider.tokens("ada").bad();
        String unknown = "Bearer " + bad.remove("unknown kid");
        bad.forEach((how, token) -> wrong.put(how, "Bearer " + token));
        assertThat(ask(route.method().text(), route.path().replace("{sha256}", "00") + QUERY, unknown).statusCode())
                .as("with a key that may be a new one, while it cannot be looked for").isIn(401, 503);
        for (Map.Entry<String, String> each : wrong.entrySet()) {
            HttpResponse<byte[]> answer = ask(route.method().text(), route.path().replace("{sha256}", "00") + QUERY, each.getValue());
            assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).as(each.getKey()).contains("Bearer realm=\"heph\"");
            JsonNode said = Json.read(answer.body());
            assertThat(said.path("reason").asText()).isEqualTo("unauthenticated");
            assertThat(said.path("message").asText()).as(each.getKey()).endsWith("log in on the device: heph auth login")
                    .doesNotContain("\n");
        }
        if (route.handling() != null && !route.path().endsWith("news")) {
            assertThat(ask(route.method().text(), route.path().replace("{sha256}", "00") + QUERY, "Bearer " + provider.tokens("ada")
                    .good()).statusCode()).isNotIn(401, 403, 404);
        }
    }

    @Test
    void aWithdrawnKeyAndAProviderThatIsAwayAreToldApart() throws Exception {
        provider.down(true);
        HttpResponse<byte[]> away = ask("GET", "/sync/v1/vector" + QUERY, "Bearer " + provider.tokens("ada").good());
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
        assertThat(Json.read(away.body()).path("message").asText()).startsWith("who calls cannot be checked: the identity provider "
                + provider.issuer());
    }

    @Test
    void eachPersonHasASpaceOfTheirOwnHoweverTheyAsk() throws Exception {
        JsonNode ada = json("/sync/v1/vector" + QUERY, "ada");
        JsonNode bob = json("/sync/v1/vector" + QUERY, "bob");
        assertThat(ada.path("epoch")).isNotEqualTo(bob.path("epoch"));
        assertThat(json("/sync/v1/vector" + QUERY, "ada").path("epoch")).isEqualTo(ada.path("epoch"));

        String adas = space("ada");
        for (String asked : List.of(adas, "0123456789abcdef0123456789abcdef")) {
            HttpResponse<byte[]> answer = ask("GET", "/sync/v1/vector?space=" + asked, "Bearer " + provider.tokens("bob").good());
            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(new String(answer.body())).isEqualTo("{\"reason\":\"not-found\",\"message\":\"this hub has no space '" + asked
                    + "', only 'personal'\",\"data\":{}}");
        }
    }

    private String space(String subject) {
        return new ServiceClient(home, "store").call("people.admit", Json.object().put("issuer", provider.issuer().toString())
                .put("subject", subject))
                .path("space").asText();
    }

    /** A stream is let in once: it ends with the token it was let in by. */
    @Test
    void aStreamEndsWithItsToken() throws Exception {
        String token = provider.tokens("ada").with(claims -> claims.expirationTime(Date.from(Instant.now()
                .minusSeconds(20)))); // within the skew
        HttpResponse<byte[]> stream = ask("GET", "/sync/v1/news" + QUERY, "Bearer " + token);
        assertThat(stream.statusCode()).isEqualTo(200);
    }

    @Test
    void whatOnePersonHearsIsTheirs() throws Exception {
        var lines = http.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sync/v1/news" + QUERY))
                .header("Authorization", "Bearer " + provider.tokens("bob").good()).build(), BodyHandlers.ofLines()).join();
        var heard = new java.util.concurrent.CopyOnWriteArrayList<String>();
        Thread.ofVirtual().start(() -> lines.body().filter(line -> !line.isEmpty()).forEach(heard::add));
        var store = new ServiceClient(home, "store");
        for (String subject : List.of("ada", "ada", "bob")) {
            store.in(space(subject)).call("node.create", Json.object().put("kind", "doc").put("title", "of " + subject).put("body", ""));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains(json("/sync/v1/vector" + QUERY, "bob").path("n").asText()));
        assertThat(heard).doesNotContain(json("/sync/v1/vector" + QUERY, "ada").path("n").asText());
    }
}
