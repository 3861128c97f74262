package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
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

    private JsonNode note() {
        String id = store.call("node.list", "{}").path("nodes").get(0).path("id").asText();
        return store.get(id);
    }
}
