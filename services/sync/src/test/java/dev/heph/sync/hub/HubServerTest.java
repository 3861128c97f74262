package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Version;
import dev.heph.sync.wire.Body;
import dev.heph.sync.wire.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/design/sync.md over real sockets, by bytes: what a device may send and what comes back. */
class HubServerTest extends RunningHub {
    @Test
    void aPageIsAskedForAndPassedOnAsItIs() throws Exception {
        Reply reply = get("/sync/v1/pull?space=personal&device=D&after=2:ab,1:cd&epoch=E&known=9&limit=50", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/cbor");
        assertThat(reply.header("Date")).endsWith("GMT");
        assertThat(reply.body()).isEqualTo(PAGE);
        assertThat(asked).containsExactly("{\"device\":\"D\",\"after\":\"2:ab,1:cd\",\"known\":9,\"limit\":50,\"epoch\":\"E\"}");
    }

    @Test
    void itIsZippedForWhoCanUnzip() throws Exception {
        Reply reply = get("/sync/v1/pull?space=personal&device=D", "Accept-Encoding: gzip\r\n");

        assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(reply.body().length).isLessThan(PAGE.length / 10);
        assertThat(Body.read(new ByteArrayInputStream(reply.body()), Optional.of("gzip"), 1 << 20)).isEqualTo(PAGE);
        assertThat(asked).containsExactly("{\"device\":\"D\",\"after\":\"\",\"known\":0,\"limit\":1000}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/sync/v1/pull?space=personal                        | 422 | parameter 'device' is missing",
        "/sync/v1/pull?device=D                              | 422 | parameter 'space' is missing",
        "/sync/v1/pull?space=work&device=D                   | 410 | this hub has no space 'work', only 'personal'",
        "/sync/v1/pull?space=personal&device=D&known=x       | 422 | parameter 'known' is not a number",
        "/sync/v1/pull?space=personal&device=D&known=-1      | 422 | parameter 'known' is negative",
        "/sync/v1/news?space=personal&after=99999999999999999999 | 422 | parameter 'after' is not a number",
        "/sync/v1/vector                                     | 422 | parameter 'space' is missing",
        "/sync/v1/vector?space=personal/                     | 410 | this hub has no space 'personal/', only 'personal'",
    })
    void whatIsAskedWronglyIsToldSo(String path, int status, String message) throws Exception {
        Reply reply = get(path, "");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("message").asText()).isEqualTo(message);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sync/v2/pull?space=personal&device=D", "/sync/v0/vector", "/sync/v1/nothing", "/", "/call/exchange.take", "/sync/v1/push"})
    void anythingElseIsAnsweredWithTheVersionsThereAre(String path) throws Exception {
        Reply reply = get(path, "");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("reason").asText()).isEqualTo("unknown-method");
        assertThat(reply.json().path("data").path("versions")).isEqualTo(Json.MAPPER.createArrayNode().add(1));
    }

    @Test
    void aParcelIsPassedOnUnzipped() throws Exception {
        assertThat(push(Body.zip("parcel".getBytes(StandardCharsets.UTF_8)), "Content-Encoding: gzip\r\n").json().path("applied").asInt())
                .isEqualTo(6);
        assertThat(push("parcel".getBytes(StandardCharsets.UTF_8), "").status()).isEqualTo(200);
        assertThat(asked).containsExactly("parcel", "parcel");
    }

