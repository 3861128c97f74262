package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.gateway.socket.Limits;
import dev.heph.runtime.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalsTest {
    @TempDir
    Path directory;

    private Rig rig;
    private Client client;
    private String existing = "Journal template";

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<String, String> flags) {
        rig = new Rig(directory, Limits.USUAL, flags);
        rig.store.answer("node.resolve", params -> {
            ObjectNode answer = Json.object();
            boolean there = existing.equals(params.path("name").asText());
            answer.set("node", there ? Json.object().put("id", FakeStore.ID) : answer.nullNode());
            return answer;
        });
        String template = "# {{weekday}}, {{date}}\n[[{{yesterday}}]] [[{{tomorrow}}]] {{x}}\n";
        rig.store.answer("node.get", params -> Json.object().put("body", template));
        rig.store.answer("node.create", params -> Json.object().put("id", "MADE"));
        rig.store.answer("journal.open_or_create", params -> Json.object().put("id", "OPENED"));
        rig.store.answer("journal.of", params -> Json.object().set("node",
                existing.equals(params.path("date").asText()) ? Json.object().put("id", "THERE") : Json.object().nullNode()));
        client = rig.connect();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private String opened() {
        return client.call("journal.open_or_create", "{\"date\":\"2026-11-30\"}").at("/result/id").asText();
    }

    private List<JsonNode> asked(String method) {
        return rig.store.asked.stream().filter(asked -> asked.method().equals(method)).map(FakeStore.Asked::params).toList();
    }

    @Test
    void aNewJournalBeginsWithTheTemplate() {
        assertThat(opened()).isEqualTo("MADE");
        assertThat(asked("node.create")).singleElement().isEqualTo(Json.object().put("kind", "journal").put("title", "2026-11-30")
                .put("body", "# Monday, 2026-11-30\n[[2026-11-29]] [[2026-12-01]] {{x}}\n"));
    }

    @Test
    void theTemplateIsTheNoteThatIsSet() {
        stop();
        start(Map.of("--journal-template", "My day"));
        assertThat(opened()).as("the usual one is another note now").isEqualTo("OPENED");
        existing = "My day";
        assertThat(opened()).isEqualTo("MADE");
        assertThat(asked("node.resolve").getLast()).isEqualTo(Json.object().put("name", "My day").put("kind", "doc"));
    }

    @Test
    void withNoTemplateSet_noneIsLookedFor() {
        stop();
        start(Map.of("--journal-template", ""));
        assertThat(opened()).isEqualTo("OPENED");
        assertThat(asked("node.resolve")).isEmpty();
    }

    @Test
    void oneThatIsThereIsOpenedAsItIs() {
        existing = "2026-11-30";
        assertThat(opened()).isEqualTo("THERE");
        assertThat(asked("node.create")).isEmpty();
        assertThat(asked("journal.open_or_create")).isEmpty();
    }

    @Test
    void oneThatIsNotThereIsNotMadeWhenAskedSo() {
        String params = "{\"date\":\"2026-11-30\",\"make\":false}";
        JsonNode error = client.call("journal.open_or_create", params).path("error");
        assertThat(error.path("message").asText()).isEqualTo("there is no journal of 2026-11-30 yet. Begin it: heph journal 2026-11-30 --edit");
        existing = "2026-11-30";
        assertThat(client.call("journal.open_or_create", params).at("/result/id").asText()).isEqualTo("THERE");
        assertThat(asked("node.create")).isEmpty();
        assertThat(asked("journal.open_or_create")).isEmpty();
    }

    @Test
    void withoutATemplate_orWithAnEmptyOne_itIsEmpty() {
        existing = "nothing";
        assertThat(opened()).isEqualTo("OPENED");
        existing = "Journal template";
        rig.store.answer("node.get", params -> Json.object().put("body", ""));
        assertThat(opened()).isEqualTo("OPENED");
        assertThat(asked("node.create")).isEmpty();
    }

    @Test
    void oneThatAnotherClientHasJustMadeIsOpenedAsItIs() {
        rig.store.answer("node.create", params -> {
            throw new HephException(Reason.CONFLICT, "the journal exists already");
        });
        assertThat(opened()).isEqualTo("OPENED");
    }

    @Test
    void nearIsWhatTheStoreSays() {
        rig.store.answerRaw("journal.near", "{\"previous\":null,\"next\":{\"title\":\"2026-12-24\"}}");
        JsonNode result = client.call("journal.near", "{\"date\":\"2026-11-30\"}").path("result");
        assertThat(result.at("/next/title").asText()).isEqualTo("2026-12-24");
        assertThat(asked("journal.near")).singleElement().isEqualTo(Json.object().put("date", "2026-11-30"));
    }
}
