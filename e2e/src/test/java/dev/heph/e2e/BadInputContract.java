package dev.heph.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What cannot be understood gets one clear error, writes nothing, and leaves the connection and everybody else's as they were. */
interface BadInputContract extends OnADevice {
    int MIB = 1 << 20;

    @Test
    default void fourMalformedCases() {
        unharmed(client -> {
            Client.error("parse", -32700, client.send("{\"jsonrpc\":\"2.0\",").next());
            Client.error("parse", -32700, client.send("nonsense").next());
            Client.error("invalid-request", -32600, client.send("{\"id\":1}").next());
            Client.error("invalid-request", -32600, client.send("[]").next());
            client.error("unknown-method", -32601, "node.gett");
            client.error("invalid-params", -32602, "node.get");
        });
    }

    @Test
    default void wrongTypesAndUnknownIds() {
        String id = note("Typed", "");
        unharmed(client -> {
            client.error("invalid-params", -32602, "node.create", "kind", "doc", "title", 7);
            client.error("invalid-params", -32602, "node.create", "kind", "spaceship", "title", "X");
            client.error("invalid-params", -32602, "node.create", "kind", "doc", "title", "X", "body", null);
            client.error("invalid-params", -32602, "node.list", "limit", -1);
            client.error("invalid-params", -32602, "node.update", "id", id, "body", "x", "base", "no rev");
            client.error("not-found", -32004, "node.get", "id", "01ARZ3NDEKTSV4RRFFQ69G5FAV");
            client.error("not-found", -32004, "node.update", "id", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "title", "Y");
            client.error("not-found", -32004, "node.tombstone", "id", "01ARZ3NDEKTSV4RRFFQ69G5FAV");
            client.error("not-found", -32004, "links.backlinks", "id", "ZZZZZZZZ");
        });
    }

    @Test
    default void lineOf100Megabytes() {
        byte[] part = new byte[MIB];
        Arrays.fill(part, (byte) 'x');
        unharmed(client -> {
            client.send(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"node.create\",\"params\":{\"kind\":\"doc\",\"title\":\"Huge\",\"body\":\""
                            .getBytes(US_ASCII));
            for (int i = 0; i < 100; i++) {
                client.send(part);
            }
            client.send("\"}}");
            JsonNode error = Client.error("parse", -32700, client.next());
            assertThat(error.path("message").asText()).contains("64 MiB");
        });
    }

    @Test
    default void invalidUtf8_andTooDeep() {
        unharmed(client -> {
            client.send(new byte[] {'{', '"', (byte) 0xc3, 0x28, '"', '}', '\n'});
            Client.error("parse", -32700, client.next());
            Client.error("parse", -32700, client.send("[".repeat(100_000)).next());
            Client.error(
                    "parse",
                    -32700,
                    client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"health\",\"params\":" + "[".repeat(65)
                                    + "]".repeat(65) + "}")
                            .next());
        });
    }

    @Test
    default void overALimit_orAgainstTheRules() {
        String id = note("Limited", "");
        unharmed(client -> {
            client.error(
                    "too-large",
                    -32013,
                    "node.create",
                    "kind",
                    "doc",
                    "title",
                    "Big",
                    "body",
                    "x".repeat(16 * MIB + 1));
            Client.error(
                    "too-large",
                    -32013,
                    client.send("[" + "3,".repeat(1_000) + "3]").next());
            client.error("conflict", -32009, "link.add", "src", id, "dst", id, "type", "related");
        });
    }

    @Test
    default void loneSurrogate_isNoText() {
        unharmed(client -> {
            JsonNode answer = client.send(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"node.create\",\"params\":{\"kind\":\"doc\","
                                    + "\"title\":\"\\ud800\"}}")
                    .next();
            assertThat(answer.at("/error/code").asInt()).as("%s", answer).isIn(-32700, -32602);
        });
    }

    /** A test's part at the socket. */
    interface Attempt {
        void by(Client client);
    }

    private void unharmed(Attempt attempt) {
        try (Client client = device().connect();
                Client other = device().connect()) {
            String before = log(other);
            attempt.by(client);
            assertThat(client.result("node.list", "limit", 1).path("total").isNumber())
                    .as("the connection goes on")
                    .isTrue();
            assertThat(log(other)).as("what is in the log").isEqualTo(before);
        }
    }

    private static String log(Client client) {
        for (JsonNode check : client.result("doctor").path("checks")) {
            if (check.path("name").asText().equals("log")) {
                return check.path("detail").asText();
            }
        }
        throw new AssertionError("doctor says nothing about the log");
    }
}
