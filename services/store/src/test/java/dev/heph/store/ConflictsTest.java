package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code conflicts.list} and {@code conflicts.resolve}, by a race that one device makes with itself: a buffer that is behind. */
class ConflictsTest {
    private final RunningStore store = RunningStore.temporary();
    private String soup;

    @BeforeEach
    void twoBuffersOfOneNote() {
        soup = store.doc("Soup", "soup is cold\n");
        String loaded = store.get(soup).path("rev").asText();
        for (String body : new String[] {"soup is warm\n", "soup is hot\n"}) {
            store.call("node.update", about().put("body", body).put("base", loaded));
        }
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private ObjectNode about() {
        return Json.object().put("id", soup);
    }

    private JsonNode only() {
        JsonNode page = store.call("conflicts.list", "{}");
        assertThat(page.path("total").asInt()).isEqualTo(1);
        return page.path("conflicts").path(0);
    }

    @Test
    void itIsListedWithWhatEachSideSays() {
        JsonNode conflict = only();
        assertThat(conflict.path("kind").asText()).isEqualTo("body");
        assertThat(conflict.at("/node/title").asText()).isEqualTo("Soup");
        assertThat(conflict.path("base").asText()).isEqualTo("soup is cold\n");
        assertThat(conflict.path("merged").asText()).isEqualTo(store.get(soup).path("body").asText());
        assertThat(conflict.at("/sides/0/value").asText()).isEqualTo("soup is warm\n");
        assertThat(conflict.at("/sides/1/value").asText()).isEqualTo("soup is hot\n");
        assertThat(conflict.at("/sides/1/at").asLong()).isGreaterThanOrEqualTo(RunningStore.NOON.toEpochMilli());
        assertThat(conflict.at("/sides/1/device_name").asText()).isNotEmpty();
        assertThat(store.get(soup).path("conflicts").asInt()).isEqualTo(1);
        assertThat(store.call("counts", "{}").path("conflict_count").asInt()).isEqualTo(1);
        assertThat(store.call("board", "{}").at("/counts/conflicts").asInt()).isEqualTo(1);
    }

    @Test
    void itIsSettledByTheEndOfItsIdAndTheSettlingCanBeUndone() {
        String merged = store.get(soup).path("body").asText();
        resolve("choice", "2", only().path("id").asText().substring(20).toLowerCase());
        assertThat(store.get(soup).path("body").asText()).isEqualTo("soup is hot\n");
        assertThat(store.call("conflicts.list", "{}").path("total").asInt()).isZero();
        assertThat(store.get(soup).path("conflicts").isMissingNode()).isTrue();
        assertThat(store.call("undo", "{}").path("label").asText()).isEqualTo("settle a conflict in Soup");
        assertThat(store.get(soup).path("body").asText()).isEqualTo(merged);
        assertThat(only().at("/sides/1/value").asText()).isEqualTo("soup is hot\n");
    }

    @Test
    void whatCameToTheLinesWhileTheyWereEditedStays() {
        JsonNode shown = only();
        String merged = shown.path("merged").asText();
        store.call("node.update", about().put("body", merged.replace("\n", " today\n")).put("base", store.get(soup).path("rev").asText()));
        assertThat(only().path("id")).isEqualTo(shown.path("id"));
        store.call("conflicts.resolve", Json.object().put("id", shown.path("id").asText()).put("value", merged.replace("soup", "The soup"))
                .put("base", shown.path("rev").asText()));
        assertThat(store.get(soup).path("body").asText()).isEqualTo(merged.replace("soup", "The soup").replace("\n", " today\n"));
        assertThat(store.call("conflicts.list", "{}").path("total").asInt()).isZero();
    }

    @Test
    void aBaseThatIsNoneIsRefused() {
        String id = only().path("id").asText();
        assertThatThrownBy(() -> store.call("conflicts.resolve", Json.object().put("id", id).put("value", "soup\n").put("base", "x")))
                .isInstanceOf(HephException.class).hasMessageContaining("'base' is no rev");
        assertThat(only().path("id").asText()).isEqualTo(id);
    }

    @Test
    void leftAsItIsAndThatUndoneItIsAskedAgain() {
        resolve("choice", "merged", only().path("id").asText());
        assertThat(store.call("conflicts.list", "{}").path("total").asInt()).isZero();
        store.call("undo", "{}");
        assertThat(only().path("kind").asText()).isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource({"choice, 3, INVALID_PARAMS", "choice, 0, INVALID_PARAMS", "choice, left, INVALID_PARAMS", "base, x, INVALID_PARAMS"})
    void whatIsNoChoiceIsRefused(String param, String value, Reason reason) {
        long before = store.ops();
        String id = only().path("id").asText();
        assertThatThrownBy(() -> resolve(param, value, id)).isInstanceOfSatisfying(HephException.class,
                refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void oneThatIsSettledIsNotFound() {
        String id = only().path("id").asText();
        resolve("choice", "merged", id);
        assertThatThrownBy(() -> resolve("choice", "merged", id)).hasMessageContaining("no open conflict");
    }

    private void resolve(String param, String value, String id) {
        store.call("conflicts.resolve", Json.object().put("id", id).put(param, value));
    }
}
