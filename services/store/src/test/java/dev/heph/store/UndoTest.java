package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Taking back what this device did last, and doing it again. */
class UndoTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    private String task(String title) {
        return store.call("task.create", Json.object().put("title", title)).path("id").asText();
    }

    private String state(String id) {
        return store.get(id).path("task").path("state").asText();
    }

    private void done(String id) {
        store.call("task.set_state", Json.object().put("id", id).put("state", "done"));
    }

    private String undo() {
        return store.call("undo", "{}").path("label").asText();
    }

    private String redo() {
        return store.call("redo", "{}").path("label").asText();
    }

    @Test
    void whatWasMadeTogetherIsUndoneAtOnceUntilItIsGone() {
        task("Before");
        String first = task("Flour");
        String second = with(first, "Water");
        with(second, "Rye");
        assertThat(undo()).isEqualTo("add 3 notes and tasks");
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("Before");
        with(second, "Salt");
        assertThat(undo()).as("those of before were undone and stay so").isEqualTo("add Salt");
        assertThat(redo()).isEqualTo("add Salt");
        with(titled("Salt"), "Yeast");
        assertThat(undo()).as("redoing is not making").isEqualTo("add Yeast");
        done(titled("Salt"));
        with(titled("Salt"), "Oil");
        assertThat(undo()).as("something was done in between").isEqualTo("add Oil");
        assertThatThrownBy(() -> with("salt", "Yeast")).hasMessageContaining("'with' is no id");
    }

    private String titled(String title) {
        return store.call("node.resolve", Json.object().put("name", title)).at("/node/id").asText();
    }

    private String with(String other, String title) {
        return store.call("task.create", Json.object().put("title", title).put("with", other)).path("id").asText();
    }

    @Test
    void whatWasDoneIsOutstandingAgainAndDoneAgainAfterARedo() {
        String id = task("Pay rent");
        done(id);
        assertThat(undo()).isEqualTo("done Pay rent");
        assertThat(state(id)).isEqualTo("outstanding");
        assertThat(redo()).isEqualTo("done Pay rent");
        assertThat(state(id)).isEqualTo("done");
    }

    @Test
    void undoGoesBackStepByStepAndRedoForthAgain() {
        String id = task("Pay rent");
        store.call("task.set_attention", Json.object().put("id", id).put("attention", "red"));
        store.call("task.set_schedule", Json.object().put("id", id).put("do_date", "2026-12-01"));
        assertThat(undo()).isEqualTo("schedule Pay rent");
        assertThat(undo()).isEqualTo("make red Pay rent");
        assertThat(store.get(id).path("task").path("attention").asText()).isEqualTo("white");
        assertThat(undo()).isEqualTo("add Pay rent");
        assertThatThrownBy(() -> store.get(id)).hasMessageContaining("no note");
        assertThatThrownBy(this::undo).hasMessageContaining("nothing to undo");

        assertThat(redo()).isEqualTo("add Pay rent");
        assertThat(redo()).isEqualTo("make red Pay rent");
        assertThat(redo()).isEqualTo("schedule Pay rent");
        assertThatThrownBy(this::redo).hasMessageContaining("nothing to redo");
        JsonNode task = store.get(id).path("task");
        assertThat(task.path("attention").asText()).isEqualTo("red");
        assertThat(task.path("do_date").path("local").asText()).isEqualTo("2026-12-01");
    }

    @Test
    void whatIsSaidOfDevicesMeanwhileIsPassedOver() {
        String id = task("Pay rent");
        done(id);
        undo();
        store.call("device.name", Json.object().put("id", store.call("exchange.state", "{}").path("device").asText()).put("name", "desk"));
        assertThat(redo()).isEqualTo("done Pay rent");
        assertThat(state(id)).isEqualTo("done");
    }

    @Test
    void somethingNewEndsWhatCouldBeRedone() {
        String id = task("Pay rent");
        done(id);
        undo();
        task("Buy milk");
        assertThatThrownBy(this::redo).hasMessageContaining("done since");
        assertThat(undo()).isEqualTo("add Buy milk");
        assertThat(undo()).isEqualTo("add Pay rent");
    }

    @Test
    void whatWasUndoneBeforeSomethingElseWasDoneIsNotRedone() {
        String x = task("X");
        String y = task("Y");
        done(x);
        undo();
        store.call("task.set_attention", Json.object().put("id", y).put("attention", "red"));
        undo();
        assertThat(redo()).isEqualTo("make red Y");
        assertThatThrownBy(this::redo).hasMessageContaining("nothing to redo");
        assertThat(undo()).isEqualTo("make red Y");
    }

    @Test
    void theTextOfATaskIsSpokenOfAsTheTask() {
        String id = task("Pay rent");
        store.call("node.update", Json.object().put("id", store.get(id).at("/task/context").asText()).put("body", "ask"));
        JsonNode look = store.call("undo", "{'dry_run': true}");
        assertThat(look.path("label").asText()).isEqualTo("edit Pay rent");
        assertThat(look.at("/ids/0").asText()).isEqualTo(id);
    }

    @Test
    void anEditOfATextIsTakenBackAndLaterOnesStay() {
        String id = store.doc("note", "one\ntwo\n");
        store.call("node.update", Json.object().put("id", id).put("body", "one\n2\n"));
        assertThat(undo()).isEqualTo("edit note");
        assertThat(store.get(id).path("body").asText()).isEqualTo("one\ntwo\n");
        redo();
        assertThat(store.get(id).path("body").asText()).isEqualTo("one\n2\n");
    }

    @Test
    void aTickIsTakenBackAndDoneAgain() {
        String id = store.doc("note", "- [ ] milk\n- [ ] bread\n");
        store.call("node.update", Json.object().put("id", id).put("body", "- [x] milk\n- [ ] bread\n"));
        assertThat(undo()).isEqualTo("tick a box in note");
        assertThat(store.get(id).path("body").asText()).isEqualTo("- [ ] milk\n- [ ] bread\n");
        redo();
        assertThat(store.get(id).path("body").asText()).isEqualTo("- [x] milk\n- [ ] bread\n");
    }

    @Test
    void linksTagsAndDeletesComeBack() {
        String a = store.doc("a", "");
        String b = store.doc("b", "");
        JsonNode link = Json.object().put("src", a).put("dst", b).put("type", "blocks");
        store.call("link.add", link);
        store.call("link.remove", link);
        assertThat(undo()).isEqualTo("unblock b");
        assertThat(store.call("links.outgoing", Json.object().put("id", a)).size()).isEqualTo(1);
        assertThat(undo()).isEqualTo("block b");
        assertThat(store.call("links.outgoing", Json.object().put("id", a)).size()).isZero();
        store.call("tag.add", Json.object().put("id", a).put("tag", "home"));
        assertThat(undo()).isEqualTo("tag a");
        store.call("node.tombstone", Json.object().put("id", b));
        assertThat(undo()).isEqualTo("delete b");
        assertThat(store.get(b).path("tombstoned").asBoolean()).isFalse();
    }

    @Test
    void aProjectMadeByACaptureGoesWithItUnlessSomethingElseIsInItByNow() {
        store.call("task.create", "{'title': 'a', 'project': 'House'}");
        undo();
        assertThat(store.titles(store.call("node.list", "{'kind': 'project'}").path("nodes"))).isEmpty();
        redo();
        store.call("task.create", "{'title': 'b', 'project': 'House'}");
        String b = store.call("node.resolve", "{'name': 'b'}").path("node").path("id").asText();
        store.call("task.set_attention", Json.object().put("id", b).put("attention", "red"));
        undo();
        undo();
        assertThat(store.titles(store.call("node.list", "{'kind': 'project'}").path("nodes"))).containsExactly("House");
    }

    @Test
    void lookingFirstChangesNothing() {
        String id = task("Pay rent");
        done(id);
        long ops = store.ops();
        JsonNode look = store.call("undo", "{'dry_run': true}");
        assertThat(look.path("label").asText()).isEqualTo("done Pay rent");
        assertThat(look.path("done").asBoolean()).isFalse();
        assertThat(store.ops()).isEqualTo(ops);
    }

    @Test
    void afterARestartUndoKnowsWhatWasDone() {
        String id = task("Pay rent");
        done(id);
        undo();
        store.restart();
        assertThat(redo()).isEqualTo("done Pay rent");
        assertThat(undo()).isEqualTo("done Pay rent");
        assertThat(undo()).isEqualTo("add Pay rent");
    }

    /** However many random changes were made, undoing all of them and doing all again ends where it began. */
    @Test
    void allTheWayBackAndForth() {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<String> tasks = new ArrayList<>(List.of(task("first"), task("second")));
        int actions = 0;
        for (int step = 0; step < 60; step++) {
            String id = tasks.get(random.nextInt(tasks.size()));
            long before = store.ops();
            switch (random.nextInt(5)) {
                case 0 -> done(id);
                case 1 -> store.call("task.set_state", Json.object().put("id", id).put("state", "outstanding"));
                case 2 -> store.call("task.set_attention", Json.object().put("id", id).put("attention", random.nextBoolean() ? "red" : "blue"));
                case 3 -> store.call("node.update", Json.object().put("id", store.get(id).path("task").path("context").asText())
                        .put("body", "line " + random.nextInt(5) + "\nline " + random.nextInt(5) + "\n"));
                default -> store.call("task.set_schedule", Json.object().put("id", id).put("do_date", "2026-12-0" + (1 + random.nextInt(9))));
            }
            actions += store.ops() > before ? 1 : 0;
        }
        String end = shown(tasks);
        for (int step = 0; step < actions; step++) {
            undo();
        }
        assertThat(tasks).allSatisfy(id -> assertThat(state(id)).isEqualTo("outstanding"));
        for (int step = 0; step < actions; step++) {
            redo();
        }
        assertThat(shown(tasks)).isEqualTo(end);
    }

    private String shown(List<String> tasks) {
        StringBuilder shown = new StringBuilder();
        for (String id : tasks) {
            JsonNode task = store.get(id).path("task");
            shown.append(task.path("state")).append(task.path("attention")).append(task.path("do_date"))
                    .append(store.get(task.path("context").asText()).path("body"));
        }
        return shown.toString();
    }

    @Test
    void whatCannotBeTakenBackIsWhereItStopsUntilItIsToldToGoOn() {
        String id = task("Pay rent");
        done(id);
        store.call("log.append", Json.object().put("id", id).put("text", "by card"));
        assertThatThrownBy(this::undo).hasMessageContaining("nothing of 'log to Pay rent'").hasMessageContaining("--over");
        assertThat(state(id)).isEqualTo("done");
        assertThat(store.call("undo", "{'over': true}").path("label").asText()).isEqualTo("done Pay rent");
        assertThat(state(id)).isEqualTo("outstanding");
    }
}
