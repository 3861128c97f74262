package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checkboxes in texts are items: ticked there or here, promoted to tasks under the id they have (H-050). */
class BoxesTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    private static ObjectNode about(String id) {
        return Json.object().put("id", id);
    }

    private JsonNode items(String container) {
        return store.call("item.list", Json.object().put("container", container));
    }

    private String body(String id) {
        return store.get(id).path("body").asText();
    }

    @Test
    void aTickHereIsSeenThereAndTheOtherWayRound() {
        String note = store.doc("Trip", "# Pack\n- [ ] passport\n- [/] tent\n");
        JsonNode items = items(note);
        assertThat(store.titles(items)).containsExactly("passport", "tent");
        assertThat(items.get(1).path("mark").asText()).isEqualTo("/");
        String passport = items.get(0).path("id").asText();

        JsonNode done = store.call("item.set_state", about(passport).put("state", "done"));
        assertThat(done.path("title").asText()).isEqualTo("passport");
        assertThat(done.path("container").asText()).isEqualTo(note);
        assertThat(body(note)).isEqualTo("# Pack\n- [x] passport\n- [/] tent\n");

        store.call("node.update", about(note).put("body", "# Pack\n- [ ] eggs\n- [ ] the passport\n- [/] tent\n"));
        assertThat(items(note).get(1).path("id").asText()).isEqualTo(passport);
        assertThat(items(note).get(1).path("state").asText()).isEqualTo("outstanding");
        assertThat(store.call("undo", "{}").path("done").asBoolean()).isTrue();
        assertThat(body(note)).isEqualTo("# Pack\n- [x] passport\n- [/] tent\n");
    }

    @Test
    void aShortIdIsEnough() {
        String note = store.doc("Trip", "- [ ] passport\n");
        String id = items(note).get(0).path("id").asText();
        String end = id.substring(id.length() - 6).toLowerCase(java.util.Locale.ROOT);
        assertThat(store.call("node.resolve", Json.object().put("name", end).put("kind", "task")).at("/node/title").asText()).isEqualTo("passport");
        assertThat(store.call("node.resolve", Json.object().put("name", "Passport").put("kind", "task")).at("/node/id").asText()).as("or its text").isEqualTo(id);
        assertThat(store.call("node.resolve", Json.object().put("name", "passport")).path("match").asText()).as("but of no note").isEqualTo("none");
        store.call("item.set_state", about(end).put("state", "done"));
        assertThat(body(note)).isEqualTo("- [x] passport\n");
        assertThatThrownBy(() -> store.call("item.set_state", about(id).put("state", "dropped"))).hasMessageContaining("take its line out");
        assertThatThrownBy(() -> store.call("task.set_attention", about(id).put("attention", "red"))).hasMessageContaining("promote");
    }

    @Test
    void aPromotedBoxIsATaskThatTicksItAndIsTickedByIt() {
        String note = store.doc("Trip", "- [ ] passport\n- [ ] tent\n");
        String id = items(note).get(0).path("id").asText();
        JsonNode task = store.call("task.promote", about(id).put("attention", "red").put("project", "Travel"));
        assertThat(task.path("id").asText()).isEqualTo(id);
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("passport");
        assertThat(store.titles(items(note))).containsExactly("tent");

        store.call("task.set_state", about(id).put("state", "done"));
        assertThat(body(note)).isEqualTo("- [x] passport\n- [ ] tent\n");
        store.call("node.update", about(note).put("body", "- [ ] passport\n- [ ] tent\n"));
        assertThat(store.get(id).path("task").path("state").asText()).isEqualTo("outstanding");
        assertThatThrownBy(() -> store.call("task.promote", about(id))).hasMessageContaining("committed already");
    }

    @Test
    void theBoxesOfATaskAreThoseOfItsContext() {
        JsonNode task = store.call("task.create", "{'title': 'Move house'}");
        store.call("node.update", about(task.path("task").path("context").asText()).put("body", "- [ ] boxes\n- [x] van\n"));
        JsonNode items = items(task.path("id").asText());
        assertThat(store.titles(items)).isEqualTo(List.of("boxes", "van"));
        assertThat(items.get(1).path("state").asText()).isEqualTo("done");
    }

    @Test
    void tickingAPromotedBoxThatRepeatsIsThroughWithOneDateAndNotWithAll() {
        String note = store.doc("Home", "- [ ] water\n");
        String id = items(note).get(0).path("id").asText();
        store.call("task.promote", about(id));
        store.call("task.set_recurrence", about(id).put("rule", "FREQ=DAILY"));
        store.call("node.update", about(note).put("body", "- [x] water\n"));
        JsonNode task = store.get(id).path("task");
        assertThat(task.path("state").asText()).isEqualTo("outstanding");
        assertThat(task.at("/do_date/local").asText()).isEqualTo("2026-11-22");
    }

    @Test
    void promotedAgainAfterAnUndoItIsWhole() {
        String note = store.doc("Home", "- [ ] water\n");
        String id = items(note).get(0).path("id").asText();
        store.call("task.promote", about(id));
        store.call("undo", "{}");
        JsonNode task = store.call("task.promote", about(id).put("attention", "red").put("project", "Garden")).path("task");
        assertThat(task.path("attention").asText()).isEqualTo("red");
        store.call("node.update", about(task.path("context").asText()).put("body", "how much"));
        assertThat(store.titles(store.call("next", "{'scope': '@Garden'}"))).containsExactly("water");
    }
}
