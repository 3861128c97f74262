package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a surface relies on at the socket. */
interface SocketContract extends OnADevice {
    int CHANGES = 50;

    @Test
    default void pipelinedRequests_areAnsweredInOrder_andReadWhatTheyWrote() {
        try (Client client = device().connect()) {
            String id = client.result("node.create", "kind", "doc", "title", "Pipeline", "body", "0")
                    .path("id")
                    .asText();
            List<Long> writes = new ArrayList<>();
            List<Long> reads = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                writes.add(client.ask("node.update", "id", id, "body", Integer.toString(i)));
                reads.add(client.ask("node.get", "id", id));
            }
            for (int i = 1; i <= 20; i++) {
                assertThat(client.next().path("id").asLong()).isEqualTo(writes.get(i - 1));
                JsonNode read = client.next();
                assertThat(read.path("id").asLong()).isEqualTo(reads.get(i - 1));
                assertThat(read.at("/result/body").asText()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    default void batch_isAnsweredAsOne() {
        try (Client client = device().connect()) {
            client.send("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"node.list\",\"params\":[]},"
                    + "{\"jsonrpc\":\"2.0\",\"method\":\"node.list\"},"
                    + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"no.such\"}, 3]");
            JsonNode answers = client.next();
            assertThat(answers).hasSize(3);
            assertThat(answers.at("/0/result/total").isNumber()).isTrue();
            assertThat(answers.at("/1/error/code").asInt()).isEqualTo(-32601);
            assertThat(answers.at("/2/error/code").asInt()).isEqualTo(-32600);
        }
    }

    /** H-011: what one surface changes, another sees, in the order in which it became durable. */
    @Test
    default void changes_reachAnotherSurface() {
        try (Client writer = device().connect();
                Client watcher = device().connect()) {
            watcher.result("node.subscribe");
            String id = writer.result("node.create", "kind", "doc", "title", "Watched", "body", "")
                    .path("id")
                    .asText();
            assertThat(watcher.next().at("/params/id").asText()).isEqualTo(id);
            watcher.result("node.subscribe", "id", id);
            List<Long> delays = new ArrayList<>();
            for (int i = 1; i <= CHANGES; i++) {
                JsonNode ack = writer.result("node.update", "id", id, "body", "version " + i);
                long acknowledged = System.nanoTime();
                JsonNode change = watcher.next();
                delays.add((System.nanoTime() - acknowledged) / 1_000);
                assertThat(change.path("method").asText()).isEqualTo("node.changed");
                assertThat(change.at("/params/id").asText()).isEqualTo(id);
                assertThat(change.at("/params/rev").asText())
                        .isEqualTo(ack.path("rev").asText());
            }
            delays.sort(null);
            System.out.println("node.changed after the acknowledgement: median " + delays.get(CHANGES / 2)
                    + " us, longest " + delays.getLast() + " us");
            assertThat(delays.get(CHANGES / 2)).as("median microseconds").isLessThan(200_000);

            watcher.result("node.unsubscribe");
            writer.result("node.update", "id", id, "body", "unseen");
            assertThat(watcher.call("node.get", "id", id).has("result"))
                    .as("the next line is the answer")
                    .isTrue();
        }
    }

    @Test
    default void origin_isTheClientThatCausedIt() {
        try (Client writer = device().connect();
                Client watcher = device().connect()) {
            watcher.result("node.subscribe");
            writer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"client\":\"nvim é\",\"method\":\"node.create\","
                    + "\"params\":{\"kind\":\"doc\",\"title\":\"Whose\"}}");
            String id = writer.next().at("/result/id").asText();
            JsonNode notice = watcher.next();
            // What was done before may still be told of.
            while (!notice.at("/params/id").asText().equals(id)) {
                notice = watcher.next();
            }
            assertThat(notice.at("/params/origin").asText()).isEqualTo("nvim é");
        }
    }

    @Test
    default void everyMethodIsDescribed_andAnswers() {
        try (Client client = device().connect()) {
            List<String> methods = Json.texts(client.result("rpc.discover").path("methods"), "name");
            assertThat(methods).contains("node.get", "node.create", "search", "import", "rpc.discover");
            for (String method : methods) {
                JsonNode answer = client.call(method, "surely_unknown", 1);
                Client.error("invalid-params", -32602, answer);
            }
        }
    }
}
