package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines and dates that people type, as the gateway reads them for every surface. */
class WordsTest {
    @TempDir
    Path directory;

    private Rig rig;
    private Client client;

    @BeforeEach
    void start() {
        rig = new Rig(directory);
        rig.store.answer("task.create", params -> Json.object().put("id", FakeStore.ID));
        client = rig.connect();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private JsonNode asked() {
        return rig.store.asked.stream().filter(asked -> asked.method().equals("task.create")).findFirst().orElseThrow().params();
    }

    @Test
    void aLineBecomesATaskAndWhatWasUnderstoodIsSaid() {
        JsonNode answer = client.call("capture", "{\"line\":\"Pay rent !red @House #home do:2026-12-01 late:2026-12-05\"}");
        assertThat(answer.at("/result/echo").asText()).isEqualTo("Pay rent · do Tue 1 Dec · late Sat 5 Dec · red · @House · #home");
        assertThat(answer.at("/result/task/id").asText()).isEqualTo(FakeStore.ID);
        assertThat(asked().toString()).isEqualTo("{\"title\":\"Pay rent\",\"attention\":\"red\",\"do_date\":\"2026-12-01\","
                + "\"late_on\":\"2026-12-05\",\"project\":\"House\",\"tags\":[\"home\"]}");
    }

    @Test
    void whatRepeatsBeginsOnTheFirstDateOfItsRule() {
        JsonNode answer = client.call("capture", "{\"line\":\"Water plants do:2026-12-01 every 2 weeks on fri\"}");
        assertThat(answer.at("/result/echo").asText()).isEqualTo("Water plants · do Fri 4 Dec · every 2 weeks on fri");
        assertThat(asked().toString()).isEqualTo("{\"title\":\"Water plants\",\"do_date\":\"2026-12-04\",\"tags\":[],"
                + "\"rule\":\"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\",\"after_done\":false}");
    }

    @Test
    void aRuleIsShownWithItsDates() {
        JsonNode answer = client.call("recur.preview", "{\"rule\":\"every last friday\",\"from\":\"2026-01-05T09:00\",\"count\":2}").path("result");
        assertThat(answer.toString()).isEqualTo("{\"words\":\"every last friday\",\"rule\":\"FREQ=MONTHLY;BYDAY=-1FR\",\"after_done\":false,"
                + "\"dates\":[\"2026-01-30T09:00:00\",\"2026-02-27T09:00:00\"]}");
        assertThat(client.call("recur.preview", "{\"rule\":\"FREQ=DAILY\",\"from\":\"2026-01-05\",\"until\":\"2026-01-07\"}")
                .at("/result/dates").size()).isEqualTo(3);
        assertThat(client.call("recur.preview", "{\"rule\":\"EXDATE:20260110\"}").at("/error/message").asText()).contains("one rule alone");
        assertThat(client.call("recur.preview", "{\"rule\":\"every month after done\",\"from\":\"2026-01-31\",\"count\":2}").at("/result/dates/1").asText())
                .isEqualTo("2026-02-28T00:00:00");
        assertThat(client.call("recur.preview", "{\"rule\":\"FREQ=NEVER\"}").at("/error/message").asText()).contains("FREQ=NEVER");
        assertThat(client.call("recur.preview", "{\"rule\":\"FREQ=DAILY\",\"zone\":\"Mars\"}").at("/error/message").asText()).contains("Europe/Berlin");
    }

    @Test
    void lookingFirstMakesNothing() {
        JsonNode answer = client.call("capture", "{\"line\":\"Pay rent !red\",\"dry_run\":true}");
        assertThat(answer.at("/result/echo").asText()).isEqualTo("Pay rent · red");
        assertThat(answer.at("/result/task").isMissingNode()).isTrue();
        assertThat(rig.store.asked).isEmpty();
    }

    @Test
    void aProjectThatIsNotThereIsSaidToBeNew() {
        rig.store.answer("task.create", params -> Json.object().put("id", FakeStore.ID).put("new_project", params.path("project").asText()));
        rig.store.answer("node.resolve", params -> Json.object().put("match", params.path("name").asText().equals("house") ? "one" : "none"));
        assertThat(client.call("capture", "{\"line\":\"Pay rent @hosue #home\"}").at("/result/echo").asText())
                .isEqualTo("Pay rent · @hosue (new project) · #home");
        assertThat(look("Pay rent @hosue")).isEqualTo("Pay rent · @hosue (new project)");
        assertThat(look("Pay rent @house/attic")).isEqualTo("Pay rent · @house/attic (new project)");
        assertThat(look("Pay rent @house")).isEqualTo("Pay rent · @house");
    }

    private String look(String line) {
        return client.call("capture", Json.object().put("line", line).put("dry_run", true).toString()).at("/result/echo").asText();
    }

    @Test
    void whatIsNotUnderstoodMakesNothingAndSaysWhatWouldBe() {
        assertThat(client.call("capture", "{\"line\":\"Pay rent !urgent\"}").at("/error/message").asText()).contains("!urgent").contains("!red");
        assertThat(client.call("date.parse", "{\"text\":\"frday\"}").at("/error/message").asText()).contains("frday").contains("fri");
        assertThat(rig.store.asked).isEmpty();
    }

    @Test
    void datesAreReadIntoTheirLocalForm() {
        assertThat(client.call("date.parse", "{\"text\":\"2026-12-01 17:00\"}").at("/result/local").asText()).isEqualTo("2026-12-01T17:00");
        assertThat(client.call("date.parse", "{\"text\":\"1 dec 2030\"}").at("/result/words").asText()).isEqualTo("Sun 1 Dec 2030");
        assertThat(client.call("date.parse", "{\"text\":\"none\"}").at("/result/local").isNull()).isTrue();
    }
}
