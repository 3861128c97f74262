package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that repeat: only what somebody does is written, when the next one is due is computed (H-038 to H-045). Noon of Sat 2026-11-21. */
class RecurringTest {
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

    private String due(String id) {
        return row(id).at("/do_date/local").asText();
    }

    private JsonNode history(String id) {
        return store.call("task.occurrences", about(id));
    }

    @Test
    void noneOfItsDatesIsLateOnlyIfTheRuleSaysSo() {
        String id = task("{'title': 'Gym', 'do_date': '2026-11-20', 'late_on': '2026-11-21', 'rule': 'FREQ=WEEKLY'}");
        assertThatThrownBy(() -> store.call("task.set_schedule", "{'id': '" + id + "', 'late_on': 'none'}")).hasMessageContaining("--late none --recur");
        store.call("task.change", "{'ids': ['" + id + "'], 'rule': 'FREQ=WEEKLY', 'late_on': 'none'}");
        assertThat(store.get(id).at("/task/late_on").isNull()).isTrue();
    }

    @Test
    void doneExposesTheNextDateAndOnlyWhatWasDoneIsWritten() {
        String id = task("{'title': 'Pay rent', 'do_date': '2026-11-21', 'late_on': '2026-11-25', 'rule': 'FREQ=MONTHLY'}");
        assertThat(row(id).at("/recurrence/words").asText()).isEqualTo("every month");
        assertThat(due(id)).isEqualTo("2026-11-21");
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("Pay rent");

        long before = store.ops();
        set(id, "done");
        assertThat(store.ops()).as("the occurrence, its state and when").isEqualTo(before + 3);
        assertThat(due(id)).isEqualTo("2026-12-21");
        assertThat(row(id).at("/late_on/local").asText()).isEqualTo("2026-12-25");
        assertThat(row(id).path("state").asText()).isEqualTo("outstanding");
        assertThat(store.titles(store.call("next", "{}"))).as("not offered before its date").isEmpty();

        store.now("2026-12-21T06:00:00Z");
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("Pay rent");
        assertThat(store.ops()).as("a new date writes nothing").isEqualTo(before + 3);
    }

    @Test
    void undoAndReopenTakeTheLastOneBack() {
        String id = task("{'title': 'Water', 'rule': 'FREQ=DAILY'}");
        set(id, "done");
        set(id, "done");
        assertThat(due(id)).isEqualTo("2026-11-23");
        JsonNode undone = store.call("undo", "{}");
        assertThat(undone.path("label").asText()).isEqualTo("done Water");
        assertThat(due(id)).isEqualTo("2026-11-22");
        assertThat(store.call("redo", "{}").path("label").asText()).isEqualTo("done Water");
        assertThat(due(id)).isEqualTo("2026-11-23");
        set(id, "outstanding");
        assertThat(due(id)).isEqualTo("2026-11-22");
        set(id, "done");
        assertThat(due(id)).isEqualTo("2026-11-23");
    }

    @Test
    void missedDatesAreOneRowThatSaysSo() {
        String latest = task("{'title': 'a', 'rule': 'FREQ=DAILY'}");
        String keep = task("{'title': 'b', 'rule': 'FREQ=DAILY', 'on_missed': 'keep'}");
        store.now("2026-11-24T12:00:00Z");
        assertThat(due(latest)).isEqualTo("2026-11-24");
        assertThat(row(latest).at("/recurrence/missed").asInt()).isEqualTo(3);
        assertThat(due(keep)).isEqualTo("2026-11-21");
        set(latest, "done");
        set(keep, "done");
        assertThat(due(latest)).isEqualTo("2026-11-25");
        assertThat(due(keep)).isEqualTo("2026-11-22");
        assertThat(history(latest).path("marks").asText()).isEqualTo("...x");
        assertThat(history(keep).path("marks").asText()).isEqualTo("x");
    }

