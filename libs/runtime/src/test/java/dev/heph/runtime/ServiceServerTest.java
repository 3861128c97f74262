package dev.heph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.RunFile;
import dev.heph.settings.Secret;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wire, seen by a client that is not ours. */
class ServiceServerTest {
    @TempDir
    Path tmp;

    private final HttpClient http = HttpClient.newHttpClient();
    private Home home;
    private ServiceServer server;

    @BeforeEach
    void start() {
        home = Home.in(tmp).create();
        server = ServiceServer.of("store", home, Clock.systemUTC())
                .call("echo", Call.of(params -> params))
                .call("raw", request -> Answer.raw("[\"" + request.client().orElse("nobody") + "\"]"))
                .call("node.get", request -> {
                    throw new HephException(
                            Reason.NOT_FOUND, "no note 'k3f'", Map.of("candidates", List.of(Map.of("id", "k3f9", "n", 1))));
                })
                .call("broken", request -> {
                    throw new IllegalStateException("password=hunter2");
                })
                .stream("/log", lines -> {
                    while (true) {
                        lines.send("more");
                        Thread.sleep(5);
                    }
                })
                .health(() -> new Health(true, "3 notes", Map.of("notes", 3)))
                .start();
        server.announce();
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void nothingButLiveIsAnsweredWithoutTheSecret() throws Exception {
        assertThat(get("/live", null).statusCode()).isEqualTo(204);
        for (String path : List.of("/health", "/call/echo", "/nowhere", "/live/../health", "/LIVE")) {
            for (String wrong : new String[] {null, "", "Bearer x", "Bearer " + "0".repeat(64), secret().substring(7)}) {
                var answer = get(path, wrong);
                assertThat(answer.statusCode()).as(path + " " + wrong).isEqualTo(401);
                assertThat(answer.body()).isEmpty();
            }
        }
        assertThat(post("echo", "{}", "Bearer wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void aCallAnswersItsResult() throws Exception {
        var answer = post("echo", "{\"a\": [1, \"é\"]}", secret());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"a\":[1,\"é\"]}");
        assertThat(post("echo", "", secret()).body()).as("no params").isEqualTo("{}");
        assertThat(post("raw", "", secret()).body()).isEqualTo("[\"nobody\"]");
    }

    @Test
    void aFailureTellsItsReasonMessageAndData() throws Exception {
        var answer = post("node.get", "{}", secret());

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body())
                .isEqualTo(Json.MAPPER
                        .readTree("{\"reason\":\"not-found\",\"message\":\"no note 'k3f'\",\"data\":{\"candidates\":[%s]}}"
                                .formatted(json(answer.body()).at("/data/candidates/0")))
                        .toString());
        assertThat(json(answer.body()).at("/data/candidates/0/id").asText()).isEqualTo("k3f9");
    }

    @Test
    void aDefectIsToldWithoutItsDetails() throws Exception {
        var answer = post("broken", "{}", secret());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer.body()).path("message").asText())
                .isEqualTo("broken failed in heph's store; see: heph logs store");
        assertThat(answer.body()).doesNotContain("hunter2");
    }

    @Test
    void whatIsNotJsonAndWhatIsNoMethodIsRefused() throws Exception {
        var malformed = post("echo", "{\"a\":", secret());
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(json(malformed.body()).path("reason").asText()).isEqualTo("parse");
        assertThat(json(post("echo", "{} {}", secret()).body()).path("reason").asText()).isEqualTo("parse");
        assertThat(json(post("echo", "[".repeat(200), secret()).body()).path("reason").asText()).isEqualTo("parse");

        var unknown = post("ecoh", "{}", secret());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown.body()).path("message").asText())
                .isEqualTo("heph's store has no method 'ecoh'; did you mean echo?");
    }

    @Test
    void aBodyOverTheLimitIsRefusedByItsLengthAndWithoutOne() throws Exception {
        byte[] tooLong = new byte[ServiceServer.MAX_BODY_BYTES + 1];
        var uri = URI.create("http://127.0.0.1:" + server.port() + "/call/echo");
        for (var body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(tooLong),
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(tooLong)))) {
            var request = HttpRequest.newBuilder(uri).header("Authorization", secret()).POST(body).build();
            try {
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(413);
                assertThat(json(answer.body()).path("reason").asText()).isEqualTo("too-large");
            } catch (java.io.IOException closedWhileWeWereStillSending) {
                // a server may close what it does not read to the end
            }
        }
        assertThat(post("echo", "{}", secret()).statusCode()).as("still works").isEqualTo(200);
    }

    @Test
    void healthSaysHowItIs() throws Exception {
        assertThat(json(get("/health", secret()).body()))
                .isEqualTo(json("{\"status\":\"up\",\"detail\":\"3 notes\",\"notes\":3}"));
    }

    @Test
    void theRunFileIsThereFromTheAnnouncementToTheStop() {
        RunFile file = RunFile.read(home, "store").orElseThrow();
        assertThat(file.port()).isEqualTo(server.port());
        assertThat(file.alive()).isTrue();

        server.close();

        assertThat(RunFile.read(home, "store")).isEmpty();
        assertThatThrownBy(() -> new Socket("127.0.0.1", file.port()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void thatTheReaderOfAStreamIsGoneIsNothingToWarnOf() throws Exception {
        var warned = new LinkedBlockingQueue<LogRecord>();
        var listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() > Level.INFO.intValue()) {
                    warned.add(line);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(listener);
        try {
            for (int reader = 0; reader < 3; reader++) {
                readAndGo();
            }
            assertThat(warned.poll(500, TimeUnit.MILLISECONDS)).isNull();
        } finally {
            Logger.getLogger("").removeHandler(listener);
        }
    }

    private void readAndGo() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(("GET /log HTTP/1.1\r\nHost: x\r\nAuthorization: " + secret() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(100)).asString().startsWith("HTTP/1.1 200");
        }
    }

    private String secret() {
        return Secret.read(home).orElseThrow().bearer();
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)), authorization);
    }

    private HttpResponse<String> post(String method, String body, String authorization) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.port() + "/call/" + method);
        return send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)), authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String authorization) throws Exception {
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String text) throws Exception {
        return Json.MAPPER.readTree(text);
    }
}
