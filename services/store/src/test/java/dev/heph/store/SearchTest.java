package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
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

    @Test
    void aTagThatIsNoWord() {
        store.doc("Party", "#🎉");
        assertThat(store.call("search", Json.object().put("query", "#🎉")).toString()).contains("Party").doesNotContain("Pizza");
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
        "kind:journal OR rye | ''",
        "tag:bread         | Pizza, Sourdough",
        "-tag:bread flour  | Cellar",
        "#bread            | Pizza, Sourdough",
        "-#bread flour     | Cellar",
        "#italy #bread     | Pizza",
        "tag:none flour    | Cellar",
        "# flour           | Cellar, Pizza, Sourdough",
        "project:none rye  | Sourdough",
        "project:any rye   | ''",
        "tag:#italy tag:bread | Pizza",
        "Tag:\"bread\" rye | Sourdough",
        "kind:note flour   | Cellar, Pizza, Sourdough",
        "kind:doc,tag pizza | Pizza",
        "\"kind:doc\"     | ''",
        "word:doc          | ''",
        "wheat:beer        | Cellar",
        "before:today      | ''",
        "flour after:today | Cellar, Pizza, Sourdough",
        "flour after:yesterday before:tomorrow | Cellar, Pizza, Sourdough",
        "flour after:next week | ''",
        "flour before:1 jan 2030 wheat | Cellar, Pizza",
        "京東               | ''",
        "nothing           | ''",
    })
    void aQueryFindsWhatItSays(String query, String titles) {
        List<String> found = store.titles(search(query).path("hits"));
        assertThat(found.stream().sorted()).containsExactlyElementsOf(
                titles.isEmpty() ? List.of() : List.of(titles.split(", ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "kind:foo      | 'foo' is no kind. Known are ",
        "state:dnoe    | 'dnoe' is no state. Known are outstanding, done and dropped",
        "project:Hose  | no project 'Hose'.",
        "before:foo    | before: 'foo' is no date. Try: fri",
        "after:none    | after: 'none' is no date. Try: fri",
    })
    void anOperatorsUnknownValueIsOneClearError(String query, String message) {
        assertThatThrownBy(() -> search("flour " + query)).isInstanceOf(HephException.class).hasMessageStartingWith(message);
    }

    @Test
    void aTagIsFoundWithThoseBelowIt() {
        store.doc("Rye bread", "#bread/dark");
        store.doc("Breadth", "#breadth");
        assertThat(store.titles(search("tag:bread").path("hits"))).containsExactlyInAnyOrder("Sourdough", "Pizza", "Rye bread");
    }

    @Test
    void whatIsAskedOfATaskIsAskedOfItsTextToo() {
        JsonNode task = store.call("task.create", "{'title': 'Bake', 'project': 'House', 'tags': ['oven']}");
        store.call("node.update", Json.object().put("id", task.path("task").path("context").asText()).put("body", "spelt"));
        store.call("project.create", "{'name': 'Kitchen', 'parent': 'House'}");
        store.call("task.create", "{'title': 'Scrub with spelt', 'project': 'Kitchen'}");
        assertThat(store.titles(search("spelt project:house").path("hits"))).containsExactlyInAnyOrder("Bake", "Scrub with spelt");
        assertThat(store.titles(search("spelt @house").path("hits"))).containsExactlyInAnyOrder("Bake", "Scrub with spelt");
        assertThat(store.titles(search("spelt @\"Kitchen\"").path("hits"))).containsExactly("Scrub with spelt");
        assertThat(store.titles(search("spelt tag:oven state:open").path("hits"))).containsExactly("Bake");
        assertThat(store.titles(search("spelt -project:house").path("hits"))).isEmpty();
        assertThat(store.titles(search("spelt kind:task").path("hits"))).containsExactly("Scrub with spelt");
        assertThat(store.titles(search("kind:project").path("hits"))).containsExactlyInAnyOrder("House", "Kitchen");
    }

    @Test
    void aJournalsDateIsItsDay() {
        store.create("journal", "2026-06-01", "flour, long ago");
        assertThat(store.titles(search("flour before:1 jul").path("hits"))).as("1 jul is next year's").hasSize(4);
        assertThat(store.titles(search("flour before:2026-07-01").path("hits"))).containsExactly("2026-06-01");
        assertThat(store.titles(search("flour after:2026-06-01").path("hits"))).contains("2026-06-01");
        assertThat(store.titles(search("flour after:2026-06-02").path("hits"))).doesNotContain("2026-06-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Αθήνα    | αθηνα", "ΑΘΗΝΑ  | Αθήνα", "Ещё | еще", "Йод | йод", "שָׁלוֹם | שלום", "مُحَمَّد | محمد",
        "学校 | 学", "パン屋 | パン", "한국에서 | 한국", "ภาษาไทย | ไทย",
        "नमस्ते दुनिया | नमस्ते", "Straße | straße", "Ångström | angstrom",
        "Fix 🐛 | 🐛", "a🐛b | 🐛", "a🐛b | b", "👩\u200D💻 | 👩\u200D💻", "👩\u200D💻 | 💻", "❤️ | ❤", "❤ | ❤️", "✅ done | ✅ done", "1️⃣ | 1",
        "👍🏽 | 👍", "👍 | 👍🏽", "👍🏾 | 👍🏽", "👩🏽\u200D💻 | 👩\u200D💻", "👍🏽ok | ok", "👍🏽 great | \"👍 great\"", "great🫈 | great", "🫈🫈 | 🫈",
        "🇯🇵 | 🇯🇵", "🇩🇪🇸🇪 | 🇸🇪", "a🇯🇵b | 🇯🇵", "a🇯🇵b | b", "🇯b | b", "\u2068Anna\u2069 | Anna", "100₿ | 100", "①② | ①②", "Java™ SE | \"java se\"",
        "A ↔ B | \"a b\"", "\uE0A0main | main",
    })
    void everyScriptIsFoundAsPeopleTypeIt(String text, String query) {
        store.doc("Other", "before " + text + " after");
        assertThat(store.titles(search(query).path("hits"))).containsExactly("Other");
        String decomposed = Normalizer.normalize(query, Normalizer.Form.NFD);
        assertThat(store.titles(search(decomposed).path("hits"))).containsExactly("Other");
        assertThat(search(query).path("hits").get(0).path("snippet").asText()).contains("\u0002");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"🐛 | 🐜", "🇯🇵 | 🇯🇲", "🇩🇪🇸🇪 | 🇪🇸", "🇩🇪 🇸🇪 | 🇪🇸", "🐛 | \uF41B", "⛵ | 🛵", "fix 🐛 | 🐛 fix", "🐛 | \uDBBD\uDC1B"})
    void oneEmojiIsNotAnother(String text, String query) {
        store.doc("Other", text);
        assertThat(store.titles(search("\"" + query + "\"").path("hits"))).isEmpty();
    }

    @Test
    void oneKanaIsNotAnother() {
        store.doc("Haha", "ハハ");
        assertThat(store.titles(search("パパ").path("hits"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "flor              | flour",
        "whaet beer        | wheat beer",
        "\"whet flour\"  | \"wheat flour\"",
        "kind:doc sorodough -rye | ''",
        "kind:doc sorodough | kind:doc sourdough",
        "osurdough         | sourdough",
        "naibe             | naïve",
        "tag:bred          | tag:bread",
        "flour rye pizza   | ''",
        "xylophone         | ''",
        "zz                | ''",
    })
    void aTypoIsAnsweredWithWhatMayHaveBeenMeant(String typed, String meant) {
        JsonNode answer = search(typed);
        assertThat(answer.path("total").asInt()).isZero();
        assertThat(answer.path("did_you_mean").asText("")).isEqualTo(meant);
    }

    @Test
    void whatIsFoundNeedsNoCorrection() {
        assertThat(search("flour").has("did_you_mean")).isFalse();
    }

    @RepeatedTest(3)
    void noQueryCanFailButForAnOperatorsValue() {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<String> pieces = List.of("\"", "*", "-", " ", "(", ")", ":", "OR", "AND", "NOT", "NEAR", "^", "+", "{", "}", "\\", "'",
                "%", "_", "flour", "\u0000", "\ud83c", "é", "京", "🐛", "🏽", "🇩", "\u200D", "kind:", "tag:", "state:", "project:", "before:", "after:",
                "fri", "doc", "title:", ",", "3d", "\n", "#", "@",
                "\u0301", "한", "½", "\u200f");
        for (int run = 0; run < 300; run++) {
            String query = random.ints(random.nextInt(1, 12), 0, pieces.size()).mapToObj(pieces::get).collect(Collectors.joining());
            try {
                assertThat(search(query).path("hits").isArray()).as("seed %d: %s", seed, query).isTrue();
            } catch (HephException e) {
                assertThat(e.reason()).as("seed %d: %s: %s", seed, query, e.getMessage()).isIn(Reason.INVALID_PARAMS, Reason.NOT_FOUND);
                assertThat(query).as("seed %d", seed).containsAnyOf("kind:", "state:", "project:", "before:", "after:", "@");
                assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n").doesNotContain("syntax");
            }
        }
    }

    @Test
    void aQueryOfManyWordsIsNoError() {
        assertThat(search("flour ".repeat(300)).path("total").asInt()).isEqualTo(3);
        assertThat(search("rye OR ".repeat(250) + "rye").path("total").asInt()).isEqualTo(1);
        assertThat(search("-x ".repeat(600) + "rye").path("total").asInt()).isEqualTo(1);
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
    void theSnippetMarksWordsAsTheyAreFound() {
        store.doc("Starters", "Smart art, art\u0301 deco and ART in the crème fraîche. " + "x ".repeat(99));
        assertThat(snippet("art")).contains("Smart \u0002art\u0003, \u0002art\u0301\u0003 deco and \u0002ART\u0003 in");
        assertThat(snippet("sma*")).contains("\u0002Smart\u0003 art");
        assertThat(snippet("\"creme fraiche\"")).contains("\u0002crème fraîche\u0003");
        assertThat(snippet("kind:doc deco")).contains("\u0002deco\u0003");
    }

    @Test
    void theSnippetIsWhereMostOfTheWordsAre() {
        store.doc("Long", "quince alone. " + "x ".repeat(200) + "medlar and quince, near each other. " + "x ".repeat(200) + "medlar");
        assertThat(snippet("quince medlar")).contains("\u0002medlar\u0003 and \u0002quince\u0003, near");
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

    private String snippet(String query) {
        return search(query).path("hits").get(0).path("snippet").asText();
    }

    private List<String> titles(String params) {
        return store.titles(store.call("search", params).path("hits"));
    }

    private JsonNode search(String query) {
        return store.call("search", Json.object().put("query", query));
    }

    @Test
    void whatWasSavedIsFoundAlsoAfterARestartBeforeAnybodyAsked() {
        store.doc("Rusk", "zwieback");
        assertThat(store.sql("SELECT count(*) FROM unindexed")).as("a save does not wait for the index").isNotEqualTo("0");
        store.restart();
        assertThat(store.call("search", "{'query': 'zwieback'}").path("total").asInt()).isEqualTo(1);
        assertThat(store.sql("SELECT count(*) FROM unindexed")).isEqualTo("0");
    }

    @Test
    void aWordThatIsEverywhereGivesWhatIsCalledSoThenWhatCameLast() {
        String action = "01KAHX5T9ZV2Q8R4N6B7C9K3F9";
        for (int part = 0; part < 8; part++) {
            ObjectNode batch = Json.object().put("vault", "v").put("action", action).put("last", part == 7);
            ArrayNode notes = batch.putArray("notes");
            for (int note = 0; note < 200; note++) {
                String title = part == 2 && note == 5 ? "About crumbs" : "n" + part + "-" + note;
                notes.addObject().put("path", title + ".md").put("title", title).put("body", "crumbs, " + "and crumbs ".repeat(note % 7));
            }
            store.call("import.batch", batch);
        }
        store.doc("the last", "crumbs");
        JsonNode found = store.call("search", "{'query': 'crumbs', 'limit': 3}");
        assertThat(store.titles(found.path("hits"))).containsExactly("About crumbs", "the last", "n7-199");
        assertThat(found.path("total").asInt()).isEqualTo(1_601);
    }
}