    @Test
    void skippedAndDroppedAreKeptApart() {
        String id = task("{'title': 'Water', 'rule': 'FREQ=DAILY'}");
        store.call("task.skip", about(id));
        set(id, "dropped");
        set(id, "done");
        assertThat(history(id).path("marks").asText()).isEqualTo(">-x");
        assertThat(history(id).at("/coming/0/start").asText()).isEqualTo("2026-11-24");
        assertThatThrownBy(() -> store.call("task.skip", about(task("{'title': 'once'}")))).hasMessageContaining("does not repeat");
    }

    @Test
    void theLastOneTakesTheTaskWithItAndReopenBringsBothBack() {
        String id = task("{'title': 'Course', 'rule': 'FREQ=WEEKLY;COUNT=2'}");
        set(id, "done");
        set(id, "done");
        assertThat(row(id).path("state").asText()).isEqualTo("done");
        set(id, "outstanding");
        assertThat(row(id).path("state").asText()).isEqualTo("outstanding");
        assertThat(due(id)).isEqualTo("2026-11-28");
    }

    @Test
    void anOccurrenceIsPutElsewhereAndTheOthersStay() {
        String id = task("{'title': 'Water', 'do_date': '2026-11-21', 'rule': 'FREQ=WEEKLY'}");
        store.call("task.set_schedule", about(id).put("do_date", "2026-11-23"));
        assertThat(due(id)).isEqualTo("2026-11-23");
        assertThat(store.titles(store.call("next", "{}"))).isEmpty();
        set(id, "done");
        assertThat(due(id)).isEqualTo("2026-11-28");
        assertThat(history(id).path("marks").asText()).isEqualTo("x");
    }

    @Test
    void listsFilterAndSortByWhereTasksStand() {
        String id = task("{'title': 'weekly', 'do_date': '2026-11-02', 'rule': 'FREQ=WEEKLY'}");
        task("{'title': 'once', 'do_date': '2026-11-20'}");
        set(id, "done");
        assertThat(store.titles(store.call("task.list", "{'where': 'do:2026-11-23'}").path("tasks"))).containsExactly("weekly");
        assertThat(store.titles(store.call("task.list", "{'where': 'do<2026-11-21'}").path("tasks"))).containsExactly("once");
        assertThat(store.titles(store.call("task.list", "{}").path("tasks"))).containsExactly("once", "weekly");
        assertThat(store.titles(store.call("task.coming", "{'until': '2026-12-10'}"))).containsExactly("weekly", "weekly");
    }

    @Test
    void anEditKeepsThePastAndEndingItLeavesATaskAtItsDate() {
        String id = task("{'title': 'Water', 'rule': 'FREQ=DAILY'}");
        set(id, "done");
        store.call("task.set_recurrence", about(id).put("rule", "FREQ=WEEKLY;BYDAY=MO"));
        assertThat(due(id)).isEqualTo("2026-11-23");
        assertThat(history(id).path("marks").asText()).isEqualTo("x");
        store.call("task.set_recurrence", about(id));
        assertThat(row(id).path("recurrence").isMissingNode()).isTrue();
        assertThat(due(id)).isEqualTo("2026-11-23");
        set(id, "done");
        assertThat(row(id).path("state").asText()).isEqualTo("done");
    }

    @Test
    void afterDoneCountsFromTheDayOnWhichItWasDone() {
        String id = task("{'title': 'Hair', 'rule': 'FREQ=WEEKLY;INTERVAL=2', 'after_done': true, 'do_date': '2026-11-10'}");
        assertThat(due(id)).isEqualTo("2026-11-10");
        set(id, "done");
        assertThat(due(id)).isEqualTo("2026-12-05");
        assertThat(row(id).at("/recurrence/words").asText()).isEqualTo("every 2 weeks after done");
    }

