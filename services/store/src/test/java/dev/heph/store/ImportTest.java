package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files that become notes, again and again. */
class ImportTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aFileBecomesANoteWithItsBytes() {
        assertThat(importFile("a/Bread.md", "# Bread\r\n").path("created").asInt()).isEqualTo(1);
        JsonNode note = note();
        assertThat(note.path("body").asText()).isEqualTo("# Bread\r\n");
        assertThat(note.path("source").path("path").asText()).isEqualTo("a/Bread.md");
    }

    @Test
    void twiceIsNoChange() {
        importFile("Bread.md", "flour");
        long before = store.ops();
        assertThat(importFile("Bread.md", "flour").path("unchanged").asInt()).isEqualTo(1);
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void anOutsideEditIsMergedIntoWhatWasWrittenHere() {
        importFile("Bread.md", "flour\nwater\nsalt\n");
        store.call("node.update", Json.object().put("id", note().path("id").asText()).put("body", "rye flour\nwater\nsalt\n"));
        assertThat(importFile("Bread.md", "flour\nwater\nsea salt\n").path("updated").asInt()).isEqualTo(1);
        assertThat(note().path("body").asText()).isEqualTo("rye flour\nwater\nsea salt\n");
    }

    @Test
    void whatWasWrittenHereStaysHoweverOftenTheFileChanges() {
        importFile("Bread.md", "- [ ] flour\n- [ ] water\n- [ ] salt\n");
        String id = note().path("id").asText();
        write(id, "- [ ] rye flour\n- [x] water\n- [ ] salt\n");
        for (String salt : new String[] {"sea salt", "rock salt", "a pinch of rock salt"}) {
            assertThat(importFile("Bread.md", "- [ ] flour\n- [ ] water\n- [ ] " + salt + "\n").path("updated").asInt()).isEqualTo(1);
            assertThat(note().path("body").asText()).isEqualTo("- [ ] rye flour\n- [x] water\n- [ ] " + salt + "\n");
        }
        importFile("Bread.md", "- [ ] flour\n- [x] water\n- [ ] salt\n");
        write(id, "- [ ] rye flour\n- [ ] water\n- [ ] salt\n");
        importFile("Bread.md", "- [ ] flour\n- [x] water\n- [ ] salt\n- [ ] yeast\n");
        assertThat(note().path("body").asText()).as("what was ticked on both sides and then cleared here")
                .isEqualTo("- [ ] rye flour\n- [ ] water\n- [ ] salt\n- [ ] yeast\n");
    }

    @Test
    void anUndoneImportComesInAgain() {
        importFile("Bread.md", "flour\nwater\nsalt\n");
        write(note().path("id").asText(), "rye flour\nwater\nsalt\n");
        for (int time = 0; time < 3; time++) {
            ObjectNode params = params().put("action", "01ARZ3NDEKTSV4RRFFQ69G5FB" + time);
            params.withArray("notes").addObject().put("path", "Bread.md").put("title", "Bread").put("body", "flour\nwater\nsea salt\n");
            assertThat(store.call("import.batch", params).path("updated").asInt()).isEqualTo(1);
            assertThat(note().path("body").asText()).isEqualTo("rye flour\nwater\nsea salt\n");
            store.call("undo", "{}");
            assertThat(note().path("body").asText()).isEqualTo("rye flour\nwater\nsalt\n");
        }
    }

    @Test
    void aFileThatWasMadeWhatIsShownHereAgreesWithIt() {
        importFile("Bread.md", "flour\nwater\n");
        write(note().path("id").asText(), "rye flour\nwater\n");
        importFile("Bread.md", "rye flour\nwater\n");
        assertThat(note().path("body").asText()).isEqualTo("rye flour\nwater\n");
        importFile("Bread.md", "wheat flour\nwater\n");
        assertThat(note().path("body").asText()).isEqualTo("wheat flour\nwater\n");
    }

    private void write(String id, String body) {
        store.call("node.update", Json.object().put("id", id).put("body", body));
    }

    @Test
    void aFileThatIsUnchangedDoesNotUndoWhatWasWrittenHere() {
        importFile("Bread.md", "flour\n");
        store.call("node.update", Json.object().put("id", note().path("id").asText()).put("body", "rye flour\n"));
        assertThat(importFile("Bread.md", "flour\n").path("unchanged").asInt()).isEqualTo(1);
        assertThat(note().path("body").asText()).isEqualTo("rye flour\n");
    }

    @Test
    void aDeletedNoteStaysDeletedUntilItsFileChanges() {
        importFile("Bread.md", "flour\n");
        String id = note().path("id").asText();
        store.call("node.tombstone", Json.object().put("id", id));
        importFile("Bread.md", "flour\n");
        assertThat(store.call("node.list", "{}").path("total").asInt()).isZero();
        importFile("Bread.md", "rye flour\n");
        assertThat(store.get(id).path("body").asText()).isEqualTo("rye flour\n");
    }

    @Test
    void aNoteWhoseFileIsGoneIsDeletedWhenAskedAndComesBackWithItsFile() {
        importFile("Bread.md", "flour\n");
        String id = note().path("id").asText();
        assertThat(store.call("import.batch", params()).path("deleted").asInt()).as("never by itself").isZero();
        ObjectNode params = params().put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAW");
        params.putArray("gone").add("Bread.md").add("never was.md");
        assertThat(store.call("import.batch", params).path("deleted").asInt()).isEqualTo(1);
        assertThat(store.call("node.list", "{}").path("total").asInt()).isZero();
        long before = store.ops();
        assertThat(store.call("import.batch", params).path("deleted").asInt()).as("once").isZero();
        assertThat(store.ops()).isEqualTo(before);
        store.call("undo", "{}");
        assertThat(store.get(id).path("tombstoned").asBoolean()).as("undone").isFalse();
    }

    @Test
    void aNoteThatWasEditedHereIsNotDeletedWithItsFile() {
        importFile("Bread.md", "flour\n");
        store.call("node.update", Json.object().put("id", note().path("id").asText()).put("body", "rye flour\n"));
        ObjectNode params = params();
        params.putArray("gone").add("Bread.md");
        JsonNode answer = store.call("import.batch", params);
        assertThat(answer.path("deleted").asInt()).isZero();
        assertThat(answer.at("/skipped/0/reason").asText()).startsWith("is gone, but was edited in heph since it came in");
        assertThat(note().path("body").asText()).isEqualTo("rye flour\n");
    }

    @Test
    void aNoteThatWasEditedHereIsNotDeletedWithItsFileAlsoAfterTheFileHasChanged() {
        importFile("Bread.md", "flour\nwater\n");
        write(note().path("id").asText(), "rye flour\nwater\n");
        importFile("Bread.md", "flour\nhot water\n");
        JsonNode answer = prune("Bread.md");
        assertThat(answer.path("deleted").asInt()).isZero();
        assertThat(answer.path("skipped").findValuesAsText("path")).containsExactly("Bread.md");
        assertThat(note().path("body").asText()).isEqualTo("rye flour\nhot water\n");
    }

    @Test
    void whatIsDeletedIsNamedAndWhatWasRenamedLinkedOrTaggedHereStays() {
        for (String name : new String[] {"Plain", "Renamed", "Tagged", "Linked"}) {
            importFile("a/" + name + ".md", name);
        }
        store.call("node.update", Json.object().put("id", id("Renamed")).put("title", "Another"));
        store.call("tag.add", Json.object().put("id", id("Tagged")).put("tag", "home"));
        store.call("link.add", Json.object().put("src", store.doc("here", "")).put("dst", id("Linked")).put("type", "about"));
        JsonNode answer = prune("a/Plain.md", "a/Renamed.md", "a/Tagged.md", "a/Linked.md");
        assertThat(answer.path("deleted_paths").toString()).isEqualTo("[\"a/Plain.md\"]");
        assertThat(answer.path("skipped").findValuesAsText("path")).containsExactly("a/Renamed.md", "a/Tagged.md", "a/Linked.md");
    }

    private JsonNode prune(String... paths) {
        ObjectNode params = params();
        List.of(paths).forEach(params.putArray("gone")::add);
        return store.call("import.batch", params);
    }

    @Test
    void lineEndingsByteOrderMarkAndFinalNewlineStay() {
        for (String body : new String[] {"a\r\nb\r\n", "a\r\nb\nc\rd", "\uFEFFa\n", "a", "a\n\n\n", "", "\n", "a  \n\tb \n"}) {
            importFile("Bread.md", body);
            assertThat(note().path("body").asText()).isEqualTo(body);
        }
        importFile("Bread.md", "one\r\ntwo\r\nthree");
        store.call("node.update", Json.object().put("id", note().path("id").asText()).put("body", "one!\r\ntwo\r\nthree"));
        importFile("Bread.md", "one\r\ntwo\r\nthree\r\n");
        assertThat(note().path("body").asText()).isEqualTo("one!\r\ntwo\r\nthree\r\n");
    }

    @Test
    void titleAndAliasesOfTheFrontMatterAreNames() {
        importFile("a/Bread.md", "---\ntitle: Sourdough\naliases: [Loaf, 'My bread']\n---\n");
        String id = note().path("id").asText();
        for (String name : new String[] {"Bread", "bread", "SOURDOUGH", "loaf", "my bread", "a/Bread"}) {
            assertThat(store.call("node.resolve", Json.object().put("name", name)).toString()).as(name).contains(id);
        }
        importFile("a/Bread.md", "---\naliases: [Loaf]\n---\n");
        assertThat(note().path("aliases").toString()).isEqualTo("[\"Loaf\"]");
    }

    @Test
    void namesMatchInAnyCaseAndUnicodeForm() {
        importFile("Cafe\u0301.md", "decomposed, as some systems name files");
        importFile("Index.md", "[[caf\u00e9]] and [[CAFE\u0301#x]]");
        String cafe = id("CAF\u00c9");
        JsonNode links = store.call("links.outgoing", Json.object().put("id", id("index")));
        assertThat(links.findValuesAsText("dst")).containsExactly(cafe, cafe);
    }

    @Test
    void oneStemInTwoFoldersIsTwoNotes() {
        importFile("a/Note.md", "in a");
        importFile("b/Note.md", "in b");
        importFile("b/Note.md", "in b, changed");
        JsonNode nodes = store.call("node.list", "{'sort': 'title'}").path("nodes");
        assertThat(nodes.findValuesAsText("path")).containsExactlyInAnyOrder("a/Note.md", "b/Note.md");
        assertThat(nodes.findValuesAsText("title")).containsExactly("Note", "Note");
    }

    @Test
    void anImportThatWasInterruptedGoesOn() {
        ObjectNode first = params().put("last", false);
        first.withArray("notes").addObject().put("path", "a.md").put("title", "a").put("body", "a");
        store.call("import.batch", first); // and here the gateway dies
        store.restart();
        ObjectNode again = params().put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAW");
        again.withArray("notes").addObject().put("path", "a.md").put("title", "a").put("body", "a");
        again.withArray("notes").addObject().put("path", "b.md").put("title", "b").put("body", "b");
        JsonNode answer = store.call("import.batch", again);
        assertThat(answer.path("unchanged").asInt()).isEqualTo(1);
        assertThat(answer.path("created").asInt()).isEqualTo(1);
        assertThat(store.call("node.list", "{}").path("total").asInt()).isEqualTo(2);
    }

    @Test
    void oneBadFileDoesNotKeepTheOthersOut() {
        ObjectNode params = params();
        params.withArray("notes").addObject().put("path", "bad.md").put("title", "bad").put("body", "a\u0000b");
        params.withArray("notes").addObject().put("path", "good.md").put("title", "good").put("body", "ab");
        JsonNode answer = store.call("import.batch", params);
        assertThat(answer.path("created").asInt()).isEqualTo(1);
        assertThat(answer.path("skipped").get(0).path("path").asText()).isEqualTo("bad.md");
        assertThat(answer.path("skipped").get(0).path("reason").asText()).contains("NUL");
    }

    @Test
    void aLargeTextIsCutIntoBundlesOfOneActionAndComesBackWhole() {
        String body = "0123456789 日本語 🍞\n".repeat(150_000);
        importFile("Large.md", body);
        assertThat(note().path("body").asText()).isEqualTo(body);
        assertThat(Long.parseLong(store.sql("SELECT max(length(payload)) FROM bundles"))).isLessThanOrEqualTo(1 << 20);
        assertThat(Long.parseLong(store.sql("SELECT count(DISTINCT action) FROM bundles WHERE seq > 1"))).isEqualTo(1);
        assertThat(store.call("doctor", "{'rebuild_check': true}").toString()).contains("\"ok\":true}").doesNotContain("false");
    }

    private JsonNode importFile(String path, String body) {
        ObjectNode params = params();
        String title = path.substring(path.lastIndexOf('/') + 1, path.length() - 3);
        params.withArray("notes").addObject().put("path", path).put("title", title).put("body", body);
        return store.call("import.batch", params);
    }

    private static ObjectNode params() {
        ObjectNode params = Json.object().put("vault", "vault").put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAV").put("last", true);
        params.putArray("notes");
        return params;
    }

    private String id(String name) {
        return store.call("node.resolve", Json.object().put("name", name)).findValuesAsText("id").getFirst();
    }

    private JsonNode note() {
        String id = store.call("node.list", "{}").path("nodes").get(0).path("id").asText();
        return store.get(id);
    }
}
