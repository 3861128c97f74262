package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What leads nowhere, what nothing leads to, who is near whom, and the way from one to another. */
class GraphTest {
    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void unresolved_eachNameOnceWithThePlacesWhereItStands() {
        String diary = store.doc("Diary", "First. Ask [[Ghost]] about [[ghost|it]]. Last.\n\n![[photo.PNG]] [[#Here]] [x](gone/Other.md)");
        store.doc("Letter", "Dear [[Ghost]], and [[Node.js]]");
        JsonNode page = call("links.unresolved", "{}");

        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("files").asInt()).isEqualTo(1);
        JsonNode ghost = page.path("missing").get(0);
        assertThat(ghost.path("name").asText()).isEqualTo("Ghost");
        assertThat(ghost.path("count").asInt()).isEqualTo(3);
        assertThat(store.titles(ghost.path("places"))).containsExactly("Letter", "Diary", "Diary");
        assertThat(ghost.path("places").get(1)).isEqualTo(Json.object().put("id", diary).put("kind", "doc").put("title", "Diary")
                .put("context", "Ask [[Ghost]] about [[ghost|it]]."));
        assertThat(names(page)).containsExactly("Ghost", "Node.js", "gone/Other");
        assertThat(names(call("links.unresolved", "{'files': true}"))).containsExactly("photo.PNG");
    }

    @Test
    void unresolved_aPageAtATime_untilSomethingHasTheName() {
        store.doc("Diary", "[[A]] [[B]] [[C]]");
        JsonNode page = call("links.unresolved", "{'limit': 2}");
        assertThat(names(page)).containsExactly("A", "B");
        assertThat(names(call("links.unresolved", "{'after': '" + page.path("next").asText() + "'}"))).containsExactly("C");

        store.doc("B", "");
        assertThat(names(call("links.unresolved", "{}"))).containsExactly("A", "C");
        store.call("node.tombstone", Json.object().put("id", id("Diary")));
        assertThat(names(call("links.unresolved", "{}"))).isEmpty();
    }

    @Test
    void orphans_areNotesWithoutALinkToOrFromAnother() {
        store.doc("Alone", "[[Alone]] is #tagged, and [[nobody]] knows it");
        store.doc("From", "[[To]]");
        String to = store.doc("To", "");
        link(store.doc("Explicit", ""), to, "related");
        store.call("tag.add", Json.object().put("id", store.doc("Tagged", "")).put("tag", "x"));
        store.call("task.create", "{'title': 'A task'}");
        assertThat(orphans()).containsExactlyInAnyOrder("Alone", "Tagged");

        store.call("node.tombstone", Json.object().put("id", to));
        assertThat(orphans()).as("their only neighbour is gone").containsExactlyInAnyOrder("Alone", "Tagged", "From", "Explicit");
    }

    @Test
    void neighbours_byLinksOfEitherKindAndDirection_theNearFirst() {
        String a = store.doc("A", "[[B]]");
        String b = store.doc("B", "");
        String c = store.doc("C", "[[A]] and [[C]]");
        link(b, store.doc("D", "[[E]]"), "x-needs");
        store.doc("E", "[[F]]");
        store.doc("F", "");

        assertThat(shown(neighbours(a, 1))).containsExactly("1 B wiki out", "1 C wiki in");
        assertThat(shown(neighbours(a, 2))).containsExactly("1 B wiki out", "1 C wiki in", "2 D x-needs out");
        assertThat(shown(neighbours(a, 5))).hasSize(5);
        assertThat(shown(neighbours(c, 1))).as("not itself").containsExactly("1 A wiki out");
        assertThat(neighbours(a, 2).path("neighbours").get(2).path("via").asText()).isEqualTo(b);
        assertThat(neighbours(a, 2).path("node").path("title").asText()).isEqualTo("A");
        JsonNode some = call("links.neighbours", "{'id': '" + a + "', 'within': 5, 'limit': 3}");
        assertThat(shown(some)).hasSize(3);
        assertThat(some.path("more").asBoolean()).isTrue();
        assertThat(neighbours(a, 5).path("more").asBoolean()).isFalse();
        assertThatThrownBy(() -> neighbours(a, 6)).hasMessageContaining("from 1 to 5");
    }

    @Test
    void aTagIsNoLink() {
        String a = store.doc("A", "");
        store.call("tag.add", Json.object().put("id", a).put("tag", "x"));
        store.call("tag.add", Json.object().put("id", store.doc("B", "")).put("tag", "x"));
        assertThat(neighbours(a, 5).path("neighbours")).isEmpty();
    }

    @Test
    void path_saysOfEachStepHowItGetsThere() {
        String a = store.doc("A", "Nothing. See [[B]] first.");
        String b = store.doc("B", "");
        String c = store.doc("C", "");
        String d = store.doc("D", "Back to [[c]]!");
        link(c, b, "x-needs");
        JsonNode path = path(a, d);
        assertThat(path.path("found").asBoolean()).isTrue();
        assertThat(store.titles(path.path("path"))).containsExactly("A", "B", "C", "D");
        JsonNode steps = path.path("path");
        assertThat(steps.get(1).path("context").asText()).isEqualTo("See [[B]] first.");
        assertThat(steps.get(2).path("type").asText()).isEqualTo("x-needs");
        assertThat(steps.get(2).path("direction").asText()).isEqualTo("in");
        assertThat(steps.get(3).path("context").asText()).isEqualTo("Back to [[c]]!");
        assertThat(steps.get(3).path("direction").asText()).isEqualTo("in");
    }

    @Test
    void path_toItself_andNone() {
        String a = store.doc("A", "");
        assertThat(store.titles(path(a, a).path("path"))).containsExactly("A");
        JsonNode none = path(a, store.doc("Far", ""));
        assertThat(none.path("found").asBoolean()).isFalse();
        assertThat(none.path("path")).isEmpty();
    }

    /** Against a search that is too simple to be wrong, in one direction over all links at once. */
    @RepeatedTest(3)
    void pathsAndNeighboursAreAsNearAsCanBe() {
        long seed = Seed.next();
        Random random = new Random(seed);
        int count = 25;
        Map<Integer, List<Integer>> near = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            StringBuilder body = new StringBuilder();
            for (int link = random.nextInt(3); link > 0; link--) {
                int to = random.nextInt(count);
                body.append("[[N%d]] ".formatted(to));
                near.computeIfAbsent(at, key -> new ArrayList<>()).add(to);
                near.computeIfAbsent(to, key -> new ArrayList<>()).add(at);
            }
            ids.add(store.doc("N" + at, body.toString()));
        }
        for (int from = 0; from < count; from += 4) {
            Map<Integer, Integer> distances = distances(from, near);
            for (int to = 0; to < count; to++) {
                JsonNode path = path(ids.get(from), ids.get(to)).path("path");
                assertThat(path.size() - 1).as("seed %d: %d to %d", seed, from, to).isEqualTo(distances.getOrDefault(to, -1));
            }
            Map<String, Integer> shown = new HashMap<>();
            neighbours(ids.get(from), 3).path("neighbours")
                    .forEach(one -> shown.put(one.path("title").asText(), one.path("distance").asInt()));
            Map<String, Integer> expected = new HashMap<>();
            distances.forEach((node, distance) -> {
                if (distance > 0 && distance <= 3) {
                    expected.put("N" + node, distance);
                }
            });
            assertThat(shown).as("seed %d: from %d", seed, from).isEqualTo(expected);
        }
    }

    private static Map<Integer, Integer> distances(int from, Map<Integer, List<Integer>> near) {
        Map<Integer, Integer> distances = new HashMap<>(Map.of(from, 0));
        Deque<Integer> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int next : near.getOrDefault(node, List.of())) {
                if (distances.putIfAbsent(next, distances.get(node) + 1) == null) {
                    queue.add(next);
                }
            }
        }
        return distances;
    }

    private List<String> orphans() {
        return store.titles(call("links.orphans", "{}").path("nodes"));
    }

    private static List<String> names(JsonNode page) {
        return page.path("missing").valueStream().map(name -> name.path("name").asText()).toList();
    }

    private static List<String> shown(JsonNode answer) {
        return answer.path("neighbours").valueStream().map(one -> "%d %s %s %s".formatted(one.path("distance").asInt(),
                one.path("title").asText(), one.path("type").asText(), one.path("direction").asText())).toList();
    }

    private JsonNode neighbours(String id, int within) {
        return store.call("links.neighbours", Json.object().put("id", id).put("within", within));
    }

    private JsonNode path(String from, String to) {
        return store.call("links.path", Json.object().put("from", from).put("to", to));
    }

    private void link(String src, String dst, String type) {
        store.call("link.add", Json.object().put("src", src).put("dst", dst).put("type", type));
    }

    private String id(String title) {
        return store.call("node.resolve", Json.object().put("name", title)).path("node").path("id").asText();
    }

    private JsonNode call(String method, String params) {
        return store.call(method, params);
    }
}
