package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.op.Bytes32;
import dev.heph.runtime.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files that have another path than when they came in last. */
class MovedFilesTest {
    private final RunningStore store = RunningStore.temporary();
    private int actions;

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aNoteGoesWithItsFile() {
        take("a/Bread.md", "flour\n", null);
        take("Home.md", "[[Bread]] [[Loaf]]\n", null);
        String id = id("Bread");

        JsonNode answer = take("b/Loaf.md", "flour\n", "a/Bread.md");

        assertThat(answer.path("moved_paths").toString()).isEqualTo("[{\"from\":\"a/Bread.md\",\"to\":\"b/Loaf.md\"}]");
        assertThat(answer.path("created").asInt() + answer.path("updated").asInt() + answer.path("unchanged").asInt()).isZero();
        JsonNode note = store.get(id);
        assertThat(note.path("title").asText()).isEqualTo("Loaf");
        assertThat(note.at("/source/path").asText()).isEqualTo("b/Loaf.md");
        assertThat(note.path("aliases").toString()).isEqualTo("[\"Bread\"]");
        assertThat(store.call("links.backlinks", Json.object().put("id", id))).as("by the old name and by the new one").hasSize(2);
        assertThat(store.call("node.list", "{}").path("total").asInt()).isEqualTo(2);
        assertThat(store.call("doctor", "{'rebuild_check': true}").toString()).contains("\"ok\":true}").doesNotContain("false");
    }

    @Test
    void onceMoreIsNoChange_andTheNextEditIsOfTheSameNote() {
        take("Bread.md", "flour\nwater\n", null);
        String id = id("Bread");
        store.call("node.update", Json.object().put("id", id).put("body", "rye flour\nwater\n"));
        take("sub/Bread.md", "flour\nwater\n", "Bread.md");
        assertThat(store.get(id).path("aliases")).as("of the same name").isEmpty();
        long before = store.ops();
        assertThat(take("sub/Bread.md", "flour\nwater\n", null).path("unchanged").asInt()).isEqualTo(1);
        assertThat(take("sub/Bread.md", "flour\nwater\n", "Bread.md").path("unchanged").asInt()).isEqualTo(1);
        assertThat(store.ops()).isEqualTo(before);
        take("sub/Bread.md", "flour\nhot water\n", null);
        assertThat(store.get(id).path("body").asText()).isEqualTo("rye flour\nhot water\n");
    }

    @Test
    void aTitleThatPeopleGaveStays() {
        take("Bread.md", "flour\n", null);
        String id = id("Bread");
        store.call("node.update", Json.object().put("id", id).put("title", "Our bread"));
        take("Loaf.md", "flour\n", "Bread.md");
        assertThat(store.get(id).path("title").asText()).isEqualTo("Our bread");
        assertThat(store.get(id).at("/source/path").asText()).isEqualTo("Loaf.md");
    }

    @Test
    void undoneItIsWhereItWas() {
        take("Bread.md", "flour\n", null);
        String id = id("Bread");
        take("b/Loaf.md", "flour\n", "Bread.md");
        store.call("undo", "{}");
        assertThat(store.get(id).path("title").asText()).isEqualTo("Bread");
        assertThat(store.get(id).at("/source/path").asText()).isEqualTo("Bread.md");
        assertThat(store.get(id).path("aliases")).isEmpty();
        take("b/Loaf.md", "flour\n", "Bread.md");
        assertThat(store.get(id).path("title").asText()).isEqualTo("Loaf");
    }

    @Test
    void whatIsAnotherTextOrDeletedOrHasItsPlaceTakenIsANoteOfItsOwn() {
        for (String name : List.of("Other", "Deleted", "Stays")) {
            take(name + ".md", name, null);
        }
        take("Taken.md", "was here", null);
        store.call("node.tombstone", Json.object().put("id", id("Deleted")));
        assertThat(take("Another.md", "another", "Other.md").path("created").asInt()).isEqualTo(1);
        assertThat(take("Risen.md", "Deleted", "Deleted.md").path("created").asInt()).isEqualTo(1);
        assertThat(take("Taken.md", "Stays", "Stays.md").path("updated").asInt()).isEqualTo(1);
        assertThat(take("New.md", "new", "never was.md").path("created").asInt()).isEqualTo(1);
        assertThat(store.get(id("Stays")).at("/source/path").asText()).isEqualTo("Stays.md");
    }

    @Test
    void aFileThatTookTheNameOfOneThatWasDeletedKeepsItsNote() {
        take("Old.md", "old", null);
        take("New.md", "new", null);
        String id = id("New");
        store.call("node.tombstone", Json.object().put("id", id("Old")));
        take("Old.md", "new", "New.md");
        assertThat(store.get(id).at("/source/path").asText()).isEqualTo("Old.md");
        assertThat(take("Old.md", "new", null).path("unchanged").asInt()).isEqualTo(1);
        take("Old.md", "newer", null);
        assertThat(store.get(id).path("body").asText()).isEqualTo("newer");
    }

    @Test
    void aNoteThatMovedIsDeletedWithItsFile_unlessPeopleNamedIt() {
        take("One.md", "one", null);
        take("Two.md", "two", null);
        store.call("alias.add", Json.object().put("id", id("Two")).put("alias", "Second"));
        take("Moved.md", "one", "One.md");
        take("Moved too.md", "two", "Two.md");
        ObjectNode params = params();
        params.putArray("gone").add("Moved.md").add("Moved too.md");
        JsonNode answer = store.call("import.batch", params);
        assertThat(answer.path("deleted_paths").toString()).isEqualTo("[\"Moved.md\"]");
        assertThat(answer.path("skipped").findValuesAsText("path")).containsExactly("Moved too.md");
    }

    @Test
    void theFilesOfAVaultAreKnown() {
        take("b.md", "b", null);
        take("a/A.md", "", null);
        take("gone.md", "gone", null);
        store.call("node.tombstone", Json.object().put("id", id("gone")));
        store.doc("made in heph", "");
        JsonNode files = store.call("import.files", "{'vault': 'vault'}").path("files");
        assertThat(files.findValuesAsText("path")).containsExactly("a/A.md", "b.md");
        assertThat(files.get(1).path("id").asText()).isEqualTo(id("b"));
        assertThat(files.get(1).path("hash").asText()).isEqualTo("3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d");
        take("b.md", "changed", null);
        assertThat(store.call("import.files", "{'vault': 'vault'}").at("/files/1/hash").asText())
                .isEqualTo(Bytes32.sha256("changed".getBytes(StandardCharsets.UTF_8)).toString());
        assertThat(store.call("import.files", "{'vault': 'another'}").path("files")).isEmpty();
    }

    /** @param from where it was, null if it is not said */
    private JsonNode take(String path, String body, String from) {
        ObjectNode params = params();
        String title = path.substring(path.lastIndexOf('/') + 1, path.length() - 3);
        ObjectNode note = params.withArray("notes").addObject().put("path", path).put("title", title).put("body", body);
        if (from != null) {
            note.put("from", from);
        }
        return store.call("import.batch", params);
    }

    private ObjectNode params() {
        ObjectNode params = Json.object().put("vault", "vault").put("action", "01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(actions++)).put("last", true);
        params.putArray("notes");
        return params;
    }

    private String id(String name) {
        return store.call("node.resolve", Json.object().put("name", name)).findValuesAsText("id").getFirst();
    }
}
