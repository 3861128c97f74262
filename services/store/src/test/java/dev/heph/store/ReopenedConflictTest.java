package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.Test;

/** Of a conflict that an undo opened again everybody is told who said what, and not who undid it. */
class ReopenedConflictTest extends HubAndDevices {
    @Test
    void itsSidesAreThoseOfBefore() {
        String soup = laptop.doc("Soup", "hot\n");
        all();
        rename(laptop, soup, "Stew");
        phone.now("2026-11-21T18:00:00Z");
        rename(phone, soup, "Broth");
        all();
        JsonNode asked = sides(laptop);
        assertThat(asked.findValuesAsText("value")).containsExactly("Broth", "Stew");
        assertThat(asked.findValuesAsText("device")).doesNotHaveDuplicates();

        for (int time = 0; time < 2; time++) {
            settle(laptop);
            assertThat(sides(laptop)).isEmpty();
            laptop.call("undo", "{}");
            assertThat(sides(laptop)).isEqualTo(asked);
            all();
            assertThat(sides(phone)).isEqualTo(asked);
        }
        laptop.call("redo", "{}");
        assertThat(sides(laptop)).isEmpty();
        laptop.call("undo", "{}");
        assertThat(sides(laptop)).isEqualTo(asked);
    }

    private void all() {
        sync(laptop);
        sync(phone);
        sync(laptop);
    }

    private static void rename(RunningStore store, String id, String title) {
        store.call("node.update", Json.object().put("id", id).put("title", title));
    }

    private static void settle(RunningStore store) {
        ObjectNode how = Json.object().put("id", store.call("conflicts.list", "{}").at("/conflicts/0/id").asText());
        store.call("conflicts.resolve", how.put("choice", "2"));
    }

    private static JsonNode sides(RunningStore store) {
        return store.call("conflicts.list", "{}").at("/conflicts/0/sides");
    }
}
