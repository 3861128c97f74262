package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be done to a task, and to what it is sorted by. */
class TaskChangesTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    private String task(String title) {
        return store.call("task.create", Json.object().put("title", title)).path("id").asText();
    }

    private ObjectNode about(String id) {
        return Json.object().put("id", id);
    }

    @Test
    void attentionAndDatesChangeAndADateCanBeTakenAway() {
        String id = task("Pay rent");
        store.call("task.set_attention", about(id).put("attention", "orange"));
        JsonNode task = store.call("task.set_schedule", about(id).put("do_date", "2026-12-01").put("late_on", "2026-12-05T18:00")).path("task");
        assertThat(task.path("attention").asText()).isEqualTo("orange");
        assertThat(task.path("do_date").path("local").asText()).isEqualTo("2026-12-01");
        assertThat(task.path("late_on").path("local").asText()).isEqualTo("2026-12-05T18:00");
        assertThat(store.call("task.set_schedule", about(id).put("do_date", "none")).path("task").path("do_date").isNull()).isTrue();
        assertThat(store.get(id).path("task").path("late_on").isNull()).isFalse();
    }

    @Test
    void sayingWhatIsSoAlreadyLogsNothing() {
        String id = task("Pay rent");
        long before = store.ops();
        store.call("task.set_attention", about(id).put("attention", "white"));
        store.call("task.set_schedule", about(id).put("do_date", "none"));
        store.call("task.set_state", about(id).put("state", "outstanding"));
        store.call("task.set_project", about(id));
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void aContextItemHasNoAttentionAndNoDatesUntilItIsPromotedUnderItsId() {
        String note = store.doc("Trip", "");
        String item = store.call("item.add", Json.object().put("container", note).put("title", "passport")).path("id").asText();
        assertThat(store.call("next", "{}").size()).isZero();
        assertThat(store.titles(store.call("item.list", Json.object().put("container", note)))).containsExactly("passport");
        assertThatThrownBy(() -> store.call("task.set_attention", about(item).put("attention", "red"))).hasMessageContaining("promote");
        assertThatThrownBy(() -> store.call("task.set_schedule", about(item).put("do_date", "2026-12-01"))).hasMessageContaining("promote");
        assertThatThrownBy(() -> store.call("task.set_state", about(item).put("state", "dropped"))).hasMessageContaining("context item");

        store.call("task.promote", about(item).put("attention", "red").put("project", "Travel"));
        JsonNode row = store.call("next", "{}").get(0);
        assertThat(row.path("id").asText()).isEqualTo(item);
        assertThat(row.path("attention").asText()).isEqualTo("red");
        assertThat(row.path("project").path("title").asText()).isEqualTo("Travel");
        assertThatThrownBy(() -> store.call("task.promote", about(item))).hasMessageContaining("committed already");
        assertThat(store.titles(store.call("item.list", Json.object().put("container", note)))).isEmpty();
    }

    @Test
    void anItemIsTickedOff() {
        String note = store.doc("Trip", "");
        String item = store.call("item.add", Json.object().put("container", note).put("title", "passport")).path("id").asText();
        store.call("item.set_state", about(item).put("state", "done"));
        assertThat(store.call("item.list", Json.object().put("container", note)).get(0).path("state").asText()).isEqualTo("done");
    }

    @Test
    void severalTasksChangeAsOneActionThatOneUndoTakesBack() {
        String a = task("a");
        String b = task("b");
        ObjectNode both = Json.object().put("state", "done").put("project", "House").put("tag", "home");
        both.putArray("ids").add(a).add(b).add(a);
        JsonNode changed = store.call("task.change", both);
        assertThat(changed.path("changed").asInt()).isEqualTo(2);
        assertThat(store.titles(changed.path("tasks"))).containsExactly("a", "b");
        assertThat(store.call("task.change", both).path("changed").asInt()).isZero();
        store.call("undo", "{}");
        assertThat(List.of(a, b)).allSatisfy(id -> assertThat(store.get(id).path("task").path("state").asText()).isEqualTo("outstanding"));
        assertThat(store.call("project.list", "{}").size()).isZero();
    }

    private ObjectNode several(String... ids) {
        ObjectNode params = Json.object();
        List.of(ids).forEach(params.putArray("ids")::add);
        return params;
    }

    @Test
    void severalAreDeletedOrNone_andOneUndoBringsThemBack() {
        String a = task("a");
        String b = store.doc("b", "text");
        assertThatThrownBy(() -> store.call("node.tombstone", several(a, "zzzz"))).hasMessageContaining("zzzz");
        assertThat(store.get(a).path("tombstoned").asBoolean()).isFalse();
        assertThat(store.call("node.tombstone", several(a, b, a)).path("changed").asBoolean()).isTrue();
        assertThatThrownBy(() -> store.get(a)).hasMessageContaining("no note");
        store.call("undo", "{}");
        assertThat(store.titles(store.call("node.list", "{'sort': 'title'}").path("nodes"))).contains("a", "b");
        assertThatThrownBy(() -> store.call("node.tombstone", "{}")).hasMessageContaining("'id' is missing");
        assertThatThrownBy(() -> store.call("node.tombstone", several(a).put("id", b))).hasMessageContaining("one of the two");
    }

    @Test
    void severalItemsAreTickedAndPromotedAsOneAction() {
        String note = store.doc("Trip", "- [ ] passport\n- [ ] shoes\n");
        JsonNode items = store.call("item.list", Json.object().put("container", note));
        String passport = items.get(0).path("id").asText();
        String shoes = items.get(1).path("id").asText();

        JsonNode ticked = store.call("item.set_state", several(passport, shoes).put("state", "done"));
        assertThat(ticked.path("changed").asInt()).isEqualTo(2);
        assertThat(store.titles(ticked.path("tasks"))).containsExactly("passport", "shoes");
        store.call("undo", "{}");
        assertThat(store.get(note).path("body").asText()).isEqualTo("- [ ] passport\n- [ ] shoes\n");

        assertThatThrownBy(() -> store.call("task.promote", several(passport, task("a")))).hasMessageContaining("committed already");
        assertThat(store.call("task.promote", several(passport, shoes).put("attention", "red")).path("changed").asInt()).isEqualTo(2);
        assertThat(store.call("next", "{}").size()).isEqualTo(3);
        store.call("undo", "{}");
        assertThat(store.call("next", "{}").size()).isEqualTo(1);
    }

    @Test
    void severalAreSkippedAsOneAction() {
        String a = store.call("task.create", "{'title': 'a', 'rule': 'FREQ=DAILY', 'start': '2099-01-01'}").path("id").asText();
        String b = store.call("task.create", "{'title': 'b', 'rule': 'FREQ=DAILY', 'start': '2099-01-01'}").path("id").asText();
        JsonNode skipped = store.call("task.skip", several(a, b));
        assertThat(skipped.path("tasks").findValuesAsText("next")).containsExactly("2099-01-02", "2099-01-02");
        store.call("undo", "{}");
        assertThat(List.of(a, b)).allSatisfy(id ->
                assertThat(store.get(id).path("task").path("do_date").path("local").asText()).isEqualTo("2099-01-01"));
        assertThatThrownBy(() -> store.call("task.skip", several(a, task("once")))).hasMessageContaining("does not repeat");
        assertThat(store.get(a).path("task").path("do_date").path("local").asText()).isEqualTo("2099-01-01");
    }

    @Test
    void blockersAreSetAndTakenAwayAsOneAction() {
        String a = task("a");
        String b = task("b");
        String sand = task("sand");
        String lime = task("lime");
        store.call("task.change", several(a, b).put("block", sand));
        store.call("task.change", several(a).put("block", lime));
        assertThat(store.titles(store.call("waiting", "{}"))).containsExactly("a", "b");
        store.call("task.change", several(a, b).put("unblock", sand));
        assertThat(store.titles(store.call("waiting", "{}"))).containsExactly("a");
        store.call("undo", "{}");
        assertThat(store.call("task.change", several(a, b).put("unblock", "any")).path("changed").asInt()).isEqualTo(2);
        assertThat(store.call("waiting", "{}").size()).isZero();
        store.call("undo", "{}");
        assertThat(store.call("waiting", "{}").get(0).path("blocked_by").size()).isEqualTo(2);
    }

    @Test
    void titleRuleAndDatesChangeAsOneAction() {
        String a = task("Pay rent");
        store.call("task.change", several(a).put("title", "Pay the rent").put("rule", "FREQ=MONTHLY").put("do_date", "2099-02-03")
                .put("late_on", "2099-02-05").put("attention", "red"));
        JsonNode paid = store.get(a);
        assertThat(paid.path("title").asText()).isEqualTo("Pay the rent");
        assertThat(paid.at("/task/do_date/local").asText()).isEqualTo("2099-02-03");
        assertThat(paid.at("/task/late_on/local").asText()).isEqualTo("2099-02-05");
        assertThat(paid.at("/task/recurrence/rule").asText()).isEqualTo("FREQ=MONTHLY");
        store.call("undo", "{}");
        assertThat(store.get(a).path("title").asText()).isEqualTo("Pay rent");
        assertThat(store.get(a).at("/task/do_date").isNull()).isTrue();
        store.call("redo", "{}");
        store.call("task.change", several(a).put("rule", "FREQ=WEEKLY").put("do_date", "2099-03-04"));
        assertThat(store.get(a).at("/task/do_date/local").asText()).isEqualTo("2099-03-04");
        store.call("task.change", several(a).put("rule", "none"));
        assertThat(store.get(a).at("/task/recurrence").isMissingNode()).isTrue();
        assertThatThrownBy(() -> store.call("task.change", several(a, task("b")).put("title", "same"))).hasMessageContaining("for one task");
    }

    @Test
    void oneThatCannotBeChangedLeavesAllAsTheyWere() {
        String a = task("a");
        String note = store.doc("note", "");
        ObjectNode both = Json.object().put("state", "done");
        both.putArray("ids").add(a).add(note);
        assertThatThrownBy(() -> store.call("task.change", both)).hasMessageContaining("doc");
        assertThat(store.get(a).path("task").path("state").asText()).isEqualTo("outstanding");
    }

    @Test
    void aProjectIsNotMadeWithTheIdOfATaskForItsName() {
        String paint = task("paint");
        String end = paint.substring(22).toLowerCase(java.util.Locale.ROOT);
        assertThatThrownBy(() -> store.call("task.set_project", about(paint).put("project", end)))
                .hasMessageContaining("is the id of the task 'paint'").hasMessageContaining("heph project add " + end);
        assertThat(store.call("project.list", "{}").size()).isZero();
        store.call("project.create", Json.object().put("name", end));
        store.call("task.set_project", about(paint).put("project", end));
    }

    @Test
    void onlyAProjectLiesInAProject() {
        String id = task("Pay rent");
        assertThatThrownBy(() -> store.call("project.move", about(id).put("parent", "House"))).hasMessageContaining("only a project");
        assertThat(store.call("project.list", "{}").size()).isZero();
    }

    @Test
    void tagsAreCountedWhereverTheyStand() {
        String id = store.call("task.create", "{'title': 'sow', 'tags': ['home', 'Home', 'garden/spring']}").path("id").asText();
        store.doc("note", "today at #home");
        assertThat(store.call("tag.list", "{}").valueStream().map(tag -> tag.path("tag").asText() + " " + tag.path("count").asInt()))
                .containsExactly("garden/spring 1", "home 2");
        assertThat(store.titles(store.call("next", "{'scope': '#garden/spring'}"))).containsExactly("sow");
        store.call("tag.remove", about(id).put("tag", "HOME"));
        assertThat(store.call("tag.list", "{}").get(1).path("count").asInt()).isEqualTo(1);
    }

    @Test
    void aLogKeepsItsEntriesInOrder() {
        String id = task("Pay rent");
        store.call("log.append", about(id).put("text", "asked the landlord"));
        store.call("log.append", about(id).put("text", "he will call"));
        JsonNode log = store.call("log.list", about(id));
        assertThat(log.findValuesAsText("text")).containsExactly("asked the landlord", "he will call");
        assertThat(log.get(0).path("at").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());
    }

    @Test
    void theJournalOfADayIsOne() {
        String id = store.call("journal.open_or_create", "{'date': '2026-11-21'}").path("id").asText();
        assertThat(store.call("journal.open_or_create", "{'date': '2026-11-21'}").path("id").asText()).isEqualTo(id);
    }

    @Test
    void aBlockedTaskGivesWayToItsBlocker() {
        String call = task("call");
        String rent = store.call("task.create", "{'title': 'Pay rent', 'attention': 'red'}").path("id").asText();
        store.call("link.add", Json.object().put("src", call).put("dst", rent).put("type", "blocks"));
        JsonNode board = store.call("board", "{'explain': true}");
        assertThat(store.titles(board.path("rows"))).containsExactly("call");
        assertThat(board.at("/rows/0/attention").asText()).isEqualTo("red");
        assertThat(board.at("/rows/0/own_attention").asText()).isEqualTo("white");
        assertThat(store.titles(board.at("/rows/0/unblocks"))).containsExactly("Pay rent");
        assertThat(board.at("/hidden/0/hidden").asText()).isEqualTo("blocked");
        assertThat(store.titles(board.at("/hidden/0/blocked_by"))).containsExactly("call");
        assertThat(store.titles(store.call("waiting", "{}").get(0).path("blocked_by"))).containsExactly("call");
        store.call("task.set_state", about(call).put("state", "done"));
        assertThat(store.call("waiting", "{}").size()).isZero();
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("Pay rent");
        store.call("undo", "{}");
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("call");
    }

    @Test
    void theBoardTellsHowManyItDoesNotShow() {
        for (int i = 0; i < 7; i++) {
            task("t" + i);
        }
        for (String params : List.of("{'limit': 3}", "{'limit': 3, 'explain': true}")) {
            JsonNode board = store.call("board", params);
            assertThat(board.path("rows").size()).isEqualTo(3);
            assertThat(board.at("/counts/offered").asInt()).isEqualTo(7);
        }
    }

    @Test
    void theBoardTellsHowMuchThereIsAndWhatComesWhenThereIsNothing() {
        store.call("task.create", "{'title': 'later', 'do_date': '2026-11-25', 'attention': 'orange'}");
        store.call("task.create", "{'title': 'deck', 'attention': 'blue'}");
        JsonNode board = store.call("board", "{}");
        assertThat(board.path("rows").size()).isZero();
        assertThat(board.path("next_up").path("title").asText()).isEqualTo("later");
        assertThat(board.path("counts").toString())
                .isEqualTo("{\"late\":0,\"red\":0,\"orange\":1,\"orange_limit\":6,\"active\":1,\"active_limit\":30,\"on_deck\":1,\"inbox\":1,\"offered\":0,\"conflicts\":0}");
        assertThat(store.titles(store.call("on_deck", "{}"))).containsExactly("deck");
    }

    @Test
    void theInboxCountIsTheLengthOfTheInboxAlsoWhenAProjectOrATagGoesAndComesBack() {
        store.call("task.create", "{'title': 'in a project', 'project': 'House'}");
        store.call("task.create", "{'title': 'tagged', 'tags': ['home']}");
        assertThat(inbox()).isZero();
        for (String kind : List.of("project", "tag")) {
            String id = store.call("node.list", Json.object().put("kind", kind)).at("/nodes/0/id").asText();
            store.call("node.tombstone", Json.object().put("id", id));
            assertThat(inbox()).as("without its " + kind).isEqualTo(1);
            store.call("undo", "{}");
            assertThat(inbox()).as("with its " + kind + " again").isZero();
        }
    }

    private int inbox() {
        int counted = store.call("board", "{}").at("/counts/inbox").asInt();
        assertThat(counted)
                .isEqualTo(store.call("task.list", "{'where': 'state:outstanding project:none tag:none do:none late:none'}").path("total").asInt());
        return counted;
    }

    @Test
    void aTagIsWhatATextCanSay() {
        String id = store.call("task.create", "{'title': 'paint'}").path("id").asText();
        long before = store.ops();
        for (String tag : new String[] {"two words", "12", "a,b", "a/", "#home", "[[x]]"}) {
            assertThatThrownBy(() -> store.call("tag.add", about(id).put("tag", tag))).as(tag).hasMessageContaining("cannot be a tag");
        }
        assertThatThrownBy(() -> store.call("tag.add", about(id).put("tag", "two words"))).hasMessageEndingWith("Try: two-words");
        assertThat(store.ops()).isEqualTo(before);
        for (String tag : new String[] {"two-words", "home/kitchen", "Büro", "🎉", "2nd"}) {
            store.call("tag.add", about(id).put("tag", tag));
        }
        assertThat(store.call("tag.list", "{}")).hasSize(5);
    }
}
