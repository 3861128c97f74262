package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which node is the journal of a day. */
class JournalsTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aNoteThatIsCalledAsADayIsItsJournal_andNothingIsMade() {
        String daily = store.doc("2023-09-12", "rain");
        long before = store.ops();
        assertThat(of("2023-09-12").path("body").asText()).isEqualTo("rain");
        assertThat(opened("2023-09-12").path("id").asText()).isEqualTo(daily);
        assertThat(store.ops()).isEqualTo(before);
        assertThat(of("2023-09-13").isNull()).isTrue();
    }

    @Test
    void whereThereIsAJournalThatIsIt() {
        JsonNode journal = store.call("node.create", "{'kind': 'journal', 'title': '2023-09-12'}");
        store.doc("2023-09-12", "of a folder");
        assertThat(opened("2023-09-12").path("id")).isEqualTo(journal.path("id"));
        assertThat(of("2023-09-12").path("kind").asText()).isEqualTo("journal");
        store.call("node.tombstone", Json.object().set("id", journal.path("id")));
        assertThat(of("2023-09-12").path("kind").asText()).as("while it is not deleted").isEqualTo("doc");
    }

    @Test
    void whatOnlyMentionsTheDayIsNot() {
        store.call("alias.add", Json.object().put("id", store.doc("Rainy", "")).put("alias", "2023-09-12"));
        store.doc("2023-09-12 Rain", "");
        store.doc("In the text", "---\ntitle: 2023-09-12\n---\n");
        store.call("node.create", "{'kind': 'task', 'title': '2023-09-12'}");
        store.call("node.create", "{'kind': 'project', 'title': '2023-09-12'}");
        assertThat(of("2023-09-12").isNull()).isTrue();
        assertThat(opened("2023-09-12").path("kind").asText()).isEqualTo("journal");
        store.call("node.tombstone", Json.object().put("id", store.doc("2023-09-13", "")));
        assertThat(of("2023-09-13").isNull()).as("deleted").isTrue();
    }

    @Test
    void ofSeveralItIsTheFirst() {
        String first = store.doc("2023-09-12", "one");
        store.doc("2023-09-12", "two");
        assertThat(of("2023-09-12").path("id").asText()).isEqualTo(first);
    }

    @Test
    void thoseNearbyAreTheLastBeforeAndTheFirstAfter() {
        assertThat(near("2023-09-12")).isEqualTo("none none");
        for (String title : new String[] {"2023-09-12", "2023-09-30", "2023-09-31", "2023-9-20", "2023-09-20 not", "1", "9999-99-99", "zebra", "2024-02-29"}) {
            store.doc(title, "x");
        }
        opened("2023-09-20");
        assertThat(near("2023-09-12")).isEqualTo("none 2023-09-20");
        assertThat(near("2023-09-19")).isEqualTo("2023-09-12 2023-09-20");
        assertThat(near("2023-09-30")).isEqualTo("2023-09-20 2024-02-29");
        assertThat(near("2023-12-01")).isEqualTo("2023-09-30 2024-02-29");
        assertThat(near("2024-02-29")).isEqualTo("2023-09-30 none");
        assertThat(store.call("journal.near", "{'date': '2023-09-13'}").path("previous").has("body")).as("as in a list").isFalse();
    }

    private String near(String day) {
        JsonNode near = store.call("journal.near", date(day));
        return near.at("/previous/title").asText("none") + " " + near.at("/next/title").asText("none");
    }

    private JsonNode of(String day) {
        return store.call("journal.of", date(day)).path("node");
    }

    private JsonNode opened(String day) {
        return store.call("journal.open_or_create", date(day));
    }

    private static ObjectNode date(String day) {
        return Json.object().put("date", day);
    }
}
