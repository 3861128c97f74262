package dev.heph.sync.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.runtime.ServiceServer;
import dev.heph.settings.Home;
import dev.heph.settings.Version;
import dev.heph.sync.wire.Body;
import dev.heph.sync.wire.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/design/sync.md over real sockets, by bytes: what a device may send and what comes back. */
@Timeout(60)
class HubServerTest {
    private static final byte[] PAGE = "a page ".repeat(200).getBytes(StandardCharsets.UTF_8);
    private static final String VECTOR = "{\"epoch\":\"E\",\"n\":7,\"chain\":\"00\",\"heads\":[]}";
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    @TempDir
    Path tmp;

    private Home home;
    private ServiceServer store;
    private News news;
    private HubServer hub;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong n = new AtomicLong(7);
    private final AtomicInteger listeners = new AtomicInteger();
    private final BlockingQueue<Long> log = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        home = Home.in(tmp).create();
        store = startStore();
        var calls = new HubStore(new ServiceClient(home, "store"));
        news = new News(calls);
        hub = HubServer.start(ANY_PORT, calls, news, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        hub.close();
        news.close();
        store.close();
    }

    private ServiceServer startStore() {
        ServiceServer started = ServiceServer.of("store", home, Clock.systemUTC())
                .call("exchange.state", request -> Answer.of(Json.object().put("n", n.get())))
                .call("exchange.page", request -> {
                    asked.add(new String(request.body(), StandardCharsets.UTF_8));
                    return Answer.raw(PAGE);
                })
                .call("exchange.take", request -> {
                    String parcel = new String(request.body(), StandardCharsets.UTF_8);
                    asked.add(parcel);
                    if (parcel.equals("forged")) {
                        throw new HephException(Reason.INVALID_PARAMS, "a signature is wrong");
                    }
                    if (parcel.equals("defect")) {
                        throw new IllegalStateException("a defect");
                    }
                    return Answer.raw("{\"applied\":" + request.body().length + "}");
                })
                .call("exchange.vector", request -> Answer.raw(VECTOR))
                .stream("/log", lines -> {
                    listeners.incrementAndGet();
                    try {
                        lines.send("");
                        while (true) {
                            lines.send("{\"seq\":1,\"n\":" + log.take() + "}");
                        }
                    } finally {
                        listeners.decrementAndGet();
                    }
                })
                .start();
        started.announce();
        return started;
    }

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
    @ValueSource(strings = {"/sync/v2/pull?space=personal&device=D", "/sync/v0/vector", "/sync/v1/snapshot", "/", "/call/exchange.take", "/sync/v1/push"})
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:7800", "[::1]:7800"})
    void thisMachineByAnyOfItsNamesIsAnswered(String host) throws Exception {
        assertThat(exchange("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status()).isEqualTo(200);
    }

    @Test
    void itListensNowhereButOnThisMachine() {
        var calls = new HubStore(new ServiceClient(home, "store"));

        assertThatThrownBy(() -> HubServer.start(new InetSocketAddress("0.0.0.0", 0), calls, news, Clock.systemUTC()))
                .isInstanceOf(HephException.class)
                .hasMessage("http.address 0.0.0.0:0 cannot be used: this version has no login yet, so a hub listens on a loopback address"
                        + " only, such as 127.0.0.1:7800");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var calls = new HubStore(new ServiceClient(home, "store"));

        assertThatThrownBy(() -> HubServer.start(new InetSocketAddress("127.0.0.1", port()), calls, news, Clock.systemUTC()))
                .hasMessageStartingWith("the hub cannot listen on 127.0.0.1:" + port() + ", perhaps because another program does");
    }

    @Test
    void newsComeAtOnceWhenThereAreAnyAndThenAsTheHubGrows() throws Exception {
        await().until(() -> listeners.get() == 1);
        try (var behind = new NewsReader(0);
                var even = new NewsReader(7)) {
            assertThat(behind.next()).isEqualTo("7");
            log.add(8L);
            assertThat(behind.next()).isEqualTo("8");
            assertThat(even.next()).isEqualTo("8");
        }
    }

    @Test
    void manyListenAndTheStoreIsListenedToOnce() throws Exception {
        List<NewsReader> readers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            readers.add(new NewsReader(7));
        }
        await().untilAsserted(() -> assertThat(hub.listening()).isEqualTo(300));
        log.add(8L);
        for (NewsReader reader : readers) {
            assertThat(reader.next()).isEqualTo("8");
        }
        assertThat(listeners).hasValue(1);

        for (NewsReader reader : readers) {
            reader.close();
        }
        log.add(9L); // who has gone is noticed when there is something to say
        log.add(10L);
        await().untilAsserted(() -> {
            log.add(n.incrementAndGet() + 10);
            assertThat(hub.listening()).isZero();
        });
    }

    @Test
    void theyGoOnAfterTheStoreWasAwayAndTellWhatItTookMeanwhile() throws Exception {
        await().until(() -> listeners.get() == 1);
        try (var reader = new NewsReader(7)) {
            store.close();
            n.set(12);
            store = startStore();
            assertThat(reader.next()).isEqualTo("12");
        }
    }

    @Test
    void itsStopEndsThem() throws Exception {
        try (var reader = new NewsReader(7)) {
            await().until(() -> hub.listening() == 1);
            long before = System.nanoTime();
            hub.close();
            assertThat(reader.next()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(20_000); // a test that waits for ever says nothing
        return socket;
    }

    private int port() {
        return Integer.parseInt(hub.url().substring(hub.url().lastIndexOf(':') + 1));
    }

    private Reply get(String path, String headers) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n");
    }

    private Reply push(byte[] body, String headers) throws IOException {
        String head = "POST /sync/v1/push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/cbor\r\n" + headers + "Content-Length: "
                + body.length + "\r\n\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            Thread writing = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(body);
                } catch (IOException refusedBefore) {
                    return;
                }
            });
            Reply reply = Reply.read(socket.getInputStream());
            writing.interrupt();
            return reply;
        }
    }

    private Reply exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return Reply.read(socket.getInputStream());
        }
    }

    /** A device that listens for news. */
    private final class NewsReader implements AutoCloseable {
        private final Socket socket;
        private final Reply reply;

        NewsReader(long after) throws IOException {
            socket = connect();
            socket.getOutputStream()
                    .write(("GET /sync/v1/news?space=personal&after=" + after + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            reply = Reply.head(socket.getInputStream());
            assertThat(reply.status()).isEqualTo(200);
        }

        /** The next line that says something; null at the end. */
        String next() throws IOException {
            String line = reply.chunk();
            while (line != null && line.isBlank()) {
                line = reply.chunk();
            }
            return line == null ? null : line.strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
