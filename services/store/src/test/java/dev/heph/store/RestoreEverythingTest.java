package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything as it was at a moment. */
class RestoreEverythingTest {
    private static final String ONE = "2026-11-21T13:00:00Z";
    private static final String HALF_PAST = "2026-11-21T13:30:00Z";
    private static final String TWO = "2026-11-21T14:00:00Z";

    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        assertThat(store.call("doctor", "{'rebuild_check': true}").path("ok").asBoolean()).isTrue();
        store.close();
    }

    private static ObjectNode of(String id) {
        return Json.object().put("id", id);
    }

    private JsonNode restore(String to, boolean look) {
        return store.call("restore", Json.object().put("to", to).put("dry_run", look));
    }

    private static List<Integer> counts(JsonNode restored) {
        return Stream.of("deleted", "restored", "changed").map(fate -> restored.path(fate).path("count").asInt()).toList();
    }

    private void importing(String action, String... pathsAndBodies) {
        ObjectNode params = Json.object().put("vault", "notes").put("action", Id.parse(action).orElseThrow().toString());
        for (int at = 0; at < pathsAndBodies.length; at += 2) {
            params.withArray("notes").addObject()
                    .put("path", pathsAndBodies[at] + ".md").put("title", pathsAndBodies[at]).put("body", pathsAndBodies[at + 1]);
        }
        store.call("import.batch", params);
    }

    /** All that people see of all notes and tasks. */
    private String shown() {
        StringBuilder shown = new StringBuilder();
        JsonNode nodes = store.call("node.list", "{'sort': 'created', 'limit': 1000}").path("nodes");
        nodes.valueStream().map(node -> node.path("id").asText()).sorted().forEach(id -> {
            ObjectNode node = (ObjectNode) store.get(id);
            node.remove(List.of("rev", "modified_at", "hlc"));
            shown.append(node).append(store.call("links.outgoing", of(id)));
            if (node.has("task")) {
                shown.append(store.get(node.at("/task/context").asText()).path("body"));
            }
            shown.append('\n');
        });
        return shown.toString();
    }

    @Test
    void anImportAndWhatItChanged() {
        importing("01KAHX5T9ZV2Q8R4N6B7C9K3F9", "Soup", "hot\n", "Bread", "rye\n");
        String gone = store.doc("Gone", "text\n");
        store.call("task.create", "{'title': 'Cook', 'project': 'House', 'tags': ['dinner']}");
        String before = shown();
        store.now(TWO);
        importing("01KAHX5T9ZV2Q8R4N6B7C9K3FA", "Soup", "hot\nwrong\n", "Wrong", "- [ ] all of it #wrong\n");
        store.call("node.tombstone", of(gone));
        long ops = store.ops();
        String after = shown();
        JsonNode look = restore(HALF_PAST, true);
        assertThat(counts(look)).containsExactly(1, 1, 1);
        assertThat(look.at("/deleted/first/0/title").asText()).isEqualTo("Wrong");
        assertThat(store.ops()).isEqualTo(ops);

        JsonNode done = restore(HALF_PAST, false);
        assertThat(counts(done)).isEqualTo(counts(look));
        assertThat(shown()).isEqualTo(before);
        assertThat(store.ops()).isGreaterThan(ops);
        assertThat(counts(restore(HALF_PAST, true))).containsExactly(0, 0, 0);

        assertThat(store.call("undo", "{}").path("done").asBoolean()).isTrue();
        assertThat(shown()).isEqualTo(after);
    }

    @Test
    void theSameFolderComesInAgainAfterwards() {
        importing("01KAHX5T9ZV2Q8R4N6B7C9K3F9", "Soup", "hot\n");
        store.now(TWO);
        importing("01KAHX5T9ZV2Q8R4N6B7C9K3FA", "Soup", "cold\n");
        restore(HALF_PAST, false);
        importing("01KAHX5T9ZV2Q8R4N6B7C9K3FB", "Soup", "warm\n");
        String id = store.call("node.resolve", "{'name': 'Soup'}").at("/node/id").asText();
        assertThat(store.get(id).path("body").asText()).isEqualTo("warm\n");
    }

    @Test
    void anOccurrenceThatWasDoneSinceIsOpenAgain() {
        String id = store.call("task.create", "{'title': 'Water', 'do_date': '2026-11-21', 'rule': 'FREQ=DAILY'}").path("id").asText();
        String before = shown();
        store.now(TWO);
        store.call("task.set_state", of(id).put("state", "done"));
        assertThat(counts(restore(HALF_PAST, false))).containsExactly(0, 0, 1);
        assertThat(shown()).isEqualTo(before);
    }

    @Test
    void whenIsAMomentThatIsPast() {
        assertThatThrownBy(() -> restore("2026-12-24", false)).hasMessageContaining("which is to come");
        assertThatThrownBy(() -> restore("3", false)).hasMessageContaining("not '3'");
    }

    /** Whatever was done, what there was then is there again, and after an undo what there was before that. */
    @Test
    void whateverWasDone() {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<String> tasks = new ArrayList<>();
        for (int step = 0; step < 40; step++) {
            deed(random, tasks);
        }
        String before = shown();
        store.now(TWO);
        for (int step = 0; step < 40; step++) {
            deed(random, tasks);
        }
        String after = shown();
        restore(HALF_PAST, false);
        assertThat(shown()).isEqualTo(before);
        store.call("undo", "{}");
        assertThat(shown()).isEqualTo(after);
    }

    private void deed(Random random, List<String> tasks) {
        String id = tasks.isEmpty() ? "" : tasks.get(random.nextInt(tasks.size()));
        int number = random.nextInt(4);
        switch (id.isEmpty() || store.get(id).path("tombstoned").asBoolean() ? 0 : random.nextInt(9)) {
            case 0 -> tasks.add(store.call("task.create", Json.object().put("title", "task " + tasks.size())).path("id").asText());
            case 1 -> store.call("task.set_state", of(id).put("state", random.nextBoolean() ? "done" : "outstanding"));
            case 2 -> store.call("task.set_schedule", of(id).put("do_date", random.nextBoolean() ? "none" : "2026-12-0" + (1 + number)));
            case 3 -> store.call("tag.add", of(id).put("tag", "tag" + number));
            case 4 -> store.call("tag.remove", of(id).put("tag", "tag" + number));
            case 5 -> store.call("node.update", of(store.get(id).at("/task/context").asText())
                    .put("body", "- [ ] a\n".repeat(number) + "- [x] b " + number + "\n"));
            case 6 -> store.call("task.set_project", of(id).put("project", "House" + number));
            case 7 -> store.call("node.update", of(id).put("title", "renamed " + number));
            default -> {
                tasks.remove(id);
                store.call("node.tombstone", of(id));
            }
        }
    }

    @Test
    void ofManyTheFirstAreNamed() {
        store.now(TWO);
        for (int note = 0; note < 15; note++) {
            store.doc("note " + note, "");
        }
        JsonNode look = restore(ONE, true);
        assertThat(look.at("/deleted/count").asInt()).isEqualTo(15);
        assertThat(look.at("/deleted/first")).hasSize(10);
    }
}
