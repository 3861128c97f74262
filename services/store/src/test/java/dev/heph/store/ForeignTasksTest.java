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
    void twoOfOneNameInDifferentProjectsStayTwo() {
        String both = "{'key': 'u1', 'title': 'a', 'project': 'Work/Later'}, {'key': 'u2', 'title': 'b', 'project': 'Home/Later'}, "
                + "{'key': 'u3', 'title': 'c', 'project': 'Home/Later'}";
        take(both);
        assertThat(store.titles(store.call("project.list", "{}"))).containsExactly("Home", "Home Later", "Later", "Work");
        assertThat(store.titles(store.call("task.list", "{'where': '@Home'}").path("tasks"))).containsExactlyInAnyOrder("b", "c");
        assertThat(store.titles(store.call("task.list", "{'where': '@Work/Later'}").path("tasks"))).containsExactly("a");
        assertThat(take(both + ", {'key': 'u4', 'title': 'd', 'project': 'Home/Later'}").path("unchanged").asInt()).isEqualTo(3);
        assertThat(store.titles(store.call("project.list", "{}"))).hasSize(4);
    }

    @Test
    void oneThatCannotComeInIsNamedAndTheOthersComeIn() {
        JsonNode answer = take(CALL + ", {'key': 'u4', 'title': ' '}, {'key': 'u5', 'title': 'x', 'do_date': 'soon'}");
        assertThat(answer.path("created").asInt()).isEqualTo(1);
        assertThat(answer.path("skipped").findValuesAsText("key")).containsExactly("u4", "u5");
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("call");
    }

    private static final String WATER = "{'key': 'w', 'title': 'Water', 'late_on': '2026-11-20', 'rule': 'FREQ=DAILY'}";

    private String id() {
        return store.call("task.list", "{'where': 'state:outstanding or state:done'}").at("/tasks/0/id").asText();
    }

    private JsonNode only() {
        return store.get(id()).path("task");
    }

    private void done() {
        store.call("task.set_state", Json.object().put("id", id()).put("state", "done"));
    }

    private String due() {
        return only().at("/do_date/local").asText();
    }

    @Test
    void oneThatRepeatsBeginsOnItsFirstDateAndOnceMoreChangesNothing() {
        assertThat(take(WATER).path("created").asInt()).isEqualTo(1);
        assertThat(only().at("/recurrence/words").asText()).isEqualTo("every day");
        assertThat(due()).isEqualTo("2026-11-21");
        assertThat(only().at("/late_on/local").asText()).isEqualTo("2026-11-21");
        done();
        long before = store.ops();
        assertThat(take(WATER).path("unchanged").asInt()).isEqualTo(1);
        assertThat(store.ops()).isEqualTo(before);
        assertThat(due()).isEqualTo("2026-11-22");
    }

    @Test
    void anotherRuleThereIsTheRuleHereAndWhatWasDoneStays() {
        take(WATER);
        done();
        take(WATER.replace("DAILY", "WEEKLY").replace("11-20", "11-25"));
        assertThat(only().at("/recurrence/words").asText()).isEqualTo("every week");
        assertThat(due()).isEqualTo("2026-11-25");
        assertThat(store.call("task.occurrences", Json.object().put("id", id())).toString()).contains("2026-11-21").contains("done");
        take("{'key': 'w', 'title': 'Water', 'late_on': '2026-11-20', 'rule': 'FREQ=WEEKLY', 'after_done': true}");
        assertThat(only().at("/recurrence/words").asText()).isEqualTo("every week after done");
        take("{'key': 'w', 'title': 'Water', 'late_on': '2026-11-20'}");
        assertThat(only().at("/recurrence/words").isMissingNode()).isTrue();
        assertThat(due()).isEmpty();
        assertThat(only().at("/late_on/local").asText()).isEqualTo("2026-11-20");
        take(WATER);
        assertThat(only().at("/recurrence/words").asText()).isEqualTo("every day");
    }

    @Test
    void whatIsDoneThereIsDoneHereAndNotOneDateOfIt() {
        take(WATER);
        take("{'key': 'w', 'title': 'Water', 'state': 'done'}");
        assertThat(only().path("state").asText()).isEqualTo("done");
        assertThat(store.call("next", "{}")).isEmpty();
        take(WATER);
        assertThat(only().path("state").asText()).isEqualTo("outstanding");
        assertThat(due()).isEqualTo("2026-11-21");
    }

    @Test
    void oneWithoutDatesBeginsOnTheDayOfTheImportAndStaysAsItIsOnAnother() {
        String day = "{'key': 'w', 'title': 'Water', 'rule': 'FREQ=WEEKLY;BYDAY=MO', 'time': '09:00'}";
        take(day);
        assertThat(due()).isEqualTo("2026-11-23T09:00");
        store.now("2026-11-22T12:00:00Z");
        assertThat(take(day).path("unchanged").asInt()).isEqualTo(1);
        take("{'key': 'v', 'title': 'v', 'late_on': '2026-12-24', 'rule': 'FREQ=WEEKLY;BYDAY=MO', 'time': '00:00'}");
        assertThat(store.titles(store.call("task.list", "{'where': 'do:2026-11-23'}").path("tasks"))).contains("v");
    }

    @Test
    void oneWithoutDatesGoesOnFromWhereItStandsWhenItChangesThere() {
        String other = "{'key': 'w', 'title': 'Water', 'rule': 'FREQ=WEEKLY;INTERVAL=2', 'time': '09:00'}";
        take(other);
        store.now("2026-11-24T12:00:00Z");
        done();
        assertThat(due()).isEqualTo("2026-12-05T09:00");
        take(other.replace("Water", "Water all"));
        assertThat(due()).isEqualTo("2026-12-05T09:00");
        take(other.replace("09:00", "10:00"));
        assertThat(due()).isEqualTo("2026-12-05T10:00");
        take(other.replace("INTERVAL=2", "INTERVAL=3").replace("09:00", "10:00"));
        done();
        assertThat(due()).isEqualTo("2026-12-26T10:00");
    }

    @Test
    void otherWordsThereMoveNoDateOfOneThatIsCountedFromDone() {
        String pills = "{'key': 'w', 'title': 'Water', 'late_on': '2026-11-20', 'rule': 'FREQ=DAILY;INTERVAL=3', 'after_done': true}";
        take(pills);
        done();
        assertThat(due()).isEqualTo("2026-11-24");
        take(pills.replace("Water", "Water all"));
        assertThat(due()).isEqualTo("2026-11-24");
        assertThat(only().at("/late_on/local").asText()).isEqualTo("2026-11-24");
        take(pills.replace("11-20", "11-30"));
        assertThat(due()).isEqualTo("2026-11-30");
        assertThat(only().at("/late_on/local").asText()).isEqualTo("2026-11-30");
    }

    @Test
    void aRuleThatIsNoneIsNamedAndTheOthersComeIn() {
        JsonNode answer = take(WATER.replace("DAILY", "OFTEN") + ", {'key': 'v', 'title': 'v', 'rule': 'FREQ=DAILY;UNTIL=20200101'}, "
                + "{'key': 'u', 'title': 'u', 'rule': 'FREQ=DAILY', 'time': 'noon'}, " + CALL);
        assertThat(answer.path("skipped").findValuesAsText("key")).containsExactly("w", "v", "u");
        assertThat(answer.path("skipped").findValuesAsText("reason").getFirst()).startsWith("'rule' is no rule: ");
        assertThat(answer.path("created").asInt()).isEqualTo(1);
    }

    /** Frozen: with another hash the next import would take back what was done here since the last one. */
    @Test
    void theHashOfOneThatDoesNotRepeatIsWhatItAlwaysWas() {
        take(CALL);
        assertThat(store.sql("SELECT substr(CAST(value AS TEXT), 3) FROM tips WHERE facet = 'source' AND field = 'hash'"))
                .isEqualTo("13154eac32dd8d61a5bef12bda8b8619e924771953147a8bef6032c5c91dacf2");
    }
}
