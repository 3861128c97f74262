package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happened to a node, and the node as it was. */
class RestoreTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        assertThat(store.call("doctor", "{'rebuild_check': true}").path("ok").asBoolean()).isTrue();
        store.close();
    }

    private static ObjectNode of(String id) {
        return Json.object().put("id", id);
    }

    private JsonNode restore(String id, String to) {
        return store.call("node.restore", of(id).put("to", to));
    }

    private String body(String id) {
        return store.get(id).path("body").asText();
    }

    private void save(String id, String body) {
        store.call("node.update", of(id).put("body", body));
    }

    private List<String> fields(JsonNode restored) {
        return restored.path("changes").valueStream().map(change -> change.path("field").asText()).toList();
    }

    @Test
    void aNoteAsItWasAfterARowOfItsHistory() {
        String id = store.doc("Soup", "cold\n");
        save(id, "cold\nwith bread\n");
        save(id, "hot\n");
        store.call("node.rename", of(id).put("title", "Broth"));
        long ops = store.ops();
        JsonNode look = store.call("node.restore", of(id).put("to", "2").put("dry_run", true));
        assertThat(fields(look)).containsExactlyInAnyOrder("body", "title", "link");
        assertThat(look.path("done").asBoolean()).isFalse();
        assertThat(store.ops()).isEqualTo(ops);

        JsonNode done = restore(id, "2");
        assertThat(done.path("changes")).isEqualTo(look.path("changes"));
        assertThat(body(id)).isEqualTo("cold\nwith bread\n");
        assertThat(store.get(id).path("title").asText()).isEqualTo("Soup");
        assertThat(store.get(id).path("aliases")).isEmpty();
        assertThat(restore(id, "2").path("changes")).isEmpty();

        store.call("undo", "{}");
        assertThat(body(id)).isEqualTo("hot\n");
        assertThat(store.get(id).path("title").asText()).isEqualTo("Broth");
    }

    @Test
    void orAfterAnActionOrAsOfAMoment() {
        String id = store.doc("Soup", "one\n");
        store.now("2026-11-21T13:00:00Z");
        save(id, "two\n");
        store.now("2026-11-21T14:00:00Z");
        save(id, "three\n");
        String action = store.call("history", of(id)).at("/rows/1/id").asText();
        restore(id, action);
        assertThat(body(id)).isEqualTo("two\n");
        restore(id, "2026-11-21T12:30");
        assertThat(body(id)).isEqualTo("one\n");
        restore(id, "2026-11-21T13:30:00Z");
        assertThat(body(id)).isEqualTo("two\n");
        assertThatThrownBy(() -> restore(id, "2026-11-20")).hasMessageContaining("'Soup' was made after that");
        assertThatThrownBy(() -> restore(id, "77")).hasMessageContaining("has no row 77");
        assertThatThrownBy(() -> restore(id, "2026-11-22")).hasMessageContaining("which is to come");
        assertThatThrownBy(() -> restore(id, "noon")).hasMessageContaining("not 'noon'");
        assertThatThrownBy(() -> store.call("node.restore", of(id))).hasMessageContaining("'to' is missing, and the note is not deleted");
    }

    @Test
    void unchangedLinesKeepTheirCheckboxes() {
        String id = store.doc("List", "- [ ] milk\n- [ ] bread\n");
        String milk = store.call("item.list", Json.object().put("container", id)).at("/0/id").asText();
        save(id, "- [x] milk\n");
        restore(id, "1");
        assertThat(body(id)).isEqualTo("- [ ] milk\n- [ ] bread\n");
        assertThat(store.call("item.list", Json.object().put("container", id)).at("/0/id").asText()).isEqualTo(milk);
    }

    @Test
    void aTaskWithItsContextAndNothingElse() {
        String id = store.call("task.create", "{'title': 'Cook', 'project': 'House'}").path("id").asText();
        String other = store.call("task.create", "{'title': 'Shop'}").path("id").asText();
        String context = store.get(id).at("/task/context").asText();
        store.call("tag.add", of(id).put("tag", "dinner"));
        save(context, "soup\n");
        store.call("task.set_schedule", of(id).put("do_date", "2026-12-01"));
        store.call("task.set_state", of(id).put("state", "done"));
        store.call("task.set_state", of(other).put("state", "done"));
        store.call("log.append", of(id).put("text", "burnt"));
        restore(id, "1");
        JsonNode task = store.get(id).path("task");
        assertThat(task.path("state").asText()).isEqualTo("outstanding");
        assertThat(task.path("do_date").isNull()).isTrue();
        assertThat(body(context)).isEmpty();
        assertThat(store.call("links.outgoing", of(id)).findValuesAsText("title")).doesNotContain("dinner").contains("House");
        assertThat(store.get(other).at("/task/state").asText()).isEqualTo("done");
        assertThat(store.call("log.list", of(id))).hasSize(1);
    }

    @Test
    void anOccurrenceThatWasDoneIsOpenAgain() {
        String id = store.call("task.create", "{'title': 'Water', 'do_date': '2026-11-21', 'rule': 'FREQ=DAILY'}").path("id").asText();
        String context = store.get(id).at("/task/context").asText();
        save(context, "- [ ] roses\n");
        save(context, "- [x] roses\n");
        store.call("task.set_state", of(id).put("state", "done"));
        assertThat(store.get(id).at("/task/do_date/local").asText()).isEqualTo("2026-11-22");
        assertThat(store.call("history", of(id)).at("/rows/0/what").asText()).isEqualTo("done");
        JsonNode ticked = store.call("history", of(id)).at("/rows/1/changes/0");
        assertThat(ticked.path("field").asText()).isEqualTo("box");
        assertThat(ticked.path("line").asText()).isEqualTo("- [ ] roses");
        assertThat(ticked.path("occurrence").asText()).startsWith("2026-11-21");
        restore(id, "2");
        assertThat(store.get(id).at("/task/do_date/local").asText()).isEqualTo("2026-11-21");
        assertThat(body(context)).isEqualTo("- [ ] roses\n");
    }

    @Test
    void aDeletedNoteComesBack() {
        String id = store.doc("Soup", "hot\n");
        store.call("node.tombstone", of(id));
        assertThat(store.titles(store.call("node.list", "{'deleted': true}").path("nodes"))).containsExactly("Soup");
        assertThat(store.call("history", of("Soup")).at("/rows/0/what").asText()).isEqualTo("delete");
        assertThat(store.call("node.resolve", "{'name': 'Soup', 'deleted': true}").at("/node/id").asText()).isEqualTo(id);
        assertThat(store.call("node.resolve", "{'name': 'Soup'}").path("match").asText()).isEqualTo("none");
        store.call("node.restore", of(id.substring(20)));
        assertThat(body(id)).isEqualTo("hot\n");
        assertThat(store.call("node.list", "{'deleted': true}").path("nodes")).isEmpty();
        store.call("undo", "{}");
        assertThat(store.call("node.list", "{'deleted': true}").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void whatLedToSomethingDeletedIsLeft() {
        String id = store.doc("Soup", "");
        store.call("tag.add", of(id).put("tag", "dinner"));
        store.call("tag.remove", of(id).put("tag", "dinner"));
        save(id, "hot\n");
        store.call("node.tombstone", of(store.call("node.resolve", "{'name': 'dinner', 'kind': 'tag'}").at("/node/id").asText()));
        JsonNode restored = restore(id, "2");
        assertThat(restored.at("/left/0/to/title").asText()).isEqualTo("dinner");
        assertThat(fields(restored)).containsExactly("body");
        assertThat(store.call("links.outgoing", of(id))).isEmpty();
    }

    @Test
    void aNameThatAnotherTagHasByNowIsRefused() {
        String tag = store.create("tag", "dinner", "");
        store.call("node.update", of(tag).put("title", "supper"));
        store.call("alias.remove", of(tag).put("alias", "dinner"));
        store.create("tag", "dinner", "");
        assertThatThrownBy(() -> restore(tag, "1")).hasMessageContaining("there is a tag 'dinner' already");
    }

    /** Each state that a note was in comes back exactly, in whatever order they are asked for. */
    @Test
    void anyStateComesBack() {
        long seed = Seed.next();
        Random random = new Random(seed);
        String id = store.doc("note", "");
        List<String> states = new ArrayList<>(List.of(""));
        for (int edit = 0; edit < 30; edit++) {
            List<String> lines = new ArrayList<>(states.getLast().lines().toList());
            int at = random.nextInt(lines.size() + 1);
            if (random.nextInt(3) > 0 || at == lines.size()) {
                lines.add(at, (random.nextBoolean() ? "- [ ] " : "") + "line " + random.nextInt(100));
            } else {
                lines.set(at, lines.get(at).contains("[ ]") ? lines.get(at).replace("[ ]", "[x]") : "other " + random.nextInt(100));
            }
            String edited = String.join("\n", lines) + "\n";
            if (!edited.equals(states.getLast())) { // what changes nothing is no row
                states.add(edited);
                save(id, edited);
            }
        }
        for (int look = 0; look < 20; look++) {
            int number = 1 + random.nextInt(states.size());
            restore(id, Integer.toString(number));
            assertThat(body(id)).as("row " + number).isEqualTo(states.get(number - 1));
        }
    }
}
