package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks of another program, known by the key that they have there. */
class ForeignTasksTest {
    private static final String ACTION = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    private JsonNode take(String tasks) {
        return store.call("task.import", "{'source': 'taskwarrior', 'action': '" + ACTION + "', 'tasks': [" + tasks + "]}");
    }

    private static final String RENT = "{'key': 'u1', 'title': 'Pay rent', 'attention': 'red', 'late_on': '2026-12-01', 'project': 'House/Bills',"
            + " 'tags': ['home'], 'log': ['2026-01-02 asked'], 'blocked_by': ['u2', 'u9']}";
    private static final String CALL = "{'key': 'u2', 'title': 'call'}";

    @Test
    void theyComeInWithAllThatIsKnownOfThemAndOnceMoreChangesNothing() {
        JsonNode first = take(RENT + "," + CALL + ", {'key': 'u3', 'title': 'old', 'state': 'done', 'project': 'House/Bills', 'tags': ['home']}");
        assertThat(first.path("created").asInt()).isEqualTo(3);
        assertThat(store.sql("SELECT count(*) FROM ops WHERE type = 'node.create'")).isEqualTo("9"); // 3 tasks, their documents, 2 projects, a tag
        JsonNode row = store.call("next", "{}").get(0);
        assertThat(row.path("title").asText()).isEqualTo("call");
        assertThat(store.titles(row.path("unblocks"))).containsExactly("Pay rent");
        String rent = row.at("/unblocks/0/id").asText();
        assertThat(store.get(rent).at("/task/late_on/local").asText()).isEqualTo("2026-12-01");
        assertThat(store.call("log.list", Json.object().put("id", rent)).findValuesAsText("text")).containsExactly("2026-01-02 asked");
        assertThat(store.titles(store.call("task.list", "{'where': '#home @House state:outstanding'}").path("tasks"))).containsExactly("Pay rent");
        assertThat(store.titles(store.call("task.list", "{'where': 'state:done'}").path("tasks"))).containsExactly("old");

        long before = store.ops();
        JsonNode again = take(RENT + "," + CALL);
        assertThat(again.path("unchanged").asInt()).isEqualTo(2);
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void whatWasDoneHereStaysUntilThatVeryThingChangesThere() {
        take("{'key': 'u2', 'title': 'call', 'project': 'House', 'tags': ['home', 'phone'], 'blocked_by': ['u1']}, {'key': 'u1', 'title': 'find the number'}");
        String id = idOf("call");
        store.call("task.set_state", Json.object().put("id", id).put("state", "done"));
        store.call("task.set_attention", Json.object().put("id", id).put("attention", "red"));
        store.call("task.set_project", Json.object().put("id", id).put("project", "Work"));
        store.call("tag.remove", Json.object().put("id", id).put("tag", "phone"));
        store.call("link.remove", Json.object().put("src", idOf("find the number")).put("dst", id).put("type", "blocks"));
        assertThat(take("{'key': 'u2', 'title': 'call back', 'do_date': '2026-11-20', 'project': 'House', 'tags': ['home', 'phone', 'soon'],"
                + " 'blocked_by': ['u1', 'u3']}, {'key': 'u3', 'title': 'buy a phone'}").path("updated").asInt()).isEqualTo(1);
        JsonNode call = store.get(id);
        assertThat(call.path("title").asText()).isEqualTo("call back");
        assertThat(call.at("/task/state").asText()).isEqualTo("done");
        assertThat(call.at("/task/attention").asText()).isEqualTo("red");
        assertThat(call.at("/task/do_date/local").asText()).isEqualTo("2026-11-20");
        assertThat(store.titles(store.call("task.list", "{'where': 'state:done @Work #home #soon -#phone'}").path("tasks"))).containsExactly("call back");
        assertThat(store.call("links.backlinks", Json.object().put("id", id)).valueStream()
                .filter(link -> link.path("type").asText().equals("blocks")).map(link -> link.path("title").asText())).containsExactly("buy a phone");

        take("{'key': 'u2', 'title': 'call back', 'state': 'dropped', 'do_date': '2026-11-20', 'project': 'House'}");
        assertThat(store.get(id).at("/task/state").asText()).isEqualTo("dropped");
        take("{'key': 'u2', 'title': 'call back', 'do_date': '2026-11-20', 'project': 'House'}");
        assertThat(store.get(id).at("/task/state").asText()).isEqualTo("outstanding");
    }

    private String idOf(String title) {
        return store.call("node.resolve", Json.object().put("name", title).put("kind", "task")).at("/node/id").asText();
    }

    @Test
    void whatIsNewThereIsAddedAndWhatWasDeletedHereStaysDeleted() {
        take("{'key': 'u1', 'title': 'a', 'log': ['one']}");
        String id = store.call("next", "{}").get(0).path("id").asText();
        take("{'key': 'u1', 'title': 'a', 'log': ['one', 'two']}");
        assertThat(store.call("log.list", Json.object().put("id", id)).findValuesAsText("text")).containsExactly("one", "two");
        store.call("node.tombstone", Json.object().put("id", id));
        long before = store.ops();
        assertThat(take("{'key': 'u1', 'title': 'b'}").path("unchanged").asInt()).isEqualTo(1);
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void oneThatIsRefusedHalfWayLeavesNothing() {
        take(CALL);
        long before = store.ops();
        JsonNode answer = take("{'key': 'u6', 'title': 'x', 'project': 'Home//x', 'tags': ['ok', 'a\\nb']}");
        assertThat(answer.path("skipped").findValuesAsText("key")).containsExactly("u6");
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void aNameThatARenamedProjectHadMeansThatProject() {
        String home = store.call("project.create", "{'name': 'Home'}").path("id").asText();
        store.call("node.update", Json.object().put("id", home).put("title", "House"));
        take("{'key': 'u1', 'title': 'a', 'project': 'Home'}, {'key': 'u2', 'title': 'b', 'project': 'Home/Bills'}");
        assertThat(store.titles(store.call("project.list", "{}"))).containsExactly("Bills", "House");
        assertThat(store.call("project.list", "{}").get(0).path("parent").asText()).isEqualTo(home);
    }

    @Test
    void oneThatCannotComeInIsNamedAndTheOthersComeIn() {
        JsonNode answer = take(CALL + ", {'key': 'u4', 'title': ' '}, {'key': 'u5', 'title': 'x', 'do_date': 'soon'}");
        assertThat(answer.path("created").asInt()).isEqualTo(1);
        assertThat(answer.path("skipped").findValuesAsText("key")).containsExactly("u4", "u5");
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("call");
    }
}