    @Test
    void aParcelOverTheLimitIsRefusedAlsoOneThatOnlyUnzipsToIt() throws Exception {
        byte[] bomb = Body.zip(new byte[40 << 20]);
        assertThat(bomb.length).isLessThan(Exchange.MAX_PARCEL_BYTES);

        Reply bombed = push(bomb, "Content-Encoding: gzip\r\n");
        assertThat(bombed.status()).isEqualTo(413);
        assertThat(bombed.json().path("message").asText()).isEqualTo("a body is over 2 MiB; send it in parts");
        assertThat(push(new byte[Exchange.MAX_PARCEL_BYTES + 1], "").status()).isEqualTo(413);
        assertThat(push(new byte[Exchange.MAX_PARCEL_BYTES], "").status()).isEqualTo(200);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aBodyThatNamesNoLengthIsNotWaitedFor() throws Exception {
        Reply reply = exchange("POST /sync/v1/push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/cbor\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nx");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("message").asText()).isEqualTo("a parcel names its length beforehand");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "application/json | gzip     | 422 | a parcel comes as application/cbor, not as application/json",
        "text/plain       | identity | 422 | a parcel comes as application/cbor, not as text/plain",
        "application/cbor | br       | 400 | this is no request of heph",
        "application/cbor | gzip     | 422 | not gzip as its header says",
    })
    void aBodyOfAnotherKindIsRefused(String type, String encoding, int status, String words) throws Exception {
        Reply reply = exchange("POST /sync/v1/push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\nContent-Encoding: " + encoding
                + "\r\nContent-Length: 6\r\n\r\nparcel");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("message").asText()).contains(words);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheStoreRefusesIsPassedOnWithItsStatus() throws Exception {
        Reply forged = push("forged".getBytes(StandardCharsets.UTF_8), "");
        assertThat(forged.status()).isEqualTo(422);
        assertThat(forged.json()).isEqualTo(Json.object()
                .put("reason", "invalid-params").put("message", "a signature is wrong").set("data", Json.object()));
        assertThat(push("defect".getBytes(StandardCharsets.UTF_8), "").status()).isEqualTo(500);
    }

    @Test
    void whileTheStoreIsAwayDevicesAreToldToComeBack() throws Exception {
        store.close();

        Reply reply = get("/sync/v1/vector?space=personal", "");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(reply.json().path("reason").asText()).isEqualTo("away");
        assertThat(get("/health", "").json().path("status").asText()).isEqualTo("down");
        assertThat(get("/health", "").status()).isEqualTo(503);

        store = startStore();
        assertThat(get("/sync/v1/vector?space=personal", "").body()).isEqualTo(VECTOR.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aStoreWhoseDatabaseIsBrokenIsNoHealthyHub() throws Exception {
        sound = false;
        assertThat(get("/health", "").json().path("status").asText()).isEqualTo("down");
        assertThat(get("/health", "").status()).isEqualTo(503);
        sound = true;
        assertThat(get("/health", "").status()).isEqualTo(200);
    }

    @Test
    void itsHealthTellsVersionAndTime() throws Exception {
        long before = System.currentTimeMillis();
        JsonNode health = get("/health", "").json();

        assertThat(health.path("status").asText()).isEqualTo("up");
        assertThat(health.path("version").asText()).isEqualTo(Version.CURRENT);
        assertThat(health.path("time").asLong()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void aQueryOverTheLimitIsRefused() throws Exception {
        String points = "1:" + "0".repeat(Exchange.MAX_QUERY_BYTES);

        Reply reply = get("/sync/v1/pull?space=personal&device=D&after=" + points, "");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("message").asText()).isEqualTo("a query is over 8 KiB");
        assertThat(get("/" + "x".repeat(1 << 16), "").status()).isEqualTo(414);
    }

    /** A name that comes to mean 127.0.0.1 lets a page in a browser ask us; what it sends gives it away. */
    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: 127.0.0.1.evil.example:7800", "Host: 127.0.0.1\r\nOrigin: http://evil.example", "Host: 127.0.0.1\r\nOrigin: null"})
    void webPagesGetNothing(String headers) throws Exception {
        Reply reply = exchange("GET /sync/v1/pull?space=personal&device=D HTTP/1.1\r\n" + headers + "\r\n\r\n");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(asked).isEmpty();
    }

    /** A byte now and then, for as long as somebody likes: there are only so many connections. */
    @Test
    void headersThatDoNotComeAreNotWaitedFor() throws Exception {
        try (Socket socket = connect()) {
            var out = socket.getOutputStream();
            out.write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(200)).until(() -> {
                try {
                    out.write('x');
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
        assertThat(get("/health", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:7800", "[::1]:7800"})
    void thisMachineByAnyOfItsNamesIsAnswered(String host) throws Exception {
        assertThat(exchange("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status()).isEqualTo(200);
    }

    /** They have logged in to a hub at this address, which kept their notes apart from others'. */
    @Test
    void whoShowsATokenToAHubWithoutALoginIsNotLetIn() throws Exception {
        Reply reply = get("/sync/v1/pull?space=personal&device=D", "Authorization: Bearer mine\r\n");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().path("message").asText()).startsWith("this hub has no login any more").endsWith("tell whoever runs it (auth.issuer)");
        assertThat(asked).isEmpty();
    }

    @Test
    void itListensNowhereButOnThisMachine() {
        var calls = new HubStore(new ServiceClient(home, "store"));

        assertThatThrownBy(() -> listening(calls, new InetSocketAddress("0.0.0.0", 0)))
                .isInstanceOf(HephException.class)
                .hasMessage("http.address 0.0.0.0:0 cannot be used: without a login (auth.issuer) a hub listens on a loopback address"
                        + " only, such as 127.0.0.1:7800");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var calls = new HubStore(new ServiceClient(home, "store"));

        assertThatThrownBy(() -> listening(calls, new InetSocketAddress("127.0.0.1", port())))
                .hasMessageStartingWith("the hub cannot listen on 127.0.0.1:" + port() + ", perhaps because another program does");
    }
}
