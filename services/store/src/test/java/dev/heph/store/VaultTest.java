package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real vaults: every link, backlink, unresolved name and tag that the store answers with, against a count by other means. */
class VaultTest {
    private static final Path VAULTS = Path.of("../../../shared/data/vaults").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"kepano", "obsidian-help"})
    void answersAreThoseOfACountByOtherMeans(String name) throws IOException {
        Path vault = VAULTS.resolve(name);
        assumeTrue(Files.isDirectory(vault), vault + " is not here");
        CountedVault counted = CountedVault.of(vault);
        try (RunningStore store = RunningStore.temporary()) {
            takeIn(store, counted);
            Map<String, String> paths = new HashMap<>();
            page(store).forEach(node -> paths.put(node.path("id").asText(), node.at("/source/path").asText()));
            assertThat(paths.values()).containsExactlyInAnyOrderElementsOf(counted.bodies().keySet());

            SoftAssertions all = new SoftAssertions();
            paths.forEach((id, path) -> {
                all.assertThat(outgoing(store, id, paths)).as("links of %s", path).isEqualTo(counted.links(path));
                all.assertThat(backlinks(store, id, paths)).as("backlinks of %s", path).isEqualTo(counted.backlinks(path));
            });
            all.assertThat(tags(store)).isEqualTo(counted.tags());
            all.assertAll();
            System.out.printf("%s: %d notes, %d links, %d of them lead to a note, %d tags%n", name, paths.size(), counted.links(),
                    counted.resolved(), counted.tags().size());
        }
    }

    private static void takeIn(RunningStore store, CountedVault vault) {
        List<String> paths = List.copyOf(vault.bodies().keySet());
        for (int from = 0; from < paths.size(); from += 100) {
            int to = Math.min(paths.size(), from + 100);
            ObjectNode params = Json.object().put("vault", "v").put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAV").put("last", to == paths.size());
            ArrayNode notes = params.putArray("notes");
            paths.subList(from, to).forEach(path -> notes.addObject()
                    .put("path", path).put("title", CountedVault.stem(path)).put("body", vault.bodies().get(path)));
            assertThat(store.call("import.batch", params).path("created").asInt()).isEqualTo(to - from);
        }
    }

    private static JsonNode page(RunningStore store) {
        return store.call("node.list", "{'kind': 'doc', 'limit': 10000}").path("nodes");
    }

    /** Where each link leads, {@code ?} before what is called nothing, in the order of the text. */
    private static List<String> outgoing(RunningStore store, String id, Map<String, String> paths) {
        return links(store, "links.outgoing", id).map(link -> link.path("dst").isNull()
                ? "?" + link.path("title").asText() : paths.get(link.path("dst").asText())).toList();
    }

    private static List<String> backlinks(RunningStore store, String id, Map<String, String> paths) {
        return links(store, "links.backlinks", id).map(link -> paths.get(link.path("src").asText())).sorted().toList();
    }

    private static Stream<JsonNode> links(RunningStore store, String method, String id) {
        return store.call(method, Json.object().put("id", id)).valueStream().filter(link -> link.path("type").asText().equals("wiki"));
    }

    private static Map<String, Integer> tags(RunningStore store) {
        Map<String, Integer> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        store.call("tag.list", "{}").forEach(tag -> tags.put(tag.path("tag").asText(), tag.path("count").asInt()));
        return tags;
    }
}
