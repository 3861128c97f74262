package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who settles a conflict is told of which note or task it was, by which the list has named it too. */
class SettledSubjectTest extends HubAndDevices {
    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void ofOneDateTheTask(String side) {
        String gym = gym("FREQ=DAILY", "2026-11-21");
        JsonNode conflict = disagreed(gym);
        JsonNode node = conflict.path("node");
        assertThat(node.path("id").asText()).isEqualTo(gym);
        assertThat(settle(conflict, side).path("node")).isEqualTo(node);
        assertThat(laptop.call("conflicts.list", "{}").path("total").asInt()).isZero();
    }

    @Test
    void ofADateThatIsOpenAgainTheTask() {
        String gym = gym("FREQ=DAILY", "2026-11-21");
        JsonNode conflict = disagreed(gym);
        JsonNode settled = laptop.call("conflicts.resolve", Json.object().put("id", conflict.path("id").asText()).put("value", "outstanding"));
        assertThat(settled.at("/node/id").asText()).isEqualTo(gym);
    }

    @ParameterizedTest
    @CsvSource({"FREQ=DAILY, 2026-11-21, 2026-11-21", "FREQ=DAILY, 2026-11-21T07:00, 2026-11-21T07:00", "FREQ=HOURLY;INTERVAL=24, 2026-11-21T00:00, 2026-11-21T00:00"})
    void aDateHasAnHourIfItsTaskDoes(String rule, String start, String shown) {
        assertThat(disagreed(gym(rule, start)).path("occurrence").asText()).isEqualTo(shown);
        JsonNode history = laptop.call("history", Json.object().put("id", disagreedTask()));
        assertThat(history.at("/rows").findValuesAsText("occurrence")).isNotEmpty().containsOnly(shown);
    }

    @Test
    void ofOneThatStaysDeletedThat() {
        String soup = laptop.doc("Soup", "hot\n");
        all();
        laptop.call("node.tombstone", Json.object().put("id", soup));
        phone.call("node.update", Json.object().put("id", soup).put("body", "cold\n").put("base", phone.get(soup).path("rev").asText()));
        all();
        JsonNode conflict = conflict();
        String side = conflict.at("/sides/0/value").asText().equals("deleted") ? "1" : "2";
        assertThat(settle(conflict, side).path("node")).isEqualTo(conflict.path("node"));
    }

    private String gym(String rule, String start) {
        String gym = laptop.call("task.create", Json.object().put("title", "Gym")).path("id").asText();
        laptop.call("task.change", Json.object().put("rule", rule).put("do_date", start).set("ids", Json.MAPPER.createArrayNode().add(gym)));
        all();
        return gym;
    }

    private JsonNode disagreed(String gym) {
        laptop.call("task.set_state", Json.object().put("id", gym).put("state", "done"));
        phone.call("task.set_state", Json.object().put("id", gym).put("state", "dropped"));
        all();
        return conflict();
    }

    private String disagreedTask() {
        return conflict().at("/node/id").asText();
    }

    private JsonNode conflict() {
        JsonNode page = laptop.call("conflicts.list", "{}");
        assertThat(page.path("total").asInt()).isEqualTo(1);
        return page.at("/conflicts/0");
    }

    private JsonNode settle(JsonNode conflict, String side) {
        return laptop.call("conflicts.resolve", Json.object().put("id", conflict.path("id").asText()).put("choice", side));
    }

    private void all() {
        sync(laptop);
        sync(phone);
        sync(laptop);
    }
}
