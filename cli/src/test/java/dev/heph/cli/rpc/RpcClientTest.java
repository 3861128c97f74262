package dev.heph.cli.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.cli.training.CannedGateway;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path directory;

    @Test
    void call_sendsWhatTheContractSays() throws IOException {
        assertThat(new String(Request.of("node.get", "id", "k3f9", "kind", null).line(7), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"node.get\",\"params\":{\"id\":\"k3f9\"},\"client\":\"cli\"}\n");
    }

    @Test
    void call_resultIsTheBytesAsTheyCame() throws IOException {
        try (var gateway = gateway((method, params, send) -> "\"result\": {\"b\": 1,  \"a\":\"\\u00e9\"}");
                var client = client()) {
            Result result = client.call(Request.of("x"), Progress.UNSEEN);

            assertThat(new String(result.bytes(), StandardCharsets.UTF_8)).isEqualTo("{\"b\": 1,  \"a\":\"\\u00e9\"}");
            assertThat(result.json().at("a").text()).isEqualTo("é");
        }
    }

    @Test
    void call_largeResult() throws IOException {
        String text = "é".repeat(3_000_000);
        try (var gateway = gateway((method, params, send) -> "\"result\":\"" + text + "\"");
                var client = client()) {
            assertThat(client.call(Request.of("x"), Progress.UNSEEN).json().text())
                    .isEqualTo(text);
            assertThat(client.call(Request.of("x"), Progress.UNSEEN).json().text())
                    .isEqualTo(text);
        }
    }

    @Test
    void call_progressWhileItWaits() throws IOException {
        List<String> seen = new ArrayList<>();
        CannedGateway.Script script = (method, params, send) -> {
            send.accept("{\"jsonrpc\":\"2.0\",\"method\":\"progress\","
                    + "\"params\":{\"request\":1,\"done\":3,\"total\":9,\"note\":\"a.md\"}}");
            return "\"result\":true";
        };
        try (var gateway = gateway(script);
                var client = client()) {
            client.call(Request.of("import"), (done, total, note) -> seen.add(done + "/" + total + " " + note));
        }
        assertThat(seen).containsExactly("3/9 a.md");
    }

    @Test
    void call_otherNotifications_areNobodysConcern() throws IOException {
        CannedGateway.Script script = (method, params, send) -> {
            send.accept("{\"jsonrpc\":\"2.0\",\"method\":\"changes.missed\",\"params\":{}}");
            send.accept("{\"jsonrpc\":\"2.0\",\"method\":\"node.changed\",\"params\":{\"id\":\"x\"}}");
            send.accept("{\"jsonrpc\":\"2.0\",\"method\":\"from.the.future\"}");
            return "\"result\":true";
        };
        try (var gateway = gateway(script);
                var client = client()) {
            assertThat(client.call(Request.of("x"), Progress.UNSEEN).json().truth())
                    .isTrue();
        }
    }

    @Test
    void gatewayHangs_endsInATimeout() throws IOException {
        try (var server = server(RpcClientTest::read);
                var client = RpcClient.connect(socket(), SHORT)) {
            assertTimeout(() -> client.call(Request.of("x"), Progress.UNSEEN));
            assertThatThrownBy(() -> client.call(Request.of("y"), Progress.UNSEEN))
                    .as("an answer that comes late is not taken for the next one's")
                    .isInstanceOfSatisfying(
                            HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY));
        }
    }

    @Test
    void gatewayHangs_withoutReading_endsInATimeout() throws IOException {
        try (var server = server(client -> {});
                var client = RpcClient.connect(socket(), SHORT)) {
            assertTimeout(() -> client.call(Request.of("x", "body", "b".repeat(8_000_000)), Progress.UNSEEN));
        }
    }

    @Test
    void gatewayIsSlow_butAlive() throws IOException {
        CannedGateway.Script script = (method, params, send) -> {
            for (int i = 0; i < 5; i++) {
                pause(SHORT.dividedBy(3));
                send.accept("{\"jsonrpc\":\"2.0\",\"method\":\"progress\",\"params\":{}}");
            }
            return "\"result\":true";
        };
        try (var gateway = gateway(script);
                var client = RpcClient.connect(socket(), SHORT)) {
            assertThat(client.call(Request.of("x"), Progress.UNSEEN).json().truth())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "export", "doctor"})
    void longRequests_mayBeSilent(String method) throws IOException {
        CannedGateway.Script script = (asked, params, send) -> {
            pause(SHORT.multipliedBy(3));
            return "\"result\":true";
        };
        try (var gateway = gateway(script);
                var client = RpcClient.connect(socket(), SHORT)) {
            assertThat(client.call(Request.of(method), Progress.UNSEEN).json().truth())
                    .isTrue();
        }
    }

    @Test
    void interruptedWhileItWaits() throws IOException {
        try (var server = server(RpcClientTest::read);
                var client = client()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.call(Request.of("x"), Progress.UNSEEN))
                    .isInstanceOfSatisfying(
                            HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY));
        } finally {
            Thread.interrupted();
        }
    }

    private static void assertTimeout(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
                .hasMessageContaining("has not answered for")
                .hasMessageEndingWith("heph status");
    }

    /** The gateway's own slowness, which is what the test is about. */
    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    @Test
    void callAll_answersInAnyOrder() throws IOException {
        try (var server = server(client -> {
                    read(client);
                    write(client, answer(2, "\"two\"") + answer(1, "\"one\""));
                });
                var client = client()) {
            List<Result> results = client.callAll(List.of(Request.of("a"), Request.of("b")), Progress.UNSEEN);

            assertThat(results).extracting(result -> result.json().text()).containsExactly("one", "two");
        }
    }

    @Test
    void callAll_refusal_leavesTheConnectionUsable() throws IOException {
        CannedGateway.Script script = (method, params, send) -> method.equals("bad")
                ? "\"error\":{\"code\":-32004,\"message\":\"no such node\",\"data\":{\"reason\":\"not-found\"}}"
                : "\"result\":1";
        try (var gateway = gateway(script);
                var client = client()) {
            assertThatThrownBy(() -> client.callAll(List.of(Request.of("bad"), Request.of("good")), Progress.UNSEEN))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
                    .hasMessage("no such node");
            assertThat(client.call(Request.of("good"), Progress.UNSEEN).json().number())
                    .isEqualTo(1);
        }
    }

    @Test
    void refusal_unknownReason_goesByTheCode() throws IOException {
        try (var gateway = gateway((m, p, s) ->
                        "\"error\":{\"code\":-32011,\"message\":\"full\",\"data\":{\"reason\":\"new-word\"}}");
                var client = client()) {
            assertThatThrownBy(() -> client.call(Request.of("x"), Progress.UNSEEN))
                    .isInstanceOfSatisfying(
                            RpcException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
        }
    }

    @Test
    void answerInPieces_evenInsideACharacter() throws IOException {
        byte[] answer = answer(1, "\"é漢\"").getBytes(StandardCharsets.UTF_8);
        try (var server = server(client -> {
                    read(client);
                    for (byte b : answer) {
                        client.write(ByteBuffer.wrap(new byte[] {b}));
                    }
                });
                var client = client()) {
            assertThat(client.call(Request.of("x"), Progress.UNSEEN).json().text())
                    .isEqualTo("é漢");
        }
    }

    @Test
    void gatewayGoesAway() throws IOException {
        try (var server = server(client -> {
                    read(client);
                    client.close();
                });
                var client = client()) {
            assertThatThrownBy(() -> client.call(Request.of("x"), Progress.UNSEEN))
                    .isInstanceOfSatisfying(
                            HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AWAY))
                    .hasMessageContaining("heph status");
        }
    }

    @Test
    void nobodyListens() {
        assertThatThrownBy(this::client).isInstanceOf(IOException.class);
    }

    private Path socket() {
        return directory.resolve("s.sock");
    }

    private RpcClient client() throws IOException {
        return RpcClient.connect(socket());
    }

    private CannedGateway gateway(CannedGateway.Script script) throws IOException {
        return new CannedGateway(socket(), script);
    }

    private interface Serving {
        void serve(SocketChannel client) throws IOException;
    }

    private ServerSocketChannel server(Serving serving) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()));
        Callable<Void> once = () -> {
            serving.serve(server.accept());
            return null;
        };
        Thread.ofPlatform().daemon().start(new FutureTask<>(once));
        return server;
    }

    private static String answer(int id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}\n";
    }

    private static void read(SocketChannel client) throws IOException {
        client.read(ByteBuffer.allocate(1 << 16));
    }

    private static void write(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
