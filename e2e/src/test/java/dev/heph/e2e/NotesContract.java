package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notes and what holds between them, as somebody types it on the first day. */
interface NotesContract extends OnADevice {
    @Test
    default void note_fromAPipe_isShownByteForByte() {
        String body = "# Café ☕\r\n\n- [ ] knead 🥖\n\ttab, trailing space \nno newline at the end";
        Outcome added = device().hephWith(body, "note", "Morning", "pages");
        assertThat(added.ok().out()).matches("Added [0-9a-z]{4,} Morning pages\n");
        String shortId = added.out().split(" ")[1];

        assertThat(device().heph("show", shortId.toUpperCase(), "--raw").ok().bytes())
                .isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(device().heph("show", "Morning pages").ok().out())
                .startsWith("Morning pages\ndoc · " + shortId + " · modified ")
                .contains("\n\n# Café ☕\r\n\n- [ ] knead 🥖\n");
        JsonNode node = device().heph("show", "Morning pages", "--json").ok().json();
        assertThat(Json.names(node))
                .containsExactlyInAnyOrder(
                        "id",
                        "kind",
                        "title",
                        "owner",
                        "created_at",
                        "modified_at",
                        "hlc",
                        "tombstoned",
                        "aliases",
                        "body",
                        "rev");
        assertThat(node.path("id").asText()).matches("[0-9A-HJKMNP-TV-Z]{26}").endsWith(shortId.toUpperCase());
        assertThat(node.path("owner").asText()).isEqualTo("personal");
        assertThat(node.path("body").asText()).isEqualTo(body);
        assertThat(node.path("created_at").isIntegralNumber()).isTrue();
    }

