package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person does to notes, against a real store. */
class NodesTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aNoteIsWhatWasWritten() {
        String body = "Line one\r\nline two with trailing spaces   \n\t日本語 🍞 é\n";
        JsonNode note = store.get(store.doc("Sourdough", body));

        assertThat(note.path("title").asText()).isEqualTo("Sourdough");
        assertThat(note.path("body").asText()).isEqualTo(body);
        assertThat(note.path("kind").asText()).isEqualTo("doc");
        assertThat(note.path("owner").asText()).isEqualTo("personal");
        assertThat(note.path("created_at").asLong()).isGreaterThanOrEqualTo(RunningStore.NOON.toEpochMilli());
        assertThat(note.path("tombstoned").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"doc", "project", "tag"})
    void everyKindCanBeMade(String kind) {
        assertThat(store.get(store.create(kind, "Bread", "")).path("kind").asText()).isEqualTo(kind);
    }

    @Test
    void anUnknownKindIsRefusedAndNothingWritten() {
        long before = store.ops();
        refused(Reason.INVALID_PARAMS, "node.create", "{'kind': 'recipe', 'title': 'x'}");
        assertThat(store.ops()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            sour       | Sourdough, Sourdough starter, Bread with sour cream
            SOUR       | Sourdough, Sourdough starter, Bread with sour cream
            cream brea | Bread with sour cream
            dough      | Sourdough, Sourdough starter
            boule      | Sourdough
            zzz        |
            %          |
            """)
    void whatATitleThatIsBeingTypedMayMean(String typed, String titles) {
        store.doc("Sourdough starter", "boule boule");
        store.doc("Bread with sour cream", "");
        String sourdough = store.doc("Sourdough", "sour");
        store.call("alias.add", Json.object().put("id", sourdough).put("alias", "Boule"));
        assertThat(String.join(", ", store.titles(store.call("node.complete", Json.object().put("text", typed)))))
                .isEqualTo(titles == null ? "" : titles);
    }

    @Test
    void aNoteSurvivesARestart() {
        String id = store.doc("Sourdough", "feed it");
        store.restart();
        assertThat(store.get(id).path("body").asText()).isEqualTo("feed it");
        assertThat(store.call("node.update", Json.object().put("id", id).put("body", "feed it daily")).path("body").asText())
                .isEqualTo("feed it daily");
    }

    @Test
    void anAnchorNarrowsANodeToAPartOfItsBody() {
        String id = store.doc("Bread", "---\ntags: x\n---\n# Dough\r\nflour ^f1\n## Rest\nan hour\n# Bake\n");
        JsonNode part = part(id, "dough#REST");
        assertThat(part.path("part").toString()).isEqualTo("{\"text\":\"## Rest\\nan hour\\n\",\"first_line\":6,\"last_line\":7}");
        assertThat(part.has("body")).isFalse();
        assertThat(part.path("rev")).isEqualTo(store.get(id).path("rev"));
        assertThat(part(id, "^F1").at("/part/text").asText()).isEqualTo("flour ^f1\n");
    }

    @Test
    void anAnchorThatLeadsNowhereSaysWhatIsNear() {
        String id = store.doc("Bread", "# Dough\n## Rest\nx ^f12\n");
        assertThatThrownBy(() -> part(id, "Dough#rset")).hasMessage("no heading 'Dough#rset' in 'Bread'. Did you mean 'Rest'?");
        assertThatThrownBy(() -> part(id, "Crumb")).hasMessage("no heading 'Crumb' in 'Bread'.");
        assertThatThrownBy(() -> part(id, "^f13")).hasMessage("no block '^f13' in 'Bread'. Did you mean '^f12'?");
        String empty = store.doc("Empty", "");
        assertThatThrownBy(() -> part(empty, "^a")).hasMessage("no block '^a' in 'Empty'. It has no blocks.");
        assertThatThrownBy(() -> part(empty, "a")).hasMessage("no heading 'a' in 'Empty'. It has no headings.");
    }

    @Test
    void aNameMayBeThatOfAPart() {
        String bread = store.doc("Bread", "# Dough\n");
        String sharp = store.doc("C# notes", "");
        assertThat(resolved("bread#Dough#Rest")).isEqualTo("one " + bread + " Dough#Rest");
        assertThat(resolved("Bread #^f1")).isEqualTo("one " + bread + " ^f1");
        assertThat(resolved("C# notes")).isEqualTo("one " + sharp + " ");
        assertThat(resolved("C# notes#A#B")).isEqualTo("one " + sharp + " A#B");
        assertThat(resolved("Bread#")).isEqualTo("none  ");
        assertThat(resolved("#Dough")).isEqualTo("none  ");
        assertThat(store.call("node.resolve", "{'name': 'Bread#Dough', 'kind': 'doc'}").path("match").asText()).isEqualTo("none");
    }

    private JsonNode part(String id, String anchor) {
        return store.call("node.get", Json.object().put("id", id).put("anchor", anchor));
    }

    private String resolved(String name) {
        JsonNode answer = store.call("node.resolve", Json.object().put("name", name));
        return answer.path("match").asText() + " " + answer.path("node").path("id").asText() + " " + answer.path("anchor").asText();
    }

    @Test
    void theSameTagProjectOrDayIsOneNode() {
        assertThat(store.create("tag", "Bread", "")).isEqualTo(store.create("tag", "bread", ""));
        assertThat(store.create("project", "House", "")).isEqualTo(store.create("project", "HOUSE ", ""));
        assertThat(store.create("journal", "2026-06-01", "")).isEqualTo(store.create("journal", "2026-06-01", ""));
    }

    @Test
    void aJournalNeedsADay() {
        refused(Reason.INVALID_PARAMS, "node.create", "{'kind': 'journal', 'title': 'first of June'}");
    }

    @Test
    void aTitleChangeLeavesTheBodyAloneAndKeepsTheOldNameAsAlias() {
        String id = store.doc("Sordough", "feed it");
        String rev = store.get(id).path("rev").asText();
        JsonNode renamed = store.call("node.update", Json.object().put("id", id).put("title", "Sourdough"));

        assertThat(renamed.path("rev").asText()).isEqualTo(rev);
        assertThat(renamed.path("aliases").toString()).isEqualTo("[\"Sordough\"]");
        assertThat(store.call("node.resolve", "{'name': 'sordough'}").path("node").path("id").asText()).isEqualTo(id);
    }

    @Test
    void savingWhatIsThereLogsNothing() {
        String id = store.doc("Sourdough", "feed it");
        long before = store.ops();
        store.call("node.update", Json.object().put("id", id).put("title", "Sourdough").put("body", "feed it"));
        assertThat(store.ops()).isEqualTo(before);
    }

    @Test
    void aSaveAgainstAnOldVersionKeepsWhatCameSince() {
        String id = store.doc("List", "milk\nbread\neggs\n");
        String loaded = store.get(id).path("rev").asText();
        store.call("node.update", Json.object().put("id", id).put("body", "oat milk\nbread\neggs\n"));
        JsonNode merged = store.call("node.update",
                Json.object().put("id", id).put("body", "milk\nbread\neggs\nbutter\n").put("base", loaded));

        assertThat(merged.path("body").asText()).isEqualTo("oat milk\nbread\neggs\nbutter\n");
    }

    @Test
    void whatASaveWouldMakeOfATextCanBeSeenWithoutSaving() {
        String id = store.doc("List", "- [ ] milk\n- [ ] bread\n- [ ] eggs\n");
        String loaded = store.get(id).path("rev").asText();
        store.call("node.update", Json.object().put("id", id).put("body", "- [x] milk\n- [ ] rye bread\n- [ ] eggs\n").put("base", loaded));
        String now = store.get(id).path("rev").asText();
        long ops = store.ops();
        ObjectNode save = Json.object().put("id", id).put("body", "- [ ] milk\n- [ ] bread\n- [x] eggs\n- [x] butter\n").put("base", loaded);

        JsonNode look = store.call("node.update", save.deepCopy().put("dry_run", true));

        assertThat(look.path("body").asText()).isEqualTo("- [x] milk\n- [ ] rye bread\n- [x] eggs\n- [x] butter\n");
        assertThat(look.path("rev").asText()).isEqualTo(now);
        assertThat(look.path("place").asInt()).isZero();
        assertThat(store.ops()).isEqualTo(ops);
        assertThat(store.call("node.update", save).path("body")).isEqualTo(look.path("body"));
    }

    @ParameterizedTest
    @CsvSource({"0, m", "2, l", "6, r", "11, 🍞", "12, 'e'", "16, X"})
    void aLookSaysWhereACharacterWouldBe(int place, String character) {
        String id = store.doc("List", "milk\nbread\neggs");
        String loaded = store.get(id).path("rev").asText();
        store.call("node.update", Json.object().put("id", id).put("body", "🍞\neggs\nmilk\nbrown bread"));
        JsonNode look = store.call("node.update", Json.object().put("id", id).put("body", "milk\nbread\n🍞eggsX")
                .put("base", loaded).put("dry_run", true).put("place", place));

        String merged = look.path("body").asText();
        int[] points = merged.codePoints().toArray();
        assertThat(Character.toString(points[look.path("place").asInt()])).as(merged).isEqualTo(character);
    }

    @Test
    void aBaseThatIsNotKnownIsRefused() {
        String one = store.doc("One", "a");
        String other = store.doc("Other", "b");
        String foreign = store.get(other).path("rev").asText();
        assertThatThrownBy(() -> store.call("node.update", Json.object().put("id", one).put("body", "c").put("base", foreign)))
                .isInstanceOf(HephException.class);
        refused(Reason.INVALID_PARAMS, "node.update", "{'id': '" + one + "', 'body': 'c', 'base': 'no rev'}");
        assertThat(store.get(one).path("body").asText()).isEqualTo("a");
    }

    @Test
    void anOlderRevOfAnotherNoteIsRefusedToo() {
        String one = store.doc("One", "one\n");
        String rev = store.get(one).path("rev").asText();
        String other = store.doc("Other", "one\ntwo\n");
        assertThatThrownBy(() -> store.call("node.update", Json.object().put("id", other).put("body", "three").put("base", rev)))
                .hasMessageContaining("not a version of this note");
        assertThat(store.get(other).path("body").asText()).isEqualTo("one\ntwo\n");
    }

    @Test
    void theRevIsAlwaysThatOfTheBodyItComesWith() throws Exception {
        String id = store.doc("Counter", "0");
        Map<String, String> bodies = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        FutureTask<Boolean> reader = new FutureTask<>(() -> {
            boolean same = true;
            while (!done.get()) {
                JsonNode node = store.get(id);
                String body = node.path("body").asText();
                same &= body.equals(Objects.requireNonNullElse(bodies.putIfAbsent(node.path("rev").asText(), body), body));
            }
            return same;
        });
        Thread.ofPlatform().start(reader);
        for (int count = 1; count < 200; count++) {
            JsonNode node = store.call("node.update", Json.object().put("id", id).put("body", Integer.toString(count)));
            bodies.put(node.path("rev").asText(), node.path("body").asText());
        }
        done.set(true);
        assertThat(reader.get()).isTrue();
    }

    @Test
    void aSaveThatChangesEveryLineOfALongNoteFits() {
        String body = "some words, and more\n".repeat(48_000);
        String id = store.doc("Long", body);
        String changed = body.replace(',', ';');
        assertThat(store.call("node.update", Json.object().put("id", id).put("body", changed)).path("body").asText()).isEqualTo(changed);
        assertThat(Long.parseLong(store.sql("SELECT max(length(payload)) FROM bundles"))).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void aDeletedJournalThatIsMadeAgainComesBackWithItsNewText() {
        String id = store.create("journal", "2026-06-01", "old");
        store.call("node.tombstone", Json.object().put("id", id));
        assertThat(store.create("journal", "2026-06-01", "new")).isEqualTo(id);
        assertThat(store.get(id).path("body").asText()).isEqualTo("new");
    }

    @Test
    void namesOfAnotherKindDoNotHideTheOneThatIsMeant() {
        String task = store.call("task.create", "{'title': 'Go to the gym'}").path("id").asText();
        store.call("alias.add", Json.object().put("id", task).put("alias", "Gym"));
        String note = store.doc("Gym", "");
        assertThat(store.call("node.resolve", "{'name': 'gym', 'kind': 'task'}").at("/node/id").asText()).isEqualTo(task);
        assertThat(store.call("node.resolve", "{'name': 'gym', 'kind': 'doc'}").at("/node/id").asText()).isEqualTo(note);
        assertThat(store.call("node.resolve", "{'name': 'gym'}").at("/node/id").asText()).as("a title before an alias").isEqualTo(note);
        assertThat(store.call("node.resolve", "{'name': 'gym', 'kind': 'tag'}").path("match").asText()).isEqualTo("none");
    }

    @Test
    void ofTitlesThatDifferInCaseTheOneThatIsWrittenSoIsMeant() {
        String mine = store.doc("My note", "");
        String loud = store.doc("my NOTE", "");
        assertThat(store.call("node.resolve", "{'name': 'My note'}").at("/node/id").asText()).isEqualTo(mine);
        assertThat(store.call("node.resolve", "{'name': 'my NOTE'}").at("/node/id").asText()).isEqualTo(loud);
        assertThat(store.call("node.resolve", "{'name': 'my note'}").path("match").asText()).isEqualTo("several");
    }

    @Test
    void aProjectIsFoundByTheNameItHasNow() {
        String id = store.create("project", "Alpha", "");
        store.call("node.update", Json.object().put("id", id).put("title", "Beta"));
        assertThat(store.create("project", "Beta", "")).isEqualTo(id);
        assertThat(store.create("project", "Alpha", "")).isNotEqualTo(id);
    }

    @Test
    void aDeletedNoteIsNotFoundAndItsOpsRemain() {
        String id = store.doc("Sourdough", "feed it");
        assertThat(store.call("node.tombstone", Json.object().put("id", id)).path("changed").asBoolean()).isTrue();
        long after = store.ops();
        assertThat(store.call("node.tombstone", Json.object().put("id", id)).path("changed").asBoolean()).isFalse();

        assertThat(store.ops()).isEqualTo(after);
        refused(Reason.NOT_FOUND, "node.get", "{'id': '" + id + "'}");
        assertThat(store.call("search", "{'query': 'feed'}").path("total").asInt()).isZero();
        assertThat(store.call("node.list", "{}").path("total").asInt()).isZero();
    }

    @Test
    void unknownAndMalformedIdsAreTheSameNotFound() {
        refused(Reason.NOT_FOUND, "node.get", "{'id': '01ARZ3NDEKTSV4RRFFQ69G5FAV'}");
        refused(Reason.NOT_FOUND, "node.get", "{'id': 'nope!'}");
    }

    @Test
    void theEndOfAnIdInAnyCaseNamesTheNode() {
        String id = store.doc("Sourdough", "");
        assertThat(store.get(id.substring(20).toLowerCase()).path("id").asText()).isEqualTo(id);
        refused(Reason.NOT_FOUND, "node.get", "{'id': '" + id.substring(23) + "'}");
    }

    @Test
    void aMistypedNameFindsNearMisses() {
        store.doc("Sourdough", "");
        JsonNode answer = store.call("node.resolve", "{'name': 'sourdo'}");
        assertThat(answer.path("node").isNull()).isTrue();
        assertThat(store.titles(answer.path("candidates"))).containsExactly("Sourdough");
    }

    @Test
    void nulAndHalfCharactersAreRefused() {
        assertThatThrownBy(() -> store.doc("Nul", "a\u0000b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> store.call("node.create", "{'kind': 'doc', 'title': 'Half', 'body': '\\ud83c'}"))
                .hasMessageContaining("surrogate");
        assertThat(store.call("node.list", "{}").path("total").asInt()).isZero();
    }

    @Test
    void aListIsPagedAndCounted() {
        for (int at = 0; at < 5; at++) {
            store.doc("Note " + at, "");
        }
        JsonNode first = store.call("node.list", "{'limit': 2, 'sort': 'title'}");
        JsonNode second = store.call("node.list", Json.object().put("limit", 2).put("sort", "title")
                .put("after", first.path("next").asText()));
        assertThat(first.path("total").asInt()).isEqualTo(5);
        assertThat(store.titles(first.path("nodes"))).containsExactly("Note 0", "Note 1");
        assertThat(store.titles(second.path("nodes"))).containsExactly("Note 2", "Note 3");
    }

    private void refused(Reason reason, String method, String params) {
        assertThatThrownBy(() -> store.call(method, params))
                .isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
