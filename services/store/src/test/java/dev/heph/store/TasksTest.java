package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A first capture and a first "what is next". The clock stands at noon of 2026-11-21. */
class TasksTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aTaskComesWithItsContextDocumentInOneBundle() {
        store.doc("first", "so that the device has introduced itself");
        long before = Long.parseLong(store.sql("SELECT count(*) FROM bundles"));
        JsonNode task = store.call("task.create", "{'title': 'Pay rent', 'attention': 'red', 'late_on': '2026-12-01'}");

        assertThat(Long.parseLong(store.sql("SELECT count(*) FROM bundles"))).isEqualTo(before + 1);
        assertThat(task.path("task").path("attention").asText()).isEqualTo("red");
        assertThat(task.path("task").path("state").asText()).isEqualTo("outstanding");
        JsonNode document = store.get(task.path("task").path("context").asText());
        assertThat(document.path("title").asText()).isEqualTo("Pay rent");
        assertThat(document.path("context_of")).isEqualTo(task.path("id"));
        assertThat(store.call("links.outgoing", Json.object().put("id", task.path("id").asText())).get(0).path("type").asText())
                .isEqualTo("canonical-context");
    }

    @Test
    void theContextDocumentIsShownWithItsTaskOnlyUntilSomethingIsInIt() {
        JsonNode task = store.call("task.create", "{'title': 'Pay rent'}");
        assertThat(store.titles(store.call("node.list", "{}").path("nodes"))).containsExactly("Pay rent");
        assertThat(store.call("search", "{'query': 'rent'}").path("total").asInt()).isEqualTo(1);
        assertThat(store.call("counts", "{}").path("note_count").asInt()).isZero();

        store.call("node.update", Json.object().put("id", task.path("task").path("context").asText()).put("body", "the rent is 900"));
        assertThat(store.call("search", "{'query': 'rent'}").path("total").asInt()).isEqualTo(2);
    }

    @Test
    void theBoardSaysThatNothingWasSyncedForADay() {
        assertThat(store.call("board", "{}").has("not_synced_since")).as("without a hub").isFalse();
        store.call("exchange.join", "{'url': 'http://127.0.0.1:7800'}");
        store.now("2026-11-22T11:59:59Z");
        assertThat(store.call("board", "{}").has("not_synced_since")).isFalse();
        store.now("2026-11-22T12:00:00Z");
        assertThat(store.call("board", "{}").path("not_synced_since").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());
        store.call("exchange.synced", "{}");
        assertThat(store.call("board", "{}").has("not_synced_since")).isFalse();
        store.now("2026-11-24T00:00:00Z");
        assertThat(store.call("board", "{}").path("not_synced_since").asLong())
                .isEqualTo(Instant.parse("2026-11-22T12:00:00Z").toEpochMilli());
    }

    @Test
    void nextOffersTheRedFirstAndNotWhatIsPutOff() {
        store.call("task.create", "{'title': 'white'}");
        store.call("task.create", "{'title': 'orange', 'attention': 'orange'}");
        store.call("task.create", "{'title': 'red', 'attention': 'red'}");
        store.call("task.create", "{'title': 'backlog', 'attention': 'blue'}");
        store.call("task.create", "{'title': 'tomorrow', 'attention': 'red', 'do_date': '2026-11-22'}");
        store.call("task.create", "{'title': 'item', 'committed': false}");
        JsonNode next = store.call("next", "{}");

        assertThat(store.titles(next)).containsExactly("red", "orange", "white");
        assertThat(store.titles(store.call("next", "{'limit': 1}"))).containsExactly("red");
    }

    @Test
    void aPassedLateOnShowsAsLateAndABareDayLastsUntilItsEnd() {
        store.call("task.create", "{'title': 'yesterday', 'late_on': '2026-11-20'}");
        store.call("task.create", "{'title': 'today', 'late_on': '2026-11-21'}");
        JsonNode next = store.call("next", "{}");
        assertThat(next.get(0).path("late").asBoolean()).isTrue();
        assertThat(next.get(1).path("late").asBoolean()).isFalse();
    }

    @Test
    void doneLeavesNextAndCanComeBack() {
        String id = store.call("task.create", "{'title': 'Pay rent', 'project': 'House'}").path("id").asText();
        assertThat(store.call("next", "{'scope': 'House'}").size()).isEqualTo(1);
        store.call("task.set_state", Json.object().put("id", id).put("state", "done"));
        assertThat(store.call("next", "{}").size()).isZero();
        store.call("task.set_state", Json.object().put("id", id).put("state", "outstanding"));
        assertThat(store.call("next", "{}").get(0).path("project").path("title").asText()).isEqualTo("House");
    }

    @Test
    void countsTellWhatThereIs() {
        store.call("task.create", "{'title': 'a', 'attention': 'orange'}");
        store.call("task.create", "{'title': 'b', 'attention': 'blue'}");
        JsonNode counts = store.call("counts", "{}");
        assertThat(counts.path("orange_count").asInt()).isEqualTo(1);
        assertThat(counts.path("active_count").asInt()).isEqualTo(1);
        assertThat(counts.path("on_deck_count").asInt()).isEqualTo(1);
        assertThat(counts.path("conflict_count").asInt()).isZero();
    }

    @Test
    void badDatesAndValuesAreRefusedAndNothingIsWritten() {
        long before = store.ops();
        assertThatThrownBy(() -> store.call("task.create", "{'title': 'x', 'do_date': 'soon'}")).hasMessageContaining("2026-11-21");
        assertThatThrownBy(() -> store.call("task.create", "{'title': 'x', 'do_date': '+12026-01-01'}")).hasMessageContaining("2026-11-21");
        assertThatThrownBy(() -> store.call("task.create", "{'title': '\u00a0'}")).hasMessageContaining("title");
        assertThatThrownBy(() -> store.call("task.create", "{'title': 'x', 'attention': 'green'}")).hasMessageContaining("white");
        assertThatThrownBy(() -> store.call("task.create", "{'title': 'x', 'committed': false, 'attention': 'red'}"))
                .hasMessageContaining("context item");
        assertThatThrownBy(() -> store.call("task.create", "{'title': '  '}")).hasMessageContaining("title");
        assertThat(store.ops()).isEqualTo(before);
    }
}
