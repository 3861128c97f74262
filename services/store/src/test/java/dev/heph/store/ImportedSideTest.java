package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a folder says, and what was written here meanwhile, are both written by this device. */
class ImportedSideTest {
    private final RunningStore store = RunningStore.temporary();
    private int actions;

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void theSideOfTheFolderIsToldFromOnesOwn() {
        take("soup is cold\n");
        String id = store.call("node.list", "{}").at("/nodes/0/id").asText();
        store.call("node.update", Json.object().put("id", id).put("body", "soup is warm\n"));
        take("soup is hot\n");

        JsonNode conflict = store.call("conflicts.list", "{}").at("/conflicts/0");

        assertThat(conflict.path("sides")).hasSize(2);
        for (JsonNode side : conflict.path("sides")) {
            boolean ours = side.path("value").asText().equals("soup is warm\n");
            assertThat(side.path("imported_from").asText("nowhere")).isEqualTo(ours ? "nowhere" : "vault");
        }
    }

    @Test
    void whatANoteOfAFolderSaysOtherwiseIsOnesOwn() {
        take("soup is cold\n");
        JsonNode note = store.call("node.list", "{}").at("/nodes/0");
        JsonNode read = store.get(note.path("id").asText());
        for (String body : new String[] {"soup is warm\n", "soup is hot\n"}) {
            store.call("node.update", Json.object().put("id", note.path("id").asText()).put("body", body).put("base", read.path("rev").asText()));
        }
        assertThat(store.call("conflicts.list", "{}").at("/conflicts/0/sides")).hasSize(2).noneMatch(side -> side.has("imported_from"));
    }

    private void take(String body) {
        ObjectNode params = Json.object().put("vault", "vault").put("action", "01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(actions++)).put("last", true);
        params.withArray("notes").addObject().put("path", "Soup.md").put("title", "Soup").put("body", body);
        store.call("import.batch", params);
    }
}
