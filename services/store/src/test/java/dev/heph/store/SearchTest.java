package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type to find their notes again. */
class SearchTest {
    private final RunningStore store = RunningStore.temporary();

    @BeforeEach
    void notes() {
        store.doc("Sourdough", "Feed the starter daily. Rye flour works best. #bread");
        store.doc("Pizza", "A dough of wheat flour, slowly risen. #bread #italy");
        store.doc("Cellar", "Wheat beer and cider, no flour here.");
        store.doc("京都", "東京と京都を旅行しました。カメラを買った。");
        store.doc("Café", "Naïve résumé");
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "flour             | Cellar, Pizza, Sourdough",
        "FLOUR wheat       | Cellar, Pizza",
        "\"wheat flour\"   | Pizza",
        "flour -wheat      | Sourdough",
        "sour*             | Sourdough",
        "rye OR cider      | Cellar, Sourdough",
        "-flour            | Café, 京都",
        "cafe              | Café",
        "resume            | Café",
        "旅行               | 京都",
        "東京               | 京都",
        "カメラ             | 京都",
        "京東               | ''",
        "nothing           | ''",
    })
    void aQueryFindsWhatItSays(String query, String titles) {
        List<String> found = store.titles(search(query).path("hits"));
        assertThat(found.stream().sorted()).containsExactlyElementsOf(
                titles.isEmpty() ? List.of() : List.of(titles.split(", ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "AND", "NEAR(", "title:", "a\"b", "*", "(", "-", "--", "OR", "OR OR", "col : x", "^x", "{a b}:c",
        "'; DROP TABLE nodes", "\u0000", "\"\"", "-\"\"", "🍞"})
    void nothingAPersonTypesIsASyntaxError(String query) {
        assertThat(search(query).path("hits").isArray()).isTrue();
    }

    @Test
    void aTitleCountsMoreThanABody() {
        store.doc("Flour", "a note about mills");
        assertThat(store.titles(search("flour").path("hits")).getFirst()).isEqualTo("Flour");
    }

    @Test
    void theSnippetMarksWhatWasLookedFor() {
        assertThat(search("starter").path("hits").get(0).path("snippet").asText()).contains("the \u0002starter\u0003 daily");
    }

    @Test
    void theSnippetShowsTheTextAndNotItsFrontMatter() {
        store.doc("Rye", "---\naliases: [Secale]\n---\nA hardy grain.");
        assertThat(search("secale").path("hits").get(0).path("snippet").asText()).isEqualTo("A hardy grain.");
    }

    @Test
    void filtersCombine() {
        store.call("task.create", "{'title': 'Buy flour', 'project': 'House'}");
        assertThat(titles("{'query': 'flour', 'filters': {'tag': 'bread'}}")).containsExactlyInAnyOrder("Sourdough", "Pizza");
        assertThat(titles("{'query': 'flour', 'filters': {'tag': '#bread', 'kind': 'doc'}}")).hasSize(2);
        assertThat(titles("{'query': 'flour', 'filters': {'kind': 'task'}}")).containsExactly("Buy flour");
        assertThat(titles("{'query': 'flour', 'filters': {'state': 'outstanding', 'project': 'house'}}")).containsExactly("Buy flour");
        assertThat(titles("{'query': 'flour', 'filters': {'state': 'done'}}")).isEmpty();
    }

    @Test
    void theIndexFollowsEditsRenamesAndDeletes() {
        String id = store.doc("Draft", "quince");
        store.call("node.update", Json.object().put("id", id).put("body", "medlar").put("title", "Orchard"));
        assertThat(store.titles(search("quince").path("hits"))).isEmpty();
        assertThat(store.titles(search("medlar").path("hits"))).containsExactly("Orchard");
        assertThat(store.titles(search("draft").path("hits"))).as("the old name is an alias").containsExactly("Orchard");
        store.call("node.tombstone", Json.object().put("id", id));
        assertThat(store.titles(search("medlar").path("hits"))).isEmpty();
    }

    private List<String> titles(String params) {
        return store.titles(store.call("search", params).path("hits"));
    }

    private JsonNode search(String query) {
        return store.call("search", Json.object().put("query", query));
    }
}
