package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one store gives out, another one takes in, and gives out again. */
class ExportedNodesTest {
    private final RunningStore store = RunningStore.temporary();
    private final RunningStore other = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
        other.close();
    }

    @Test
    void anEntryOfALogThatSaysNoTimeHasTheTimeOfTheImport_oneWithATimeThatIsNoneIsNamed() {
        String id = Id.parse("01J00000000000000000000001").orElseThrow().toString();
        ObjectNode node = Json.object().put("id", id).put("kind", "doc").put("title", "Old");
        node.putArray("log").add("as an earlier heph wrote it");
        assertThat(bringIn(Json.MAPPER.createArrayNode().add(node)).path("created").asInt()).isEqualTo(1);
        assertThat(other.call("log.list", Json.object().put("id", id)).get(0).path("at").asLong()).isEqualTo(RunningStore.NOON.toEpochMilli());

        ObjectNode bad = node.deepCopy().put("id", "01J00000000000000000000002").put("path", "Old.md");
        bad.putArray("log").addObject().put("at", -5).put("text", "x");
        JsonNode answer = bringIn(Json.MAPPER.createArrayNode().add(bad));
        assertThat(answer.path("created").asInt()).isZero();
        assertThat(answer.at("/skipped/0/reason").asText()).contains("'at' is a whole number from 0");
    }

    @Test
    void everyKindComesBackWithAllThatIsKnownOfIt() {
        String note = store.doc("Made here", "---\naliases: [In the text]\n---\n[[Bread]]\r\n");
        store.call("alias.add", Json.object().put("id", note).put("alias", "Hand made"));
        store.call("node.update", Json.object().put("id", note).put("title", "Renamed"));
        importFile("a/Bread.md", "flour");
        String task = task("{'title': 'Pay rent', 'attention': 'red', 'do_date': '2026-12-01', 'late_on': '2026-12-05T09:30',"
                + " 'project': 'House/Bills', 'tags': ['home', 'x/y']}");
        store.call("node.update", Json.object().put("id", context(task)).put("body", "context\n"));
        store.call("log.append", Json.object().put("id", task).put("text", "first"));
        store.now("2026-11-22T08:00:00Z");
        store.call("log.append", Json.object().put("id", task).put("text", "zweiter 日本\nline"));
        String idea = task("{'title': 'Perhaps', 'committed': false}");
        store.call("item.add", Json.object().put("container", note).put("title", "tick me"));
        store.call("task.set_state", Json.object().put("id", task("{'title': 'Over'}")).put("state", "dropped"));
        store.call("link.add", Json.object().put("src", task).put("dst", idea).put("type", "blocks"));
        store.call("link.add", Json.object().put("src", note).put("dst", task).put("type", "x-new").put("key", "k"));
        store.call("tag.add", Json.object().put("id", note).put("tag", "home"));
        String day = store.call("journal.open_or_create", "{'date': '2026-11-20'}").path("id").asText();
        store.call("node.update", Json.object().put("id", day).put("body", "- [ ] day"));
        store.call("node.tombstone", Json.object().put("id", store.doc("Deleted", "gone")));

        JsonNode exported = exported(store);
        JsonNode answer = bringIn(exported);

        assertThat(answer.path("skipped")).isEmpty();
        assertThat(answer.path("created").asInt()).isEqualTo(exported.size());
        assertThat(exported(other)).isEqualTo(exported);
        assertThat(exported.findValuesAsText("title"))
                .contains("Renamed", "Bread", "Pay rent", "Perhaps", "tick me", "House", "Bills", "home", "2026-11-20")
                .doesNotContain("Deleted");
        assertThat(other.get(note).path("aliases").toString()).isEqualTo("[\"Hand made\",\"Made here\",\"In the text\"]");
        JsonNode log = other.call("log.list", Json.object().put("id", task));
        assertThat(log.findValuesAsText("text")).containsExactly("first", "zweiter 日本\nline");
        assertThat(log.findValuesAsText("at")).isEqualTo(store.call("log.list", Json.object().put("id", task)).findValuesAsText("at"));
        assertThat(other.call("doctor", "{'rebuild_check': true}").path("ok").asBoolean()).isTrue();
    }

    @Test
    void onceMoreAndIntoWhereItCameFromChangesNothing() {
        importFile("a/Bread.md", "flour");
        store.call("task.create", "{'title': 'Pay rent', 'tags': ['home']}");
        JsonNode exported = exported(store);
        long before = store.ops();
        JsonNode answer = store.call("import.nodes", part(exported));
        assertThat(answer.path("unchanged").asInt()).isEqualTo(exported.size());
        assertThat(store.ops()).isEqualTo(before);
        bringIn(exported);
        before = other.ops();
        assertThat(bringIn(exported).path("created").asInt()).isZero();
        assertThat(other.ops()).isEqualTo(before);
    }

    @Test
    void theContextOfATaskThatDoesNotComeIsADocumentOfItsTitle_orStaysOutIfItIsEmpty() {
        String said = task("{'title': 'Pay rent'}");
        String empty = task("{'title': 'Call Ann'}");
        store.call("node.update", Json.object().put("id", context(said)).put("body", "how to\n"));
        ArrayNode contexts = Json.MAPPER.createArrayNode();
        ArrayNode tasks = Json.MAPPER.createArrayNode();
        exported(store).forEach(node -> (node.has("context") ? contexts : tasks).add(node));

        JsonNode answer = bringIn(contexts);

        assertThat(answer.path("created").asInt()).isEqualTo(1);
        assertThat(answer.path("skipped").toString()).isEqualTo(
                "[{\"path\":\"Call Ann\",\"reason\":\"is the context of a task that is not here, and there is nothing in it\"}]");
        assertThat(other.get(context(said)).path("title").asText()).isEqualTo("Pay rent");
        assertThat(other.get(context(said)).path("body").asText()).isEqualTo("how to\n");

        bringIn(tasks);
        assertThat(bringIn(contexts).path("skipped")).as("its task is here by now").isEmpty();
        assertThat(exported(other)).isEqualTo(exported(store));
        other.call("node.update", Json.object().put("id", said).put("title", "Rent"));
        assertThat(other.get(context(said)).path("title").asText()).isEqualTo("Rent");
        assertThat(other.get(context(empty)).path("title").asText()).isEqualTo("Call Ann");
    }

    @Test
    void whatWasDeletedHereStaysDeleted() {
        String id = store.doc("Note", "text");
        JsonNode exported = exported(store);
        bringIn(exported);
        other.call("node.tombstone", Json.object().put("id", id));
        assertThat(bringIn(exported).path("unchanged").asInt()).isEqualTo(1);
        assertThat(other.call("node.list", "{}").path("total").asInt()).isZero();
    }

    @Test
    void aNoteThatIsAsItsFileWasIsMergedWithWhatBecomesOfTheFile() {
        importFile("a/Bread.md", "flour\nwater\nsalt\n");
        JsonNode exported = exported(store);
        bringIn(exported);
        String id = exported.path(0).path("id").asText();
        other.call("node.update", Json.object().put("id", id).put("body", "rye flour\nwater\nsalt\n"));
        assertThat(importFile(other, "a/Bread.md", "flour\nwater\nsalt\n").path("unchanged").asInt()).isEqualTo(1);
        assertThat(importFile(other, "a/Bread.md", "flour\nwater\nsea salt\n").path("updated").asInt()).isEqualTo(1);
        assertThat(other.get(id).path("body").asText()).isEqualTo("rye flour\nwater\nsea salt\n");
    }

    @Test
    void aNoteThatWasEditedBeforeItWasExportedIsNotOverwrittenByItsFile() {
        importFile("a/Bread.md", "flour\nwater\n");
        String id = exported(store).path(0).path("id").asText();
        store.call("node.update", Json.object().put("id", id).put("body", "rye flour\nwater\n"));
        bringIn(exported(store));
        assertThat(importFile(other, "a/Bread.md", "flour\nwater\n").path("unchanged").asInt()).as("the file as it was").isEqualTo(1);
        JsonNode answer = importFile(other, "a/Bread.md", "flour\nwater, warm\n");
        assertThat(answer.at("/skipped/0/reason").asText()).startsWith("was edited both here and there");
        assertThat(other.get(id).path("body").asText()).isEqualTo("rye flour\nwater\n");
        assertThat(importFile(other, "a/Bread.md", "rye flour\nwater\n").path("updated").asInt()).as("settled").isEqualTo(1);
        assertThat(importFile(other, "a/Bread.md", "rye flour\nwater, warm\n").path("updated").asInt()).isEqualTo(1);
        assertThat(other.get(id).path("body").asText()).isEqualTo("rye flour\nwater, warm\n");
    }

    @Test
    void whatIsForgedIsNamedAndTheRestComesIn() {
        String id = "01J0000000000000000000000A";
        List<String> forged = List.of(
                "{'id': 'nope', 'kind': 'doc', 'title': 'x'}",
                "{'id': '01J0000000000000000000000B', 'kind': 'galaxy', 'title': 'x'}",
                "{'id': '01J0000000000000000000000B', 'kind': 'doc', 'title': ''}",
                "{'id': '01J0000000000000000000000B', 'kind': 'journal', 'title': 'no day'}",
                "{'id': '01J0000000000000000000000B', 'kind': 'doc', 'title': 'x', 'body': 'a\\u0000b'}",
                "{'id': '01J0000000000000000000000B', 'kind': 'task', 'title': 'x', 'fields': {'task.do_date': {'day': '2026-13-01'}}}",
                "{'id': '01J0000000000000000000000B', 'kind': 'task', 'title': 'x', 'fields': {'state': 'done'}}",
                "{'id': '01J0000000000000000000000B', 'kind': 'task', 'title': 'x', 'fields': {'task.later': {'star': 1}}}",
                "{'id': '01J0000000000000000000000B', 'kind': 'doc', 'title': 'x', 'aliases': ['']}",
                "{'id': '01J0000000000000000000000B', 'kind': 'doc', 'title': 'x', 'links': [{'type': 'wiki', 'dst': '" + id + "'}]}",
                "{'id': '01J0000000000000000000000B', 'kind': 'task', 'title': 'x', 'links': [{'type': 'canonical-context', 'dst': '" + id + "'}]}");
        forged.forEach(node -> {
            JsonNode answer = bringIn(Json.MAPPER.createArrayNode()
                    .add(Json.read(node.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                    .add(Json.object().put("id", id).put("kind", "doc").put("title", "good")));
            assertThat(answer.path("skipped")).as(node).hasSize(1);
        });
        assertThat(other.titles(other.call("node.list", "{}").path("nodes"))).containsExactly("good");
        assertThat(other.call("doctor", "{'rebuild_check': true}").path("ok").asBoolean()).isTrue();
    }

    @Test
    void anythingThatCanBeDoneComesBack() {
        long seed = Seed.next();
        Random random = new Random(seed);
        List<String> ids = new ArrayList<>();
        for (int deed = 0; deed < 150; deed++) {
            deed(random, ids, deed);
        }
        ArrayNode exported = exported(store);
        List<JsonNode> shuffled = new ArrayList<>();
        exported.forEach(shuffled::add);
        Collections.shuffle(shuffled, random); // a link may lead to what is not there yet
        assertThat(bringIn(Json.MAPPER.createArrayNode().addAll(shuffled)).path("skipped")).as("seed %d", seed).isEmpty();
        ArrayNode again = exported(other);
        for (int i = 0; i < exported.size(); i++) {
            assertThat(again.path(i)).as("seed %d", seed).isEqualTo(exported.get(i));
        }
        assertThat(again).as("seed %d", seed).hasSameSizeAs(exported);
    }

    private void deed(Random random, List<String> ids, int number) {
        String some = ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
        String text = List.of("a", "Ä b", "日本", "x/y", "😀 \"q\"").get(random.nextInt(5)) + random.nextInt(20);
        try {
            switch (random.nextInt(some == null ? 3 : 12)) {
                case 0 -> ids.add(store.doc(text, "---\ntitle: " + text + "\n---\n[[" + text + "]] #t" + number));
                case 1 -> ids.add(task("{'title': 't%d', 'project': 'p%d', 'do_date': '2026-12-0%d'}"
                        .formatted(number, random.nextInt(3), 1 + random.nextInt(9))));
                case 2 -> {
                    importFile("f" + random.nextInt(9) + "/" + number + ".md", text);
                    ids.add(store.call("node.resolve", Json.object().put("name", Integer.toString(number))).findValuesAsText("id").getFirst());
                }
                case 3 -> store.call("node.update", Json.object().put("id", some).put("title", text));
                case 4 -> store.call("node.update", Json.object().put("id", some).put("body", text + "\r\n".repeat(random.nextInt(3))));
                case 5 -> store.call("log.append", Json.object().put("id", some).put("text", text));
                case 6 -> store.call("alias.add", Json.object().put("id", some).put("alias", text));
                case 7 -> store.call("link.add", Json.object().put("src", some).put("dst", ids.get(random.nextInt(ids.size())))
                        .put("type", "t" + random.nextInt(3)));
                case 8 -> store.call("tag.add", Json.object().put("id", some).put("tag", text));
                case 9 -> store.call("task.set_state", Json.object().put("id", some).put("state", "done"));
                case 10 -> store.call("task.set_schedule",
                        Json.object().put("id", some).put("do_date", "none").put("late_on", "2026-12-01T10:00"));
                default -> store.call("node.tombstone", Json.object().put("id", some));
            }
        } catch (HephException refused) {
            assertThat(refused.reason()).isNotEqualTo(Reason.INTERNAL);
        }
    }

    private String task(String params) {
        return store.call("task.create", params).path("id").asText();
    }

    private static String context(String task) {
        return DerivedId.canonicalContext(Id.parse(task).orElseThrow()).toString();
    }

    private JsonNode importFile(String path, String body) {
        return importFile(store, path, body);
    }

    private static JsonNode importFile(RunningStore into, String path, String body) {
        ObjectNode params = Json.object().put("vault", "vault").put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAV").put("last", true);
        String title = path.substring(path.lastIndexOf('/') + 1, path.length() - 3);
        params.putArray("notes").addObject().put("path", path).put("title", title).put("body", body);
        return into.call("import.batch", params);
    }

    private JsonNode bringIn(JsonNode nodes) {
        return other.call("import.nodes", part(nodes));
    }

    private static ObjectNode part(JsonNode nodes) {
        ObjectNode params = Json.object().put("from", "export").put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAX").put("last", true);
        params.set("nodes", nodes);
        return params;
    }

    /** All pages, without what only holds in one store: when things were written, and revs. */
    private static ArrayNode exported(RunningStore from) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        ObjectNode params = Json.object().put("limit", 7);
        for (JsonNode next = null; next == null || next.isTextual(); params.set("after", next)) {
            JsonNode page = from.call("export.page", params);
            page.path("nodes").forEach(node -> all.add(node.<ObjectNode>deepCopy().without(List.of("created_at", "modified_at", "hlc", "rev"))));
            next = page.path("next");
        }
        return all;
    }
}
