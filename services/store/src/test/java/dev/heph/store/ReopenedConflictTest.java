package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;
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
            settle(laptop, 2);
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

    @Test
    void soAreThoseOfARing() {
        String house = laptop.create("project", "house", null);
        String garden = laptop.create("project", "garden", null);
        all();
        move(laptop, house, garden);
        phone.now("2026-11-21T18:00:00Z");
        move(phone, garden, house);
        all();
        JsonNode asked = sides(laptop);
        assertThat(asked.findValuesAsText("device")).hasSize(2).doesNotHaveDuplicates();
        for (int number : List.of(2, 1)) {
            settle(laptop, number);
            assertThat(sides(laptop)).isEmpty();
            laptop.now("2026-11-21T%d:00:00Z".formatted(21 - number));
            laptop.call("undo", "{}");
            assertThat(sides(laptop).findValuesAsText("device")).containsExactlyInAnyOrderElementsOf(asked.findValuesAsText("device"));
            all();
            assertThat(sides(phone)).isEqualTo(sides(laptop));
        }
    }

    /** Who undoes nothing is the author of what they say, also where somebody said it before. */
    @Test
    void whoSaysTheSameAgainIsNamed() {
        String house = laptop.create("project", "house", null);
        String garden = laptop.create("project", "garden", null);
        move(laptop, house, garden);
        move(laptop, house, null);
        all();
        move(phone, house, garden);
        move(laptop, garden, house);
        all();
        JsonNode sides = sides(laptop);
        assertThat(sides.findValuesAsText("device")).hasSize(2).doesNotHaveDuplicates();
        laptop.call("conflicts.resolve", Json.object().put("id", laptop.call("conflicts.list", "{}").at("/conflicts/0/id").asText()).put("choice", "1"));
        laptop.call("undo", "{}");
        assertThat(sides(laptop).findValuesAsText("device")).containsExactlyInAnyOrderElementsOf(sides.findValuesAsText("device"));
    }

    private static void move(RunningStore store, String id, String into) {
        store.call("project.move", Json.object().put("id", id).put("parent", into));
    }

    private void all() {
        sync(laptop);
        sync(phone);
        sync(laptop);
    }

    private static void rename(RunningStore store, String id, String title) {
        store.call("node.update", Json.object().put("id", id).put("title", title));
    }

    private static void settle(RunningStore store, int number) {
        ObjectNode how = Json.object().put("id", store.call("conflicts.list", "{}").at("/conflicts/0/id").asText());
        store.call("conflicts.resolve", how.put("choice", String.valueOf(number)));
    }

    private static JsonNode sides(RunningStore store) {
        return store.call("conflicts.list", "{}").at("/conflicts/0/sides");
    }
}
