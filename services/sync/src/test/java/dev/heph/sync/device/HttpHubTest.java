package dev.heph.sync.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.heph.runtime.Json;
import dev.heph.sync.wire.Body;
import dev.heph.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device makes of whatever may answer at an address. */
@Timeout(60)
class HttpHubTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:05Z"), ZoneOffset.UTC);

    private HttpServer server;
    private HttpHub hub;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        hub = hub(server.getAddress().getPort(), Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        hub.close();
        server.stop(0);
    }

    @Test
    void asksForAPageAsTheTableSaysAndUnzipsIt() {
        byte[] page = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/cbor");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            send(exchange, 200, Body.zip(page));
        });

        assertThat(hub.pull(Json.object().put("device", "D").put("after", "2:ab,1:cd").put("epoch", "E").put("known", 9), 7)).isEqualTo(page);
        assertThat(asked).containsExactly(
                "GET /sync/v1/pull?space=personal&device=D&after=2%3Aab%2C1%3Acd&epoch=E&known=7&limit=1000 gzip");
    }

    @Test
    void sendsAParcelZipped() {
        answer(exchange -> {
            byte[] plain = Body.read(
                    exchange.getRequestBody(), Optional.of(exchange.getRequestHeaders().getFirst("Content-Encoding")), 100);
            asked.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + new String(plain, StandardCharsets.UTF_8));
            json(exchange, 200, "{\"applied\":1,\"n\":5,\"heads\":[]}");
        });

        assertThat(hub.push("parcel".getBytes(StandardCharsets.UTF_8)).path("n").asLong()).isEqualTo(5);
        assertThat(asked).containsExactly("POST /sync/v1/push gzip", "application/cbor parcel");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "301 | text/html        | <html>              | REFUSED | it sends us elsewhere (http://127.0.0.1:1/login), which is not followed: join the address where the hub is",
        "401 | text/html        | <html>              | REFUSED | it asks who we are (HTTP status 401) and not as a hub does: is something before it?",
        "403 | application/json | {\"reason\":\"forbidden\",\"message\":\"not in the group\"} | REFUSED | not in the group",
        "404 | text/html        | <html>              | REFUSED | no hub answers at this address (HTTP status 404)",
        "404 | application/json | {\"reason\":\"unknown-method\",\"message\":\"m\",\"data\":{\"versions\":[2,3]}} | REFUSED | it speaks version 2,3 of the exchange and this heph version 1: bring the older of the two up to date",
        "404 | application/json | {\"reason\":\"unknown-method\",\"message\":\"m\",\"data\":{\"versions\":[1]}} | REFUSED | it does not know what it was asked for (HTTP status 404): bring the hub up to date",
        "507 | application/json | {\"reason\":\"no-space\",\"message\":\"the disk is full\"} | OFFLINE | the hub's disk is full: whoever looks after the hub has to free space",
        "507 | text/html        | <html>              | OFFLINE | it failed (HTTP status 507)",
        "500 | application/json | {\"reason\":\"damaged\",\"message\":\"stop heph\"} | OFFLINE | the hub's database is damaged: whoever looks after the hub has to put a backup back",
        "500 | application/json | {\"reason\":\"storage\",\"message\":\"stop heph\"} | OFFLINE | the hub's database cannot be read or written: whoever looks after the hub finds why in its log",
        "500 | application/json | {\"reason\":\"internal\",\"message\":\"m\"} | OFFLINE | it failed (HTTP status 500): m",
        "409 | application/json | {\"reason\":\"conflict\",\"message\":\"two pasts\"} | CONFLICT | it cannot take what was sent: two pasts",
        "422 | application/json | {\"reason\":\"invalid-params\",\"message\":\"a\\nb\"} | REFUSED | it refused (HTTP status 422): a b",
        "500 | text/plain       | oops                | OFFLINE | it failed (HTTP status 500)",
        "502 | text/html        | <html>              | OFFLINE | it is not ready (HTTP status 502)",
        "200 | text/html        | <html>              | REFUSED | it answers with text/html where a hub answers with application/json: no hub, or the login page of a network?",
        "200 | application/json | nonsense            | REFUSED | its answer is not valid JSON",
        "200 | application/json | {\"n\":1}           | REFUSED | its answer has no 'epoch', which a hub's has"
    })
    void saysWhatAnAnswerMeans(int status, String type, String body, String kind, String words) {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/login");
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });

        HubTrouble trouble = trouble(hub::vector);
        assertThat(trouble.getMessage()).startsWith(words);
        assertThat(trouble.kind()).hasToString(kind);
        assertThat(asked).hasSize(1);
    }

    /** One of the version that this device speaks too: only the place is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"/foo", "/sync/v1"})
    void aPathOfAHubIsNoHub(String path) {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            send(exchange, 404, "{\"reason\":\"unknown-method\",\"message\":\"m\",\"data\":{\"versions\":[1,2]}}".getBytes(StandardCharsets.UTF_8));
        });
        String root = "http://127.0.0.1:" + server.getAddress().getPort();
        try (HttpHub below = new HttpHub(HubAddress.of(root + path, false), refused -> Optional.empty(), CLOCK, HttpHub.Limits.USUAL)) {
            assertThat(trouble(below::vector)).hasMessage("a hub is there, but not at this path; try " + root);
        }
    }

    /** One with a login says no more than that it asks for one, whatever is asked for there. */
    @Test
    void aPathOfAHubWithALoginIsNoHubEither() {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            send(exchange, 401, "{\"reason\":\"unauthenticated\",\"message\":\"m\"}".getBytes(StandardCharsets.UTF_8));
        });
        String root = "http://127.0.0.1:" + server.getAddress().getPort();
        try (HttpHub below = new HttpHub(HubAddress.of(root + "/foo", false), refused -> Optional.empty(), CLOCK, HttpHub.Limits.USUAL)) {
            assertThat(trouble(below::greet)).hasMessage("no hub is at this path; try " + root);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "90                            | 90",
        "Sat, 21 Nov 2026 10:01:00 GMT | 60",
        "Sat, 21 Nov 2026 09:01:00 GMT | 0",
        "soon                          | 0",
        "-5                            | 0",
        "99999999999999999999          | 0"
    })
    void readsHowLongTheHubWantsToBeLeftAlone(String retryAfter, long seconds) {
        var headers = Map.of("Retry-After", List.of(retryAfter), "Date", List.of("Sat, 21 Nov 2026 10:00:00 GMT"));

        HubTrouble trouble = new HubAnswer(HubAddress.of("http://127.0.0.1:1", false), 503, HttpHeaders.of(headers, (name, value) -> true), new byte[0]).trouble();

        assertThat(trouble.retryAfter()).hasSeconds(seconds);
    }

    @Test
    void anAnswerWithoutEndIsBrokenOff() {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/cbor");
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            while (true) {
                exchange.getResponseBody().write(block);
            }
        });

        assertThat(trouble(() -> hub.pull(Json.object(), 0))).hasMessage("its answer is longer than a hub's can be");
    }

    @Test
    void aSmallAnswerThatUnzipsToALargeOneIsRefused() {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/cbor");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            send(exchange, 200, Body.zip(new byte[50 << 20]));
        });

        assertThat(trouble(() -> hub.pull(Json.object(), 0))).hasMessageStartingWith("its answer cannot be read: a body is over 4 MiB");
    }

    @Test
    void nobodyThereIsAConnectionRefused() {
        int port = FreePort.next();
        try (HttpHub nobody = hub(port, Duration.ofSeconds(20))) {
            HubTrouble trouble = trouble(nobody::vector);
            assertThat(trouble).hasMessage("connection refused");
            assertThat(trouble.kind()).isEqualTo(HubTrouble.Kind.OFFLINE);
        }
    }

    @Test
    void aHubThatNeverAnswersIsNotWaitedForForEver() throws Exception {
        try (var deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpHub silent = hub(deaf.getLocalPort(), Duration.ofMillis(200))) {
            assertThat(trouble(silent::vector)).hasMessageStartingWith("no answer within");
        }
    }

    /** The client's own timeout ends where the body begins. */
    @Test
    void norOneThatStopsInTheMiddleOfAnAnswer() throws Exception {
        var stop = new CountDownLatch(1);
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            waitFor(stop);
        });
        try (HttpHub slow = hub(server.getAddress().getPort(), Duration.ofMillis(300))) {
            assertThat(trouble(slow::vector)).hasMessageStartingWith("no answer within");
        } finally {
            stop.countDown();
        }
    }

    @Test
    void itsCloseEndsWhatIsUnderWay() throws Exception {
        var stop = new CountDownLatch(1);
        var began = new CountDownLatch(1);
        answer(exchange -> {
            began.countDown();
            waitFor(stop);
        });
        var trouble = new CopyOnWriteArrayList<HubTrouble>();
        Thread asking = Thread.ofVirtual().start(() -> trouble.add(trouble(hub::vector)));
        waitFor(began);
        hub.close();
        assertThat(asking.join(Duration.ofSeconds(5))).isTrue();
        stop.countDown();

        assertThat(trouble).singleElement().satisfies(one -> assertThat(one.kind()).isEqualTo(HubTrouble.Kind.OFFLINE));
        assertThatThrownBy(hub::vector).as("and nothing is asked afterwards").isInstanceOf(HubTrouble.class);
    }

    @Test
    void knowsByHowMuchTheClocksDiffer() {
        answer(exchange -> json(exchange, 200, "{\"epoch\":\"E\",\"n\":1,\"heads\":[]}"));
        assertThat(hub.skew()).isEmpty();
        Instant before = Instant.now();

        hub.vector();

        Duration ahead = Duration.between(before, CLOCK.instant());
        assertThat(hub.skew().orElseThrow()).isBetween(ahead.minusSeconds(10), ahead.plusSeconds(2));
    }

    @Test
    void hearsTheNewsUntilTheyEnd() {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            for (String part : List.of("\n", "1", "2\n\n", "13\n14", "\n")) {
                exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });
        var heard = new ArrayList<Object>();

        hub.news(11, () -> heard.add("open"), heard::add);

        assertThat(heard).containsExactly("open", 12L, 13L, 14L);
        assertThat(asked).containsExactly("GET /sync/v1/news?space=personal&after=11 gzip");
    }

    @Test
    void newsThatAreSilentAreDropped() throws Exception {
        var stop = new CountDownLatch(1);
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('\n');
            exchange.getResponseBody().flush();
            waitFor(stop);
        });
        try (HttpHub impatient = hub(server.getAddress().getPort(), Duration.ofMillis(300))) {
            assertThat(trouble(() -> impatient.news(0, () -> {}, n -> {}))).hasMessageStartingWith("its news were silent for");
        } finally {
            stop.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | text/plain | hello        | its news are not a hub's",
        "200 | text/plain | 1234567890123456789012 | its news are not a hub's",
        "200 | text/html  | 1            | it answers with text/html",
        "404 | text/plain | 1            | no hub answers at this address",
        "503 | text/plain | 1            | it is not ready"
    })
    void newsOfSomebodyElseAreNotBelieved(int status, String type, String body, String words) {
        answer(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });

        assertThat(trouble(() -> hub.news(0, () -> {}, n -> {}))).hasMessageStartingWith(words);
    }

    private HttpHub hub(int port, Duration patience) {
        return new HttpHub(HubAddress.of("http://127.0.0.1:" + port, false), refused -> Optional.empty(), CLOCK, new HttpHub.Limits(patience, patience, patience));
    }

    private static HubTrouble trouble(Runnable request) {
        return catchThrowableOfType(HubTrouble.class, request::run);
    }

    private void answer(HttpHandler handler) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Accept-Encoding"));
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void json(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        send(exchange, status, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void waitFor(CountDownLatch latch) {
        await().until(() -> latch.getCount() == 0);
    }
}
