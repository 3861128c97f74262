package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links from texts, links people make, aliases, and where each leads. */
class LinksTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void aWikiLinkIsABacklinkOfItsTargetWithTheLineAroundIt() {
        String bread = store.doc("Bread", "");
        String diary = store.doc("Diary", "Monday\n- baked [[bread|a loaf]] today\n");

        JsonNode out = outgoing(diary);
        JsonNode back = backlinks(bread);
        assertThat(out.size()).isEqualTo(1);
        assertThat(out.get(0).path("dst").asText()).isEqualTo(bread);
        assertThat(out.get(0).path("label").asText()).isEqualTo("a loaf");
        assertThat(back.get(0).path("src").asText()).isEqualTo(diary);
        assertThat(back.get(0).path("context").asText()).isEqualTo("baked [[bread|a loaf]] today");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "First. I ate [[Bread]] today. Last.             ~ I ate [[Bread]] today.",
        "First! [[Bread|Dr. Loaf. Esq.]] is here? Last.   ~ [[Bread|Dr. Loaf. Esq.]] is here?",
        "It is (really!) so. e.g. [[Bread]], i.e. a loaf. Yes ~ It is (really!) so. e.g. [[Bread]], i.e. a loaf.",
        "\"Really?\" [[Bread]] said. No.                    ~ [[Bread]] said.",
        "- a list with [[Bread#Crust]]. And more          ~ a list with [[Bread#Crust]].",
        "See [the bread](Bread.md). Really.               ~ See [the bread](Bread.md).",
        "Look. An embed, ![[Bread]] stands here. Bye.     ~ An embed, ![[Bread]] stands here.",
        "今日は晴れ。[[Bread]]を食べた。おわり。                ~ [[Bread]]を食べた。",
    })
    void aBacklinkShowsItsSentence(String text, String sentence) {
        String bread = store.doc("Bread", "");
        store.doc("Diary", text);
        assertThat(backlinks(bread).get(0).path("context").asText()).isEqualTo(sentence);
    }

    @Test
    void anUnresolvedLinkIsListedAndResolvesByItselfLater() {
        String diary = store.doc("Diary", "see [[Bread]]");
        assertThat(outgoing(diary).get(0).path("dst").isNull()).isTrue();

        String bread = store.doc("Bread", "");
        assertThat(outgoing(diary).get(0).path("dst").asText()).isEqualTo(bread);
        assertThat(backlinks(bread).size()).isEqualTo(1);
    }

    @Test
    void aLinkToAPictureSaysThatItIsAFile() {
        JsonNode links = outgoing(store.doc("Diary", "![[oven.png]] [[Ghost]]"));
        assertThat(links.get(0).path("file").asBoolean()).isTrue();
        assertThat(links.get(1).has("file")).isFalse();
    }

    @Test
    void linksFollowTheText() {
        String bread = store.doc("Bread", "");
        String diary = store.doc("Diary", "see [[Bread]]");
        store.call("node.update", Json.object().put("id", diary).put("body", "see `[[Bread]]`"));
        assertThat(backlinks(bread).size()).isZero();
        assertThat(outgoing(diary).size()).isZero();
    }

    @Test
    void aRenamedNoteIsStillReached() {
        String bread = store.doc("Bread", "");
        store.doc("Diary", "see [[Bread]]");
        store.call("node.update", Json.object().put("id", bread).put("title", "Loaves"));
        assertThat(backlinks(bread).size()).isEqualTo(1);
    }

    @Test
    void aTitleWinsOverAnAliasAndTheLinkGoesBackWhenTheTitleGoes() {
        String other = store.doc("Other", "");
        store.call("alias.add", Json.object().put("id", other).put("alias", "Bread"));
        store.doc("Diary", "see [[Bread]]");
        assertThat(backlinks(other).size()).isEqualTo(1);

        String bread = store.doc("Bread", "");
        assertThat(backlinks(other).size()).isZero();
        assertThat(backlinks(bread).size()).isEqualTo(1);

        store.call("node.tombstone", Json.object().put("id", bread));
        assertThat(backlinks(other).size()).isEqualTo(1);
    }

    @Test
    void theOlderOfTwoNotesOfOneTitleIsMeant() {
        String first = store.doc("Bread", "");
        store.doc("Bread", "");
        store.doc("Diary", "[[bread]]");
        assertThat(backlinks(first).size()).isEqualTo(1);
    }

    @Test
    void anAliasFromTheFrontMatterResolves() {
        String bread = store.doc("Bread", "---\naliases: [Loaf, Brot]\n---\n");
        store.doc("Diary", "[[brot]]");
        assertThat(backlinks(bread).size()).isEqualTo(1);
        assertThat(store.get(bread).path("aliases").toString()).isEqualTo("[\"Loaf\",\"Brot\"]");
    }

    @Test
    void aLinkToATasksTitleLeadsToItsContextDocument() {
        JsonNode task = store.call("task.create", "{'title': 'Fix the oven'}");
        store.doc("Diary", "[[Fix the oven]]");
        assertThat(backlinks(task.path("task").path("context").asText()).toString()).contains("Diary").contains("canonical-context");
    }

    @Test
    void explicitLinksOfAnyTypeAreAddedListedAndRemoved() {
        String bread = store.doc("Bread", "");
        String flour = store.doc("Flour", "");
        var link = Json.object().put("src", bread).put("dst", flour).put("type", "x-needs");
        assertThat(store.call("link.add", link).path("changed").asBoolean()).isTrue();
        assertThat(store.call("link.add", link).path("changed").asBoolean()).isFalse();
        assertThat(outgoing(bread).get(0).path("type").asText()).isEqualTo("x-needs");
        assertThat(backlinks(flour).get(0).path("src").asText()).isEqualTo(bread);

        assertThat(store.call("link.remove", link).path("changed").asBoolean()).isTrue();
        assertThat(outgoing(bread).size()).isZero();
        assertThat(backlinks(flour).size()).isZero();
    }

    @Test
    void aNoteIsNotLinkedToItself() {
        String bread = store.doc("Bread", "");
        assertThatThrownBy(() -> store.call("link.add", Json.object().put("src", bread).put("dst", bread).put("type", "blocks")))
                .hasMessageContaining("itself");
    }

    @Test
    void aPathTellsNotesOfOneNameApart() {
        importBatch("a/Note.md", "in a", "b/Note.md", "in b", "Index.md", "[[b/Note]] and [x](a/Note.md) and [[Note]]");
        JsonNode links = outgoing(id("Index"));
        assertThat(store.get(links.get(0).path("dst").asText()).path("body").asText()).isEqualTo("in b");
        assertThat(store.get(links.get(1).path("dst").asText()).path("body").asText()).isEqualTo("in a");
    }

    @Test
    void theNoteInTheSameFolderIsMeantFirst() {
        importBatch("a/Note.md", "in a", "b/Note.md", "in b", "b/Index.md", "[[Note]]");
        JsonNode links = outgoing(id("Index"));
        assertThat(store.get(links.get(0).path("dst").asText()).path("body").asText()).isEqualTo("in b");
    }

    @Test
    void thenTheOneInTheSameVaultThoughAnotherIsOlder() {
        importBatch("Note.md", "in vault", "n/Sub.md", "below vault");
        importInto("other", "a/Note.md", "in other", "a/n/Sub.md", "below other", "b/Index.md", "[[Note]] [[n/Sub]]");
        JsonNode links = outgoing(id("Index"));
        assertThat(store.get(links.get(0).path("dst").asText()).path("body").asText()).isEqualTo("in other");
        assertThat(store.get(links.get(1).path("dst").asText()).path("body").asText()).isEqualTo("below other");
    }

    @Test
    void theDoctorNamesLinksThatFitSeveralNotesAlike() {
        importBatch("a/Note.md", "in a", "b/Note.md", "in b", "b/Near.md", "[[Note]]", "c/Far.md", "[[Note]] [[a/Note]]");
        assertThat(store.call("doctor", "{}").path("checks").valueStream().filter(check -> check.path("name").asText().equals("links"))
                .map(check -> check.path("detail").asText()).toList()).singleElement().asString()
                .startsWith("1 link fits several notes alike and leads to the oldest: 'Note' in 'Far' fits 2 notes.");
    }

    private String id(String title) {
        return store.call("node.resolve", Json.object().put("name", title)).path("node").path("id").asText();
    }

    private void importBatch(String... pathsAndBodies) {
        importInto("vault", pathsAndBodies);
    }

    private void importInto(String vault, String... pathsAndBodies) {
        var params = Json.object().put("vault", vault).put("action", "01ARZ3NDEKTSV4RRFFQ69G5FAV").put("last", true);
        var notes = params.putArray("notes");
        for (int at = 0; at < pathsAndBodies.length; at += 2) {
            String path = pathsAndBodies[at];
            String title = path.substring(path.lastIndexOf('/') + 1, path.length() - 3);
            notes.addObject().put("path", path).put("title", title).put("body", pathsAndBodies[at + 1]);
        }
        store.call("import.batch", params);
    }

    private JsonNode outgoing(String id) {
        return store.call("links.outgoing", Json.object().put("id", id));
    }

    private JsonNode backlinks(String id) {
        return store.call("links.backlinks", Json.object().put("id", id));
    }

    @Test
    void aRenameThatRewritesChangesTheLinksByTheOldTitleAndNothingElse() {
        String bread = store.doc("Bread", "see [[bread]] itself");
        String text = "- [[Bread]]\n- ![[Bread#Crust|x]] `[[Bread]]`\n- [[loaf]]\n";
        store.call("alias.add", Json.object().put("id", bread).put("alias", "loaf"));
        String other = store.doc("other", text);
        JsonNode look = store.call("node.rename", Json.object().put("id", bread).put("title", "Sourdough").put("dry_run", true));
        assertThat(look.path("done").asBoolean()).isFalse();
        assertThat(look.at("/rewritten/1/lines/1/after").asText()).isEqualTo("![[Sourdough#Crust|x]] `[[Bread]]`");
        assertThat(store.get(other).path("body").asText()).isEqualTo(text);

        JsonNode done = store.call("node.rename", Json.object().put("id", bread).put("title", "Sourdough"));
        assertThat(done.at("/rewritten/1")).isEqualTo(look.at("/rewritten/1"));
        assertThat(store.get(other).path("body").asText()).isEqualTo("- [[Sourdough]]\n- ![[Sourdough#Crust|x]] `[[Bread]]`\n- [[loaf]]\n");
        assertThat(store.get(bread).path("body").asText()).isEqualTo("see [[Sourdough]] itself");
        assertThat(store.get(bread).path("title").asText()).isEqualTo("Sourdough");
        assertThat(store.call("links.backlinks", Json.object().put("id", bread)).size()).isEqualTo(4);

        assertThat(store.call("undo", "{}").path("label").asText()).isEqualTo("rename Sourdough");
        assertThat(store.get(other).path("body").asText()).isEqualTo(text);
        assertThat(store.get(bread).path("title").asText()).isEqualTo("Bread");
    }

    @Test
    void linksToATaskFollowItToo() {
        String task = store.call("task.create", "{'title': 'Pay rent'}").path("id").asText();
        String note = store.doc("note", "[[Pay rent]]");
        store.call("node.rename", Json.object().put("id", task).put("title", "Pay the rent"));
        assertThat(store.get(note).path("body").asText()).isEqualTo("[[Pay the rent]]");
    }

    @Test
    void aTitleThatNoLinkCanHoldIsRefusedAndNothingChanges() {
        String note = store.doc("a", "[[a]]");
        assertThatThrownBy(() -> store.call("node.rename", Json.object().put("id", note).put("title", "a/b")))
                .hasMessageContaining("cannot hold the title 'a/b'");
        assertThat(store.get(note).path("title").asText()).isEqualTo("a");
    }

    @Test
    void linksThatCouldMeanAnotherNoteAreNotRewritten() {
        store.doc("Plan", "");
        String draft = store.doc("Draft", "");
        String note = store.doc("note", "[[Draft]]");
        assertThatThrownBy(() -> store.call("node.rename", Json.object().put("id", draft).put("title", "plan")))
                .hasMessageContaining("another note is called 'plan'");
        assertThatThrownBy(() -> store.call("node.rename", Json.object().put("id", draft).put("title", "READ.md")))
                .hasMessageContaining("cannot hold");
        assertThat(store.get(note).path("body").asText()).isEqualTo("[[Draft]]");
    }
}
