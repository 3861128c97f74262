package dev.heph.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.provider.FakeProvider;
import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.settings.Home;
import dev.heph.sync.wire.Exchange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many people at one hub at the same time: each page, search result, event and conflict is of its person. */
class ManyPeopleTest {
    private static final boolean LONG = Boolean.getBoolean("heph.long");
    private static final int PEOPLE = LONG ? 50 : 6;
    private static final Duration FOR = Duration.ofSeconds(LONG ? 60 : 5);

    @TempDir
    Path tmp;

    private final FakeProvider provider = FakeProvider.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private Replica hub;

    @Test
    @Timeout(600)
    void nothingOfOneReachesAnother() throws Exception {
        try (Replica started = Replica.hub(tmp.resolve("hub")).lettingIn(provider.issuer()).start();
                ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            hub = started;
            List<Future<Long>> all = new ArrayList<>();
            long end = System.nanoTime() + FOR.toNanos();
            for (int person = 0; person < PEOPLE; person++) {
                String name = "person" + person + "x";
                all.add(together.submit(() -> lives(name, end)));
            }
            for (Future<Long> each : all) {
                assertThat(each.get()).as("rounds of one person").isPositive();
            }
            assertThat(hub.status().path("people").asInt()).isEqualTo(PEOPLE);
            assertThat(hub.sql("SELECT count(*) FROM bundles")).isZero();
        } finally {
            http.shutdownNow();
            provider.close();
        }
    }

    /** Writes on the hub, in this person's space, and looks by every route at what is there. @return how often */
    private long lives(String name, long end) throws Exception {
        ServiceClient space = new ServiceClient(Home.in(tmp.resolve("hub")), "store").in(admitted(name));
        JsonNode first = ask("/vector", name);
        long rounds = 0;
        long before = 0;
        while (System.nanoTime() < end) {
            String title = name + " note " + rounds;
            String id = space.call("node.create", Json.object().put("kind", "doc").put("title", title).put("body", "secret of " + name
                    + "\n")).path("id").asText();
            for (JsonNode hit : space.call("search", Json.object().put("query", "secret").put("limit", 1_000)).path("hits")) {
                assertThat(hit.path("title").asText()).startsWith(name);
            }
            JsonNode vector = ask("/vector", name);
            assertThat(vector.path("epoch")).isEqualTo(first.path("epoch"));
            assertThat(vector.path("n").asLong()).isEqualTo(before + 1 + (rounds == 0 ? 1 : 0));
            before = vector.path("n").asLong();
            onlyOf(name, new String(page(name), StandardCharsets.ISO_8859_1));
            assertThat(ask("/digest", "&nodes=1", name).path("nodes").has(id)).isTrue();
            assertThat(space.call("conflicts.list", Json.object()).path("conflicts")).isEmpty();
            rounds++;
        }
        return rounds;
    }

    private static void onlyOf(String name, String page) {
        assertThat(page).contains("secret of " + name);
        assertThat(page.replace("secret of " + name, "")).doesNotContain("secret of");
    }

    private String admitted(String name) {
        return new ServiceClient(Home.in(tmp.resolve("hub")), "store").call("people.admit",
                Json.object().put("issuer", provider.issuer().toString()).put("subject", name).put("name", name)).path("space").asText();
    }

    private JsonNode ask(String path, String name) throws Exception {
        return ask(path, "", name);
    }

    private JsonNode ask(String path, String more, String name) throws Exception {
        return Json.read(get(path + "?space=personal" + more, name).body());
    }

    private byte[] page(String name) throws Exception {
        return get("/pull?space=personal&device=01ARZ3NDEKTSV4RRFFQ69G5FAV", name).body();
    }

    private HttpResponse<byte[]> get(String path, String name) throws Exception {
        HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port + Exchange.ROOT + path))
                .header("Authorization", "Bearer " + provider.tokens(name).good()).method("GET", BodyPublishers.noBody()).build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }
}