    @Test
    void aRuleThatIsNoneIsRefusedAndNothingIsWritten() {
        store.doc("first", "");
        long before = store.ops();
        for (String rule : new String[] {"FREQ=NEVER", "every day", "", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}) {
            assertThatThrownBy(() -> store.call("task.create", Json.object().put("title", "x").put("rule", rule))).as(rule)
                    .hasMessageContaining("rule");
        }
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void aDateThatComesWhileNothingHappensShows() {
        task("{'title': 'Water', 'do_date': '2026-11-22T09:00', 'rule': 'FREQ=DAILY'}");
        assertThat(store.titles(store.call("next", "{}"))).isEmpty();
        store.now("2026-11-22T08:59:59Z");
        assertThat(store.titles(store.call("next", "{}"))).isEmpty();
        store.now("2026-11-22T09:00:00Z");
        assertThat(store.titles(store.call("next", "{}"))).containsExactly("Water");
        store.now("2026-11-21T09:00:00Z");
        assertThat(store.titles(store.call("next", "{}"))).as("a clock that was set back").isEmpty();
    }

    private JsonNode find(JsonNode rows, int at, String field) {
        return rows.get(at).path(field);
    }

    private List<String> dates(JsonNode rows) {
        return rows.valueStream().map(row -> row.at("/do_date/local").asText()).toList();
    }

    @Test
    void eachMissedDateIsARowOfItsOwnTheOldestFirst() {
        String id = task("{'title': 'Pills', 'do_date': '2026-11-19', 'late_on': '2026-11-19', 'rule': 'FREQ=DAILY', 'on_missed': 'all'}");
        long before = store.ops();
        JsonNode next = store.call("next", "{}");
        assertThat(dates(next)).containsExactly("2026-11-19", "2026-11-20", "2026-11-21");
        assertThat(next.valueStream().map(row -> row.path("id").asText())).as("each names its task").containsOnly(id);
        assertThat(next.valueStream().map(row -> row.path("occurrence").asText()).distinct()).as("and which date, but for the oldest").hasSize(3);
        assertThat(next.get(0).has("occurrence")).isFalse();
        for (String where : List.of("do<=today", "late:passed", "")) {
            JsonNode list = store.call("task.list", Json.object().put("where", where));
            assertThat(list.path("total").asInt()).as(where).isEqualTo(where.equals("late:passed") ? 2 : 3);
            assertThat(dates(list.path("tasks"))).as(where).startsWith("2026-11-19", "2026-11-20");
            assertThat(list.path("tasks").get(1).path("occurrence")).as(where).isEqualTo(next.get(1).path("occurrence"));
        }
        assertThat(dates(store.call("task.list", "{'limit': 2, 'sort': 'title', 'after': '1'}").path("tasks"))).containsExactly("2026-11-20", "2026-11-21");
        JsonNode counts = store.call("board", "{}").path("counts");
        assertThat(counts.path("active").asInt()).isEqualTo(3);
        assertThat(counts.path("late").asInt()).isEqualTo(2);
        assertThat(store.ops()).as("nobody did anything").isEqualTo(before);
        store.now("2026-11-22T12:00:00Z");
        assertThat(dates(store.call("next", "{}"))).hasSize(4).endsWith("2026-11-22");
    }

    @Test
    void aRowIsDoneSkippedPutOffAndReopenedByItsOccurrence() {
        String id = task("{'title': 'Pills', 'do_date': '2026-11-17', 'rule': 'FREQ=DAILY', 'on_missed': 'all'}");
        JsonNode next = store.call("next", "{}");
        String second = find(next, 1, "occurrence").asText();
        String third = find(next, 2, "occurrence").asText();
        String fourth = find(next, 3, "occurrence").asText();
        assertThat(store.call("task.set_state", about(second).put("state", "done")).path("id").asText()).isEqualTo(id);
        assertThat(dates(store.call("next", "{}"))).containsExactly("2026-11-17", "2026-11-19", "2026-11-20", "2026-11-21");
        store.call("task.skip", about(third));
        String end = fourth.substring(20).toLowerCase(java.util.Locale.ROOT);
        assertThat(store.call("node.resolve", Json.object().put("name", end)).at("/node/occurrence").asText()).isEqualTo(fourth);
        assertThat(store.call("node.resolve", Json.object().put("name", end)).at("/node/task/do_date/local").asText()).isEqualTo("2026-11-20");
        store.call("task.set_schedule", about(end).put("do_date", "2026-11-30"));
        assertThat(dates(store.call("next", "{}"))).containsExactly("2026-11-17", "2026-11-21");
        assertThat(history(id).path("marks").asText()).isEqualTo("x>");
        store.call("task.set_state", about(second).put("state", "outstanding"));
        assertThat(dates(store.call("next", "{}"))).containsExactly("2026-11-17", "2026-11-18", "2026-11-21");
        set(id, "dropped");
        assertThat(history(id).path("marks").asText()).as("the task's own id is the oldest").isEqualTo("->");
        store.call("task.set_state", about(third).put("state", "done"));
        assertThat(history(id).path("marks").asText()).as("a slip is put right").isEqualTo("-x");
    }

    @Test
    void allRowsAtOnceAreOneActionAndTheLastOnesEndTheTask() {
        String id = task("{'title': 'Course', 'do_date': '2026-11-18', 'rule': 'FREQ=DAILY;COUNT=3', 'on_missed': 'all'}");
        ObjectNode all = Json.object().put("state", "done");
        store.call("next", "{}").forEach(row -> all.withArray("ids").add(row.path(row.has("occurrence") ? "occurrence" : "id")));
        JsonNode changed = store.call("task.change", all);
        assertThat(changed.path("changed").asInt()).isEqualTo(3);
        assertThat(changed.at("/tasks/1/id").asText()).isEqualTo(id);
        assertThat(row(id).path("state").asText()).isEqualTo("done");
        assertThat(store.call("undo", "{}").path("label").asText()).isEqualTo("done Course");
        assertThat(store.call("next", "{}")).hasSize(3);
        assertThatThrownBy(() -> store.call("task.skip", about("01HZZZZZZZZZZZZZZZZZZZZZZZ"))).hasMessageContaining("no note");
    }

    @Test
    void aLongGapShowsItsOldestDatesAndHowManyMoreThereAre() {
        task("{'title': 'Pills', 'do_date': '2026-09-01', 'rule': 'FREQ=DAILY', 'on_missed': 'all'}");
        JsonNode rows = store.call("task.list", "{}").path("tasks");
        assertThat(rows).hasSize(30);
        assertThat(rows.get(0).at("/recurrence/missed").asInt()).isZero();
        assertThat(rows.get(29).at("/do_date/local").asText()).isEqualTo("2026-09-30");
        assertThat(rows.get(29).at("/recurrence/missed").asInt()).isEqualTo(52);
        assertThat(store.call("next", "{'limit': 100}")).hasSize(30);
    }

    @Test
    void whatATaskWaitsForAllOfItsRowsWaitFor() {
        String id = task("{'title': 'Pills', 'do_date': '2026-11-20', 'rule': 'FREQ=DAILY', 'on_missed': 'all', 'project': 'Health'}");
        String buy = task("{'title': 'Buy pills'}");
        store.call("task.change", Json.object().put("block", buy).set("ids", Json.MAPPER.createArrayNode().add(id)));
        JsonNode next = store.call("next", "{}");
        assertThat(store.titles(next)).containsExactly("Buy pills");
        assertThat(next.get(0).path("unblocks")).hasSize(1);
        set(buy, "done");
        assertThat(store.titles(store.call("next", "{'scope': '@Health'}"))).containsExactly("Pills", "Pills");
        store.call("node.tombstone", about(id));
        assertThat(store.call("next", "{}")).isEmpty();
    }

    @Test
    void doneAndPutOffAtOnceIsDone() {
        String id = task("{'title': 'Water', 'rule': 'FREQ=WEEKLY'}");
        store.call("task.change", "{'ids': ['" + id + "'], 'state': 'done', 'do_date': '2026-11-30'}");
        assertThat(history(id).path("marks").asText()).isEqualTo("x");
    }

    @Test
    void anUndonePutOffDoesNotComeBack() {
        String id = task("{'title': 'Water', 'do_date': '2026-11-21', 'rule': 'FREQ=WEEKLY'}");
        store.call("task.set_schedule", about(id).put("do_date", "2026-11-27"));
        store.call("undo", "{}");
        store.call("task.set_schedule", about(id).put("late_on", "2026-11-28"));
        assertThat(due(id)).isEqualTo("2026-11-21");
    }

    @Test
    void anotherIntervalDoesNotMakeItLateAndAnotherPolicyDoesNotBeginAnew() {
        String id = task("{'title': 'Water', 'do_date': '2026-11-07', 'late_on': '2026-11-08', 'rule': 'FREQ=WEEKLY;COUNT=4'}");
        store.call("task.set_recurrence", about(id).put("rule", "FREQ=WEEKLY;COUNT=4").put("on_missed", "keep"));
        assertThat(due(id)).isEqualTo("2026-11-07");
        set(id, "done");
        set(id, "done");
        store.call("task.set_recurrence", about(id).put("rule", "FREQ=WEEKLY;INTERVAL=2"));
        assertThat(due(id)).isEqualTo("2026-11-21");
        assertThat(row(id).at("/late_on/local").asText()).isEqualTo("2026-11-22");
    }

    @Test
    void whatIsDeletedDoesNotComeAgain() {
        String id = task("{'title': 'Water', 'rule': 'FREQ=DAILY'}");
        store.call("node.tombstone", about(id));
        assertThat(store.call("task.coming", "{'until': '2026-11-30'}").size()).isZero();
        assertThatThrownBy(() -> store.call("task.coming", "{'until': 'soon'}")).hasMessageContaining("'until' is a day");
    }

    @Test
    void whatWasDoneByAnOlderRuleStaysDone() {
        String id = task("{'title': 'Water', 'do_date': '2026-11-16', 'rule': 'FREQ=WEEKLY;BYDAY=MO'}");
        set(id, "done");
        store.call("task.set_recurrence", about(id).put("rule", "FREQ=WEEKLY;BYDAY=FR").put("start", "2026-11-20"));
        assertThatThrownBy(() -> set(id, "outstanding")).hasMessageContaining("2026-11-16");
        assertThat(history(id).path("marks").asText()).startsWith("x");
    }

    @Test
    void aChangeThatSetsTheSameTwiceDoesNotDisagreeWithItself() {
        String id = task("{'title': 'Water', 'do_date': '2026-11-21', 'late_on': '2026-11-22', 'rule': 'FREQ=WEEKLY'}");
        store.call("task.change", "{'ids': ['" + id + "'], 'rule': 'FREQ=WEEKLY;INTERVAL=2', 'do_date': '2026-12-01', 'late_on': '2026-12-04'}");
        assertThat(store.sql("SELECT max(writes) FROM (SELECT count(*) AS writes FROM tips GROUP BY entity, facet, field)")).isEqualTo("1");
        assertThat(due(id)).isEqualTo("2026-12-01");
        assertThat(row(id).at("/late_on/local").asText()).isEqualTo("2026-12-04");
    }

    @Test
    void thePolicyIsChangedWithoutTheRule() {
        String id = task("{'title': 'Pills', 'do_date': '2026-11-19', 'rule': 'FREQ=DAILY'}");
        store.call("task.change", "{'ids': ['" + id + "'], 'on_missed': 'all'}");
        assertThat(dates(store.call("next", "{}"))).containsExactly("2026-11-19", "2026-11-20", "2026-11-21");
        store.call("task.change", "{'ids': ['" + id + "'], 'on_missed': 'latest', 'rule': 'FREQ=DAILY;INTERVAL=2'}");
        assertThat(dates(store.call("next", "{}"))).containsExactly("2026-11-21");
        assertThatThrownBy(() -> store.call("task.change", "{'ids': ['" + task("{'title': 'once'}") + "'], 'on_missed': 'all'}"))
                .hasMessageContaining("does not repeat");
    }
}
