package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lists of tasks that repeat: fresh each time, and kept as they were when they were closed. */
class FreshListsTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    private static ObjectNode about(String id) {
        return Json.object().put("id", id);
    }

    private String task(String params) {
        return store.call("task.create", params).path("id").asText();
    }

    private void set(String id, String state) {
        store.call("task.set_state", about(id).put("state", state));
    }

    private JsonNode row(String id) {
        return store.get(id).path("task");
    }

    private JsonNode history(String id) {
        return store.call("task.occurrences", about(id));
    }

    private String context(String id) {
        return row(id).path("context").asText();
    }

    private String list(String id) {
        return store.get(context(id)).path("body").asText();
    }

    @Test
    void everyOccurrenceHasAFreshListAndTheMarksOfTheOneBeforeStayWithIt() {
        String id = task("{'title': 'Week review', 'do_date': '2026-11-21', 'rule': 'FREQ=WEEKLY'}");
        store.call("node.update", about(context(id)).put("body", "- [ ] inbox\n- [x] calendar\n"));
        assertThat(list(id)).as("what is saved is shown").isEqualTo("- [ ] inbox\n- [x] calendar\n");
        store.call("node.update", about(context(id)).put("body", "- [x] inbox\n- [ ] calendar\n"));
        JsonNode items = store.call("item.list", Json.object().put("container", id));
        assertThat(items.get(0).path("state").asText()).isEqualTo("done");
        store.call("item.set_state", about(items.get(1).path("id").asText()).put("state", "done"));
        assertThat(list(id)).isEqualTo("- [x] inbox\n- [x] calendar\n");

        set(id, "done");
        assertThat(list(id)).isEqualTo("- [ ] inbox\n- [ ] calendar\n");
        assertThat(store.call("item.list", Json.object().put("container", id)).get(0).path("state").asText()).isEqualTo("outstanding");
        store.call("node.update", about(context(id)).put("body", "- [ ] the inbox\n- [x] calendar\n- [ ] mail\n"));
        set(id, "outstanding");
        assertThat(list(id)).isEqualTo("- [x] the inbox\n- [x] calendar\n- [ ] mail\n");
    }

    @Test
    void whatWasTickedInAnOldBufferBelongsToTheOccurrenceThatWasLookedAt() {
        String id = task("{'title': 'Week review', 'do_date': '2026-11-21', 'rule': 'FREQ=WEEKLY'}");
        store.call("node.update", about(context(id)).put("body", "- [ ] inbox\n"));
        String rev = store.get(context(id)).path("rev").asText();
        set(id, "done");
        store.call("node.update", about(context(id)).put("body", "- [x] inbox\n").put("base", rev));
        assertThat(list(id)).isEqualTo("- [ ] inbox\n");
        set(id, "outstanding");
        assertThat(list(id)).isEqualTo("- [x] inbox\n");
    }

    @Test
    void aLookAtAMergeStaysInTheOccurrenceThatWasLookedAt() {
        String id = task("{'title': 'Week review', 'do_date': '2026-11-21', 'rule': 'FREQ=WEEKLY'}");
        store.call("node.update", about(context(id)).put("body", "- [x] inbox\n- [ ] mail\n"));
        String rev = store.get(context(id)).path("rev").asText();
        set(id, "done");
        store.call("node.update", about(context(id)).put("body", "- [ ] inbox\n- [ ] mail\n- [ ] desk\n"));

        ObjectNode saved = about(context(id)).put("body", "- [x] inbox\n- [x] mail\n").put("base", rev);
        JsonNode look = store.call("node.update", saved.put("dry_run", true));
        assertThat(look.path("body").asText()).isEqualTo("- [x] inbox\n- [x] mail\n- [ ] desk\n");
        store.call("node.update", about(context(id)).put("body", look.path("body").asText()).put("base", look.path("rev").asText()));
        assertThat(list(id)).isEqualTo("- [ ] inbox\n- [ ] mail\n- [ ] desk\n");
        set(id, "outstanding");
        assertThat(list(id)).isEqualTo("- [x] inbox\n- [x] mail\n- [ ] desk\n");
    }

    @Test
    void aListThatBeginsToRepeatIsFreshAndOneThatEndsHasItsOwnMarksAgain() {
        String id = task("{'title': 'Review', 'do_date': '2026-11-21'}");
        store.call("node.update", about(context(id)).put("body", "- [x] inbox\n"));
        store.call("task.set_recurrence", about(id).put("rule", "FREQ=DAILY"));
        assertThat(list(id)).isEqualTo("- [ ] inbox\n");
        store.call("task.set_recurrence", about(id));
        assertThat(list(id)).isEqualTo("- [x] inbox\n");
    }

    @Test
    void aNewLineThatIsTickedAtOnceIsTickedInThisListAlone() {
        String id = task("{'title': 'Review', 'rule': 'FREQ=DAILY'}");
        store.call("node.update", about(context(id)).put("body", "- [ ] inbox\n"));
        store.call("node.update", about(context(id)).put("body", "- [ ] inbox\n- [x] mail\n"));
        assertThat(list(id)).isEqualTo("- [ ] inbox\n- [x] mail\n");
        set(id, "done");
        assertThat(list(id)).isEqualTo("- [ ] inbox\n- [ ] mail\n");
    }

    @Test
    void aListLoadedBeforeItRepeatedTicksNoOccurrence() {
        String id = task("{'title': 'Review', 'do_date': '2026-11-21'}");
        store.call("node.update", about(context(id)).put("body", "- [x] inbox\n"));
        String rev = store.get(context(id)).path("rev").asText();
        store.call("task.set_recurrence", about(id).put("rule", "FREQ=DAILY"));
        store.call("node.update", about(context(id)).put("body", "- [x] inbox\n- [ ] mail\n").put("base", rev));
        assertThat(list(id)).isEqualTo("- [ ] inbox\n- [ ] mail\n");
    }

    @Test
    void theListOfTheLastOneIsStillTicked() {
        String id = task("{'title': 'Move', 'rule': 'FREQ=DAILY;COUNT=1'}");
        store.call("node.update", about(context(id)).put("body", "- [ ] van\n"));
        set(id, "done");
        store.call("node.update", about(context(id)).put("body", "- [x] van\n"));
        assertThat(list(id)).isEqualTo("- [x] van\n");
    }

    private String lines(JsonNode occurrence) {
        StringBuilder lines = new StringBuilder();
        occurrence.path("list").forEach(line -> lines.append('[').append(line.path("mark").asText()).append("] ").append(line.path("title").asText()).append('\n'));
        return lines.toString();
    }

    @Test
    void aClosedOneKeepsItsWordsAndItsMarksWhateverBecomesOfTheTemplate() {
        String id = task("{'title': 'Week review', 'do_date': '2026-11-21', 'rule': 'FREQ=WEEKLY'}");
        store.call("node.update", about(context(id)).put("body", "# List\n\n- [x] inbox\n- [ ] calendar\n- [ ] old\n"));
        store.call("node.update", about(context(id)).put("body", "# List\n\n- [x] inbox\n- [ ] calendar\n- [x] old\n"));
        String rev = store.get(context(id)).path("rev").asText();
        set(id, "done");
        store.call("node.update", about(context(id)).put("body", "- [ ] the inbox of Ann\n- [ ] calendar\n- [ ] mail\n"));
        JsonNode first = history(id).at("/past/0");
        assertThat(lines(first)).isEqualTo("[x] inbox\n[ ] calendar\n[x] old\n");
        assertThat(first.at("/list/0/state").asText()).isEqualTo("done");
        store.call("node.update", about(context(id)).put("body", "# List\n\n- [x] inbox\n- [x] calendar\n- [x] old\n").put("base", rev));
        assertThat(lines(history(id).at("/past/0"))).as("a tick that came late").isEqualTo("[x] inbox\n[x] calendar\n[x] old\n");

        store.now("2026-11-28T12:00:00Z");
        assertThat(lines(history(id).at("/active/0"))).isEqualTo("[ ] the inbox of Ann\n[ ] calendar\n[ ] mail\n");
        set(id, "done");
        assertThat(lines(history(id).at("/past/1"))).startsWith("[ ] the inbox of Ann\n");
        store.call("undo", "{}");
        store.call("node.update", about(context(id)).put("body", "- [x] the inbox\n"));
        set(id, "done");
        assertThat(lines(history(id).at("/past/1"))).as("as it was when it was closed again").isEqualTo("[x] the inbox\n");
        assertThat(history(id).at("/coming/0").has("list")).isFalse();
    }

    @Test
    void theListOfAMissedOneShowsIfItWasBegun() {
        String id = task("{'title': 'Review', 'rule': 'FREQ=DAILY'}");
        store.call("node.update", about(context(id)).put("body", "- [ ] a\n- [ ] b\n"));
        store.call("node.update", about(context(id)).put("body", "- [x] a\n- [ ] b\n"));
        store.now("2026-11-23T12:00:00Z");
        JsonNode past = history(id).path("past");
        assertThat(lines(past.get(0))).isEqualTo("[x] a\n[ ] b\n");
        assertThat(past.get(1).has("list")).isFalse();
    }
}
