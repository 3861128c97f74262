package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.Test;

/** Two devices have a folder of the same name each, with files of the same name: perhaps the same folder, brought there by another program. */
class FoldersOfOneNameTest extends HubAndDevices {
    private static int actions;

    @Test
    void aFileThatDidNotChangeTakesNothingBack() {
        bothHave("one\ntwo\n");
        take(phone, "one\ntwo, better\n");
        everywhere();
        long before = laptop.ops();

        assertThat(take(laptop, "one\ntwo\n").path("unchanged").asInt()).isEqualTo(1);
        assertThat(laptop.ops()).isEqualTo(before);
        assertThat(body(laptop)).isEqualTo("one\ntwo, better\n");
    }

    @Test
    void norDoesTheSameFileOfWhoCameSecond() {
        bothHave("one\ntwo\n");
        everywhere();
        take(laptop, "one\ntwo, better\n");
        everywhere();
        long before = phone.ops();
        assertThat(take(phone, "one\ntwo\n").path("unchanged").asInt()).isEqualTo(1);
        assertThat(phone.ops()).isEqualTo(before);
        assertThat(body(phone)).isEqualTo("one\ntwo, better\n");
    }

    @Test
    void whatWasDeletedStaysSoWhenNothingIsNew() {
        bothHave("one\n");
        take(phone, "two\n");
        everywhere();
        phone.call("node.tombstone", Json.object().put("id", phone.call("node.resolve", "{'name': 'G'}").at("/node/id").asText()));
        everywhere();
        assertThat(take(laptop, "two\n").path("unchanged").asInt()).isEqualTo(1);
        assertThat(laptop.call("node.resolve", "{'name': 'G'}").path("match").asText()).isEqualTo("none");
    }

    @Test
    void whatAnotherBroughtSinceIsNotPruned() {
        bothHave("one\n");
        take(phone, "another's words\n");
        everywhere();
        assertThat(prune(laptop, "G.md").at("/skipped/0/reason").asText()).contains("another device has brought");
        take(laptop, "another's words\n");
        assertThat(prune(laptop, "G.md").path("deleted").asInt()).isEqualTo(1);
    }

    @Test
    void whatChangedInOneIsMergedWithWhatChangedInTheOther() {
        bothHave("one\ntwo\nthree\n");
        take(phone, "one\ntwo\nthree, better\n");
        everywhere();
        assertThat(take(laptop, "one!\ntwo\nthree\n").path("updated").asInt()).isEqualTo(1);
        everywhere();
        assertThat(body(laptop)).isEqualTo("one!\ntwo\nthree, better\n").isEqualTo(body(phone));
        take(phone, "one\ntwo\nthree, best\n");
        everywhere();
        assertThat(body(laptop)).isEqualTo("one!\ntwo\nthree, best\n").isEqualTo(body(phone));
    }

    /** As when the folder is kept the same on both. */
    @Test
    void whatTheOtherBroughtFirstIsNotedForThisOneToo() {
        bothHave("one\n");
        take(phone, "two\n");
        everywhere();
        assertThat(take(laptop, "two\n").path("unchanged").asInt()).isEqualTo(1);
        long before = laptop.ops();
        assertThat(take(laptop, "two\n").path("unchanged").asInt()).isEqualTo(1);
        assertThat(laptop.ops()).isEqualTo(before);
        take(laptop, "one\n");
        everywhere();
        assertThat(body(phone)).as("taken back in the file, and on purpose").isEqualTo("one\n");
    }

    @Test
    void onlyWhatCameFromHereCanBePrunedHere() {
        bothHave("one\n");
        take(phone, "Diary.md", "mine\n");
        everywhere();

        assertThat(laptop.call("import.files", "{'vault': 'notes'}").at("/files").toString()).contains("Diary.md").doesNotContain("Diary.md\",\"here");
        JsonNode kept = prune(laptop, "Diary.md");
        assertThat(kept.path("deleted").asInt()).isZero();
        assertThat(kept.at("/skipped/0/reason").asText()).contains("another device");
        assertThat(prune(phone, "Diary.md").path("deleted").asInt()).isEqualTo(1);
        everywhere();
        assertThat(laptop.titles(laptop.call("node.list", "{'kind': 'doc'}").path("nodes"))).containsExactly("G");
    }

    private void bothHave(String text) {
        take(laptop, text);
        everywhere();
        assertThat(take(phone, text).path("unchanged").asInt()).as("the same file").isEqualTo(1);
    }

    private void everywhere() {
        sync(laptop);
        sync(phone);
        sync(laptop);
        sync(phone);
    }

    private static JsonNode take(RunningStore device, String text) {
        return take(device, "G.md", text);
    }

    private static JsonNode take(RunningStore device, String path, String text) {
        ObjectNode batch = batch();
        batch.withArray("notes").addObject().put("path", path).put("title", path.replace(".md", "")).put("body", text);
        return device.call("import.batch", batch);
    }

    private static JsonNode prune(RunningStore device, String path) {
        ObjectNode batch = batch();
        batch.putArray("gone").add(path);
        return device.call("import.batch", batch);
    }

    private static ObjectNode batch() {
        ObjectNode batch = Json.object().put("vault", "notes").put("action", new Id(0, ++actions).toString());
        batch.putArray("notes");
        return batch;
    }

    private static String body(RunningStore device) {
        String id = device.call("node.resolve", "{'name': 'G'}").at("/node/id").asText();
        return device.get(id).path("body").asText();
    }
}
