package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was acknowledged to a writer and so has to be there.
 *
 * @param titles of its notes, by id
 * @param lines that it appended to each of some notes, by id, in their order
 * @param done the tasks that it finished
 */
record Ledger(Map<String, String> titles, Map<String, List<String>> lines, List<String> done) {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAGE = 10_000;

    Ledger copy() {
        var copied = new HashMap<String, List<String>>();
        lines.forEach((id, each) -> copied.put(id, List.copyOf(each)));
        return new Ledger(Map.copyOf(titles), copied, List.copyOf(done));
    }

    /** Waits until the device answers, and compares. What is there besides was written and not acknowledged any more. */
    void check(Device device) {
        try (Client client =
                await().atMost(PATIENCE).pollInterval(POLL).until(() -> answering(device), Objects::nonNull)) {
            assertThat(titles(client)).containsAllEntriesOf(titles);
            lines.forEach((id, expected) -> {
                List<String> there = client.result("node.get", "id", id)
                        .path("body")
                        .asText()
                        .lines()
                        .toList();
                assertThat(there).doesNotHaveDuplicates().containsSubsequence(expected);
            });
            if (!done.isEmpty()) {
                String last = done.getLast();
                assertThat(client.result("node.get", "id", last)
                                .at("/task/state")
                                .asText())
                        .isEqualTo("done");
            }
        }
    }

    private static Client answering(Device device) {
        Client client = null;
        try {
            client = device.connect();
            if (client.call("node.list", "limit", 1).has("result")) {
                return client;
            }
        } catch (Client.Lost comesBack) {
            // asked again
        }
        if (client != null) {
            client.close();
        }
        return null;
    }

    private static Map<String, String> titles(Client client) {
        var titles = new HashMap<String, String>();
        JsonNode page = client.result("node.list", "limit", PAGE);
        while (true) {
            page.path("nodes")
                    .forEach(node -> titles.put(
                            node.path("id").asText(), node.path("title").asText()));
            if (!page.has("next")) {
                return titles;
            }
            page = client.result(
                    "node.list", "limit", PAGE, "after", page.path("next").asText());
        }
    }

    @Override
    public String toString() {
        int appended = lines.values().stream().mapToInt(List::size).sum();
        return titles.size() + " notes, " + appended + " lines, " + done.size() + " finished tasks acknowledged";
    }

    static Ledger empty() {
        return new Ledger(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    }
}
