package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heph.model.op.Page;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first version of the exchange sent, byte for byte, kept for all later ones: a golden client against the hub of today, and a golden hub
 * for the device of today. {@code -Dheph.golden=write} makes the files, once for each version of the exchange.
 */
class GoldenExchangeTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/exchange-1");
    private static final String NOTE = "golden soup\n";

    @TempDir
    Path tmp;

    @Test
    void aDeviceOfThatVersionSyncsWithTheHubOfToday() throws Exception {
        try (Replica hub = Replica.hub(tmp.resolve("hub")).start(); HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> pushed = http.send(request(hub, "/sync/v1/push?space=personal").header("Content-Type", "application/cbor")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(golden("push.cbor"))).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(pushed.statusCode()).isEqualTo(200);
            JsonNode answer = Json.read(pushed.body());
            assertThat(names(answer)).containsAll(names(Json.read(golden("push.json"))));
            HttpResponse<byte[]> pulled = http.send(request(hub, Files.readString(GOLDEN.resolve("pull.txt")).strip()).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(pulled.statusCode()).isEqualTo(200);
            assertThat(pulled.headers().firstValue("Content-Type")).contains("application/cbor");
            assertThat(Page.read(pulled.body()).items()).hasSameSizeAs(Page.read(golden("page.cbor")).items());
            HttpResponse<byte[]> vector = http.send(request(hub, "/sync/v1/vector?space=personal").build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(names(Json.read(vector.body()))).containsAll(names(Json.read(golden("vector.json"))));
        }
    }

    @Test
    void theDeviceOfTodaySyncsWithAHubOfThatVersion() throws Exception {
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", GoldenExchangeTest::answer);
        hub.start();
        try (Replica laptop = Replica.device(tmp.resolve("laptop"))) {
            laptop.join("http://127.0.0.1:" + hub.getAddress().getPort());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                    assertThat(laptop.store("search", Json.object().put("query", "golden")).path("total").asInt()).isEqualTo(1));
        } finally {
            hub.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/health" -> send(exchange, "application/json", golden("health.json"));
            case "/sync/v1/vector" -> send(exchange, "application/json", golden("vector.json"));
            case "/sync/v1/pull" -> send(exchange, "application/cbor", golden("page.cbor"));
            default -> {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
            }
        }
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    @EnabledIfSystemProperty(named = "heph.golden", matches = "write")
    void write() throws Exception {
        Files.createDirectories(GOLDEN);
        try (Replica hub = Replica.hub(tmp.resolve("hub")).start(); Replica laptop = Replica.device(tmp.resolve("laptop")); HttpClient http = HttpClient.newHttpClient()) {
            laptop.note("Golden", NOTE);
            laptop.store("exchange.join", Json.object().put("url", "http://127.0.0.1:" + hub.port));
            byte[] parcel = laptop.offer();
            Files.write(GOLDEN.resolve("push.cbor"), parcel);
            keep(http, request(hub, "/sync/v1/push?space=personal").header("Content-Type", "application/cbor").POST(HttpRequest.BodyPublishers.ofByteArray(parcel)), "push.json");
            String pull = "/sync/v1/pull?space=personal&device=01ARZ3NDEKTSV4RRFFQ69G5FAV&after=0:" + "0".repeat(64) + "&known=0&limit=1000";
            Files.writeString(GOLDEN.resolve("pull.txt"), pull + "\n");
            keep(http, request(hub, pull), "page.cbor");
            keep(http, request(hub, "/sync/v1/vector?space=personal"), "vector.json");
            keep(http, request(hub, "/health"), "health.json");
        }
    }

    private static void keep(HttpClient http, HttpRequest.Builder request, String file) throws Exception {
        HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        Files.write(GOLDEN.resolve(file), answer.body());
    }

    private static HttpRequest.Builder request(Replica hub, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port + path));
    }

    private static byte[] golden(String file) throws IOException {
        return Files.readAllBytes(GOLDEN.resolve(file));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
