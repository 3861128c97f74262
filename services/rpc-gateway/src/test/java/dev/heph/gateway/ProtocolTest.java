package dev.heph.gateway;

import static dev.heph.gateway.Client.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.rpc.ClientName;
import dev.heph.runtime.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON-RPC 2.0 on the socket, as https://www.jsonrpc.org/specification has it and docs/reference/rpc.md narrows it. */
class ProtocolTest {
    private static Rig rig;

    private Client client;

    @BeforeAll
    static void start(@TempDir Path directory) {
        rig = new Rig(directory);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void connect() {
        client = rig.connect();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":|-32700|parse",
        "{\"jsonrpc\":\"2.0\",\"id\":1}|-32600|invalid-request",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"node.git\"}|-32601|unknown-method",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"node.get\"}|-32602|invalid-params",
    })
    void theFourMalformedCases(String line, int code, String reason) {
        JsonNode answer = client.send(line).next();

        assertThat(answer.at("/error/code").asInt()).isEqualTo(code);
        assertThat(answer.at("/error/data/reason").asText()).isEqualTo(reason);
        assertThat(answer.path("jsonrpc").asText()).isEqualTo("2.0");
        assertThat(answer.has("result")).isFalse();
        client.expectSilence();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"a\":1}}", "{} {}", "[1,]", "{\"a\":tru}", "{\"a\":\"\\q\"}", "{'a':1}", "[", "{\"a\":\"\u0001\"}", "\u0000{}"})
    void whatIsNotJsonIsAParseError(String line) {
        JsonNode answer = client.send(line).next();

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(answer.get("id").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1", "null", "\"text\"", "{}", "{\"jsonrpc\":\"1.0\",\"method\":\"health\"}", "{\"jsonrpc\":2.0,\"method\":\"health\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":1,\"params\":\"bar\"}", "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"health\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"health\"}", "[]",
        "{\"jsonrpc\":\"2.0\",\"method\":\"health\",\"client\":\"sync\"}", "{\"jsonrpc\":\"2.0\",\"method\":\"health\",\"client\":7}"
    })
    void whatIsJsonAndNoRequestIsInvalid(String line) {
        JsonNode answer = client.send(line).next();

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(answer.get("id").isNull()).isTrue();
    }

    @Test
    void anInvalidRequestIsAnsweredWithItsIdIfThatCanBeRead() {
        assertThat(client.send("{\"id\":\"a\",\"method\":\"health\"}").next().path("id").asText()).isEqualTo("a");
    }

    @Test
    void anUnknownMethodIsAnsweredWithTheNearest() {
        assertThat(client.call("node.git", "{}").at("/error/message").asText()).isEqualTo("no method 'node.git': did you mean 'node.get'?");
        assertThat(client.call("import.batch", "{}").at("/error/code").asInt()).as("between services only").isEqualTo(-32601);
        assertThat(client.call("x".repeat(100_000), "{}").at("/error/message").asText()).hasSizeLessThan(150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "null", "-7.50", "123456789012345678901234567890", "\"\\u00e9\\\"\"", "\"\""})
    void anIdComesBackAsItWasWritten(String id) {
        assertThat(client.send(request(id, "node.get", "{\"id\":\"k3f9\"}")).nextLine()).contains("\"id\":" + id + ",");
    }

    @Test
    void pipelinedRequestsAreAllAnsweredInTheirOrder() {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, 500).forEach(i -> lines.append(request(i, "node.get", "{\"id\":\"n" + i + "\"}")).append('\n'));

        client.send(lines.toString().getBytes(StandardCharsets.UTF_8));

        for (int i = 0; i < 500; i++) {
            JsonNode answer = client.next();
            assertThat(answer.path("id").asInt()).isEqualTo(i);
            assertThat(answer.at("/result/title").asText()).isEqualTo("n" + i);
        }
    }

    @Test
    void aNotificationIsCarriedOutAndNotAnswered() {
        rig.store.asked.clear();
        client.send("{\"jsonrpc\":\"2.0\",\"method\":\"node.get\",\"params\":{\"id\":\"quiet\"}}");
        client.send("{\"jsonrpc\":\"2.0\",\"method\":\"no.such\"}");
        client.send("{\"jsonrpc\":\"2.0\",\"method\":\"node.get\"}");

        client.expectSilence();
        assertThat(rig.store.asked).hasSize(1);
    }

    @Test
    void aBatchIsAnsweredAsOneInItsOrderWithoutItsNotifications() {
        JsonNode answer = client.send("[" + request(1, "node.get", "{\"id\":\"a\"}") + ",1,"
                        + "{\"jsonrpc\":\"2.0\",\"method\":\"node.get\",\"params\":{\"id\":\"b\"}}," + request(2, "no.such", "{}") + "]")
                .next();

        assertThat(answer.size()).isEqualTo(3);
        assertThat(answer.at("/0/result/title").asText()).isEqualTo("a");
        assertThat(answer.at("/1/error/code").asInt()).isEqualTo(-32600);
        assertThat(answer.at("/2/id").asInt()).isEqualTo(2);
        assertThat(answer.at("/2/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void aBatchOfNotificationsIsNotAnswered() {
        client.send("[{\"jsonrpc\":\"2.0\",\"method\":\"node.get\",\"params\":{\"id\":\"a\"}}]");
        client.expectSilence();
    }

    @Test
    void aBatchThatIsNotJsonToItsEndIsNotBegun() {
        rig.store.asked.clear();
        JsonNode answer = client.send("[" + request(1, "node.update", "{\"id\":\"a\"}") + ",").next();

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(rig.store.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", " [ ] "})
    void emptyParamsComeInTwoForms(String params) {
        assertThat(client.call("health", params).at("/result/status").asText()).isEqualTo("up");
        assertThat(client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"health\"}").next().has("result")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "node.get|{\"id\":7}|'id' must be a string, not a number",
        "node.get|{\"id\":null}|'id' must be a string, not null",
        "node.get|{\"id\":\"\"}|'id' must not be empty",
        "node.get|{\"id\":\"a\",\"id\":\"b\"}|'id' is given twice",
        "node.get|{\"idd\":\"a\"}|unknown parameter 'idd': did you mean 'id'?",
        "node.get|[\"a\"]|params are named",
        "node.get|\"a\"|params must be an object",
        "node.get|null|params must be an object",
        "node.create|{\"kind\":\"dok\",\"title\":\"t\"}|'kind' must be one of doc, task",
        "node.create|{\"kind\":\"doc\",\"title\":\"t\",\"body\":[\"x\"]}|'body' must be a string, not an array",
        "node.list|{\"limit\":10001}|'limit' must be from 1 to 10000",
        "node.list|{\"limit\":99999999999999999999}|'limit' must be from 1 to 10000",
        "node.list|{\"limit\":1.5}|'limit' must be a whole number",
        "search|{\"query\":\"a\",\"filters\":{\"kid\":\"doc\"}}|unknown parameter 'filters.kid': did you mean 'filters.kind'?",
        "search|{\"query\":\"a\",\"filters\":{\"kind\":1}}|'filters.kind' must be a string",
        "search|{\"query\":\"a\",\"filters\":[]}|'filters' must be an object, not an array",
        "task.create|{\"title\":\"t\",\"do_date\":\"2026-02-30\"}|'do_date' must be a date",
        "task.create|{\"title\":\"t\",\"committed\":\"yes\"}|'committed' must be true or false, not a string",
        "import|{\"path\":\"notes\"}|'path' must be an absolute path, not 'notes'",
        "node.create|{\"kind\":\"doc\",\"title\":\"\\ud800\"}|half of a surrogate pair",
        "node.create|{\"kind\":\"doc\",\"title\":\"\\udc00\\ud800\"}|half of a surrogate pair",
    })
    void paramsThatDoNotFitAreNamed(String method, String params, String complaint) {
        JsonNode error = client.call(method, params).path("error");

        assertThat(error.path("code").asInt()).isEqualTo(-32602);
        assertThat(error.path("message").asText()).contains(complaint).doesNotContain(method + ":").doesNotContain("\n");
    }

    @Test
    void paramsAndResultsGoThroughAsTheyAre() {
        rig.store.asked.clear();
        rig.store.answerRaw("node.create", "{\n \"big\": 12345678901234567890,\r\n \"text\": \"a\\nb 😀\" }");
        String params = "{ \"kind\" : \"doc\", \"title\":\"\\ud83d\\ude00 \\\\ud800 Grüße 日本\", \"body\":\"\" }";

        String answer = client.send(request(1, "node.create", params)).nextLine();

        assertThat(answer).contains("12345678901234567890").contains("a\\nb 😀");
        assertThat(rig.store.asked.getFirst().params().path("title").asText()).isEqualTo("😀 \\ud800 Grüße 日本");
    }

    @Test
    void aCharacterMayArriveInPieces() {
        byte[] line = (request(1, "node.get", "{\"id\":\"日本語😀é\"}") + "\n").getBytes(StandardCharsets.UTF_8);
        for (byte b : line) {
            client.send(new byte[] {b});
        }
        assertThat(client.next().at("/result/title").asText()).isEqualTo("日本語😀é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3 28", "ff", "e2 82", "c0 af", "ed a0 80", "f4 90 80 80", "80"})
    void invalidUtf8IsRefusedAndTheConnectionStays(String hex) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"node.get\",\"params\":{\"id\":\"".getBytes(StandardCharsets.UTF_8));
        for (String b : hex.split(" ")) {
            line.write(Integer.parseInt(b, 16));
        }
        line.writeBytes("\"}}\n".getBytes(StandardCharsets.UTF_8));

        JsonNode answer = client.send(line.toByteArray()).next();

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(answer.at("/error/message").asText()).isEqualTo("the line is not UTF-8 (at byte 61)");
        client.expectSilence();
    }

    @Test
    void nestingIsLimited() {
        String deepest = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"health\",\"x\":" + "[".repeat(63) + "]".repeat(63) + "}";
        assertThat(client.send(deepest).next().has("result")).isTrue();

        String tooDeep = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"health\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}";
        assertThat(client.send(tooDeep).next().at("/error/message").asText()).contains("deeper than 64");
        assertThat(client.send("[".repeat(1_000_000)).next().at("/error/code").asInt()).isEqualTo(-32700);
        client.expectSilence();
    }

    @Test
    void aBatchIsLimited() {
        String one = request(1, "no.such", "{}");
        assertThat(client.send("[" + one + ("," + one).repeat(999) + "]").next().size()).isEqualTo(1_000);
        JsonNode answer = client.send("[" + one + ("," + one).repeat(1_000) + "]").next();
        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32013);
    }

    @Test
    void theLastLineNeedsNoNewlineAndIsAnsweredBeforeTheEnd() {
        client.send(request(9, "node.get", "{\"id\":\"a\"}").getBytes(StandardCharsets.UTF_8)).end();

        assertThat(client.next().path("id").asInt()).isEqualTo(9);
        client.expectEnd();
    }

    @Test
    void blankLinesAndCarriageReturnsAreNothing() {
        client.send("\n\r\n  \n" + request(1, "node.get", "{\"id\":\"a\"}") + "\r");
        assertThat(client.next().path("id").asInt()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheStoreComesThroughWithItsData() {
        rig.store.answer("search", params -> {
            throw new HephException(Reason.AMBIGUOUS, "two fit",
                    Map.of("candidates", List.of(Map.of("id", "A", "title", "x"))));
        });
        JsonNode error = client.call("search", "{\"query\":\"a\"}").path("error");

        assertThat(error).isEqualTo(Json.read(("{\"code\":-32005,\"message\":\"two fit\",\"data\":{\"reason\":\"ambiguous\","
                        + "\"candidates\":[{\"id\":\"A\",\"title\":\"x\"}]}}").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theClientsNameReachesTheStore() {
        rig.store.asked.clear();
        client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"client\":\"nvim ü\\r\\nX: y\",\"method\":\"node.get\",\"params\":{\"id\":\"a\"}}").next();

        assertThat(ClientName.decode(rig.store.asked.getFirst().client())).isEqualTo("nvim ü\r\nX: y");
    }
}
