package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.Placement;
import dev.heph.testing.FreePort;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that do not share a machine: nothing but addresses and a secret that both were given. */
class PlacedTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String SECRET = "0123456789abcdef".repeat(2);

    @TempDir
    Path tmp;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean able = new AtomicBoolean(true);
    private Path secret;
    private int port;
    private int observed;
    private ServiceServer store;

    @BeforeEach
    void start() throws Exception {
        secret = Files.writeString(tmp.resolve("secret"), SECRET + "\n");
        port = FreePort.next();
        observed = FreePort.next();
        store = store();
    }

    @AfterEach
    void stop() {
        store.close();
        http.close();
    }

    @Test
    void aServiceIsFoundWhereTheSettingsSayWithoutARunFile() {
        assertThat(client("localhost", secret).call("echo", Json.object().put("a", 1)).path("a").asInt()).isOne();
    }

    @Test
    void whoHasAnotherSecretIsNotAdmitted() throws Exception {
        Path other = Files.writeString(tmp.resolve("other"), "f".repeat(32));

        assertThatThrownBy(() -> client("localhost", other).call("echo", Json.object()))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY));
    }

    @Test
    void aNewSecretIsBroughtInLineByLine() throws Exception {
        String fresh = "fresh-".repeat(6);
        store.close();
        Files.write(secret, List.of(SECRET, fresh));
        store = store();
        Path second = Files.write(tmp.resolve("second"), List.of(fresh, SECRET));

        assertThat(client("localhost", secret).answers()).isTrue();
        assertThat(client("localhost", second).call("echo", Json.object()).isObject()).isTrue();
    }

    @Test
    void aNameThatNobodyKnowsIsAServiceThatIsAway() {
        assertThatThrownBy(() -> client("store.invalid", secret).call("echo", Json.object()))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY));
    }

    @Test
    void aRestartedServiceIsFoundAgain() {
        ServiceClient client = client("localhost", secret);
        client.call("echo", Json.object());
        store.close();
        assertThat(client.answers()).isFalse();
        store = store();

        assertThat(client.call("echo", Json.object()).isObject()).isTrue();
    }

    @Test
    void startedLiveAndReadyAreThreeThings() throws Exception {
        assertThat(statuses()).as("it has not begun to work").containsExactly(503, 204, 503);
        store.announce();
        assertThat(statuses()).containsExactly(204, 204, 204);
        able.set(false);
        assertThat(statuses()).as("it cannot do its work now").containsExactly(204, 204, 503);
        able.set(true);
        store.stopping();
        assertThat(statuses()).as("it is about to stop").containsExactly(204, 204, 503);
        assertThat(client("localhost", secret).call("echo", Json.object()).isObject()).as("and goes on answering").isTrue();
    }

    @Test
    void whatIsSeenWithoutTheSecretIsNoMoreThanThat() throws Exception {
        assertThat(get(observed, "/call/echo")).returns(404, HttpResponse::statusCode);
        assertThat(get(port, "/metrics")).returns(401, HttpResponse::statusCode);
        assertThat(get(port, "/health/ready")).returns(401, HttpResponse::statusCode);
        assertThat(get(observed, "/health").body()).doesNotContain("echo");
    }

    @Test
    void callsAreCountedByRouteAndStatus() throws Exception {
        client("localhost", secret).call("echo", Json.object());
        assertThatThrownBy(() -> client("localhost", secret).call("made.up", Json.object())).isInstanceOf(HephException.class);

        HttpResponse<String> metrics = get(observed, "/metrics");
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body().lines())
                .anyMatch(line -> line.startsWith("heph_request_seconds_count{route=\"echo\",service=\"store\",status=\"200\",} 1.0"))
                .anyMatch(line -> line.startsWith("heph_request_seconds_count{route=\"unknown\",service=\"store\",status=\"404\",} 1.0"))
                .anyMatch(line -> line.startsWith("heph_request_seconds_bucket{route=\"echo\",") && line.contains("le=\"0.25\""))
                .anyMatch(line -> line.startsWith("heph_ready{service=\"store\",} 0.0"));
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(this::store).isInstanceOf(HephException.class).hasMessageContaining(":" + port);
    }

    private List<Integer> statuses() throws Exception {
        return List.of(
                get(observed, "/health/started").statusCode(),
                get(observed, "/health/live").statusCode(),
                get(observed, "/health/ready").statusCode());
    }

    private HttpResponse<String> get(int at, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private ServiceServer store() {
        var placement = new Placement(new InetSocketAddress("127.0.0.1", port), Optional.of(secret), Map.of(),
                Optional.of(new InetSocketAddress("127.0.0.1", observed)), Duration.ZERO);
        return ServiceServer.of("store", Home.in(tmp.resolve("store")).create(), CLOCK)
                .placed(placement)
                .ready(able::get)
                .call("echo", Call.of(params -> params))
                .start();
    }

    private ServiceClient client(String host, Path shown) {
        return new ServiceClient(Home.in(tmp.resolve("sync")), "store", new Placement(Placement.HERE.listening(), Optional.of(shown),
                Map.of("store", InetSocketAddress.createUnresolved(host, port)), Optional.empty(), Duration.ZERO));
    }
}
