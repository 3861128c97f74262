package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an editor is told of a text: links with where they lead, headings and checkboxes, and where each stands. */
class TextsTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aSavedTextIsReadWithPlaces() {
        String bread = store.doc("Bread", "");
        String text = "# Diary\n🍞 baked [[bread#Crust|a loaf]]\n\nTitle\n===\n- [x] eat it\n- [ ] ![[Ghost]]\n";
        JsonNode read = read(store.doc("Diary", text));

        JsonNode link = read.at("/links/0");
        assertThat(at(text, link.path("range"))).isEqualTo("[[bread#Crust|a loaf]]");
        assertThat(link.at("/range/start/line").asInt()).isEqualTo(1);
        assertThat(link.at("/range/start/character").asInt()).isEqualTo(9); // the loaf is two units
        assertThat(at(text, link.path("target_range"))).isEqualTo("bread");
        assertThat(link.path("dst").asText()).isEqualTo(bread);
        assertThat(link.path("title").asText()).isEqualTo("Bread");
        assertThat(link.path("anchor").asText()).isEqualTo("Crust");
        assertThat(link.has("others")).isFalse();
        assertThat(read.at("/links/1/dst").isNull()).isTrue();
        assertThat(read.at("/links/1/type").asText()).isEqualTo("embed");

        assertThat(read.path("headings").findValuesAsText("text")).containsExactly("Diary", "Title");
        assertThat(at(text, read.at("/headings/1/range"))).isEqualTo("Title\n===");
        assertThat(read.path("items").findValuesAsText("mark")).containsExactly("x", " ");
        assertThat(at(text, read.at("/items/0/range"))).isEqualTo("[x] eat it");
    }

    @Test
    void tagsAndBlocksHaveTheirPlaces() {
        String text = "🍞 #Rye/dark and `#code`, #rye/dark\n\n- knead it ^step-1\n- long\n\n> rest\n\n^rest\n";
        JsonNode read = read(store.doc("Bread", text));
        assertThat(read.path("tags").findValuesAsText("tag")).containsExactly("Rye/dark", "rye/dark");
        assertThat(at(text, read.at("/tags/0/range"))).isEqualTo("#Rye/dark");
        assertThat(at(text, read.at("/tags/1/range"))).isEqualTo("#rye/dark");
        assertThat(read.path("blocks").findValuesAsText("id")).containsExactly("step-1", "rest");
        assertThat(read.path("blocks").findValuesAsText("text")).containsExactly("- knead it", "> rest");
        assertThat(at(text, read.at("/blocks/0/range"))).isEqualTo("- knead it ^step-1");
    }

    @Test
    void aTextThatIsNotSavedIsReadInItsPlace() {
        String bread = store.doc("Bread", "[[Ghost]]");
        assertThat(read(bread, "[[Bread]] `[[Bread]]` [[#Crust]]").path("links").findValuesAsText("dst")).containsExactly(bread, bread);
        assertThat(read(bread, "").path("links")).isEmpty();
        assertThat(read(bread).path("links").findValuesAsText("target")).containsExactly("Ghost");
    }

    @Test
    void whereSeveralAreCalledSoTheOthersAreNamed() {
        String older = store.doc("Bread", "");
        String younger = store.doc("bread", "");
        String loaf = store.doc("Loaf", "");
        store.call("alias.add", Json.object().put("id", loaf).put("alias", "Bread"));
        JsonNode link = read(loaf, "[[BREAD]]").at("/links/0");
        assertThat(link.path("dst").asText()).isEqualTo(older);
        assertThat(link.path("others").valueStream().map(JsonNode::asText)).containsExactly(younger); // an alias does not rival a title
    }

    @Test
    void aCheckboxThatIsSavedHasItsId() {
        String list = store.doc("List", "- [ ] milk\n- [ ] milk\n");
        JsonNode items = store.call("item.list", Json.object().put("container", list));
        store.call("task.promote", Json.object().put("id", items.at("/0/id").asText()));
        JsonNode read = read(list).path("items");
        assertThat(read.findValuesAsText("id")).isEqualTo(items.findValuesAsText("id"));
        assertThat(read.findValuesAsText("promoted")).containsExactly("true", "false");
        assertThat(read(list, "- [ ] milk\n").at("/items/0").has("id")).isFalse();
    }

    @Test
    void aPathAndAPictureAreReadAsElsewhere() {
        String diary = store.doc("Diary", "");
        JsonNode read = read(diary, "![[oven.png]] [x](some%20where.md)");
        assertThat(read.at("/links/0/file").asBoolean()).isTrue();
        assertThat(read.at("/links/1/target").asText()).isEqualTo("some where.md");
        assertThat(read.at("/links/1").has("target_range")).isFalse();
    }

    private JsonNode read(String id) {
        return store.call("text.read", Json.object().put("id", id));
    }

    private JsonNode read(String id, String body) {
        return store.call("text.read", Json.object().put("id", id).put("body", body));
    }

    /** What stands at a range. */
    private static String at(String text, JsonNode range) {
        return text.substring(offset(text, range.path("start")), offset(text, range.path("end")));
    }

    private static int offset(String text, JsonNode place) {
        int start = 0;
        for (int line = 0; line < place.path("line").asInt(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start + place.path("character").asInt();
    }
}