    @Test
    default void search_wordsPhrasesBeginnings() {
        note("Pumpernickel", "Rye bakes slowly in a closed tin.\n");
        note("Brioche", "Butter. Bakes fast, in an open tin.\n");

        assertThat(device().heph("search", "slowly").ok().out())
                .matches("[0-9a-z]{4,}  Pumpernickel\n +Rye bakes slowly in a closed tin\\.\n");
        assertThat(titles("search", "tin", "bakes")).containsExactlyInAnyOrder("Pumpernickel", "Brioche");
        assertThat(titles("search", "\"closed tin\"")).containsExactly("Pumpernickel");
        assertThat(titles("search", "pumpern*")).containsExactly("Pumpernickel");
        assertThat(titles("search", "bakes", "-butter")).containsExactly("Pumpernickel");
        assertThat(titles("search", "slowly OR brioche")).containsExactlyInAnyOrder("Pumpernickel", "Brioche");
        JsonNode found = device().heph("search", "slowly", "--json").ok().json();
        assertThat(found.path("total").asInt()).isOne();
        assertThat(Json.names(found.path("hits").path(0)))
                .containsExactlyInAnyOrder("id", "kind", "title", "snippet", "score", "modified_at");
        assertThat(found.at("/hits/0/snippet").asText()).contains("\u0002slowly\u0003");

        Outcome nothing = device().heph("search", "zwieback").ok();
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).isEqualTo("Nothing found for: zwieback\n");
    }

    @Test
    default void links_resolveWhenTheirNoteComes() {
        String from = note("Oven log", "Preheated for [[Stone oven]] today.\n");
        JsonNode open = device().heph("links", "Oven log", "--json").ok().json();
        assertThat(open.path(0).path("dst").isNull()).isTrue();
        assertThat(open.path(0).path("title").asText()).isEqualTo("Stone oven");

        String to = note("Stone oven", "");

        JsonNode link = device().heph("links", "Oven log", "--json").ok().json().path(0);
        assertThat(Json.names(link))
                .containsExactlyInAnyOrder("src", "dst", "type", "derived", "title", "kind", "context");
        assertThat(List.of(
                        link.path("src").asText(),
                        link.path("dst").asText(),
                        link.path("type").asText()))
                .containsExactly(from, to, "wiki");
        assertThat(device().heph("backlinks", "Stone oven").ok().out())
                .matches("[0-9a-z]{4,}  Oven log  Preheated for \\[\\[Stone oven]] today\\.\n");
        assertThat(device().heph("show", "Stone oven").ok().out())
                .contains("\nLinked from\n")
                .contains("Oven log");
    }

    @Test
    default void link_thenUnlink() {
        note("Flour", "");
        note("Mill", "");

        assertThat(device().heph("link", "Flour", "Mill", "--type", "ground-at")
                        .ok()
                        .out())
                .matches("Linked \\w+ Flour → \\w+ Mill \\(ground-at\\)\n");
        assertThat(device().heph("link", "Flour", "Mill", "--type", "ground-at")
                        .ok()
                        .out())
                .startsWith("Linked already: ");
        JsonNode back = device().heph("backlinks", "Mill", "--json").ok().json();
        assertThat(back).hasSize(1);
        assertThat(back.path(0).path("type").asText()).isEqualTo("ground-at");
        assertThat(back.path(0).path("derived").asBoolean()).isFalse();

        assertThat(device().heph("unlink", "Flour", "Mill", "--type", "ground-at")
                        .ok()
                        .out())
                .startsWith("Unlinked ");
        assertThat(device().heph("unlink", "Flour", "Mill", "--type", "ground-at")
                        .ok()
                        .out())
                .startsWith("There was no such link: ");
        assertThat(device().heph("backlinks", "Mill", "--json").ok().json()).isEmpty();
    }

    @Test
    default void alias_findsAndIsTakenAway() {
        note("Sourdough starter", "Feed me.");
        note("Fridge note", "Ask [[Herman]].");

        assertThat(device().heph("alias", "Sourdough starter", "Herman").ok().out())
                .endsWith(" is also called Herman\n");
        assertThat(device().heph("show", "herman", "--raw").ok().out()).isEqualTo("Feed me.");
        assertThat(Json.texts(
                        device().heph("backlinks", "Herman", "--json").ok().json(), "title"))
                .containsExactly("Fridge note");

        device().heph("alias", "Sourdough starter", "Herman", "--remove").ok();
        assertThat(device().heph("show", "herman").failure(66)).startsWith("no note 'herman'");
    }

    @Test
    default void delete_hidesThem_orNone_whereOneIsNotThere() {
        note("Stale bread", "croutons");
        note("Burnt bread", "bin");

        assertThat(device().heph("delete", "Stale bread", "No such bread", "Burnt bread").failure(66))
                .startsWith("nothing was changed: no note 'No such bread'");
        device().heph("show", "Stale bread").ok();

        assertThat(device().heph("delete", "Stale bread", "Burnt bread").ok().out())
                .matches("Deleted \\w+ Stale bread\nDeleted \\w+ Burnt bread\n");
        assertThat(device().heph("show", "Stale bread").failure(66)).startsWith("no note 'Stale bread'");
        assertThat(titles("search", "croutons")).isEmpty();
        assertThat(Json.texts(device().heph("list", "--json").ok().json().path("nodes"), "title"))
                .doesNotContain("Stale bread", "Burnt bread");
    }

    @Test
    default void ambiguousName_listsThem_andDoesNothing() {
        String one = note("Twin", "first");
        String other = note("Twin", "second");

        Outcome several = device().heph("delete", "Twin").exits(65);

        assertThat(several.out()).isEmpty();
        assertThat(several.err()).startsWith("heph: 'Twin' fits several").hasLineCount(3);
        assertThat(device().heph("show", one, "--raw").ok().out()).isEqualTo("first");
        assertThat(device().heph("show", other, "--raw").ok().out()).isEqualTo("second");
    }

    @Test
    default void list_isByKindAndPaged() {
        note("Listed one", "");
        note("Listed two", "");

        JsonNode page = device().heph("list", "--kind", "doc", "--limit", "1", "--sort", "title", "--json")
                .ok()
                .json();

        assertThat(Json.names(page)).containsExactlyInAnyOrder("nodes", "total", "next");
        assertThat(page.path("nodes")).hasSize(1);
        assertThat(page.path("nodes").path(0).has("body")).isFalse();
        assertThat(page.path("total").asInt()).isGreaterThanOrEqualTo(2);
        JsonNode next = device().heph(
                        "list",
                        "--kind",
                        "doc",
                        "--limit",
                        "1",
                        "--sort",
                        "title",
                        "--json",
                        "--after",
                        page.path("next").asText())
                .ok()
                .json();
        assertThat(next.at("/nodes/0/id").asText())
                .isNotEqualTo(page.at("/nodes/0/id").asText());
    }

    private List<String> titles(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--json");
        return Json.texts(device().heph(all.toArray(String[]::new)).ok().json().path("hits"), "title");
    }
}
