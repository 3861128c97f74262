package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** One client that changes what it likes, and knows afterwards what must be there, and how many ops that took. */
final class Surface {
    /** What a note shows: title and body. */
    private record Shown(String title, String body) {}

    private final String name;
    private final Client client;
    private final List<String> shared;
    private final Random random;

    private final Map<String, Shown> notes = new HashMap<>();
    private final Map<String, String> tasks = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, List<String>> lines = new HashMap<>();
    private final Map<String, List<String>> aliases = new HashMap<>();
    /** From own notes, each as {@code src type dst}. */
    private final Set<String> links = new HashSet<>();

    private final Map<String, JsonNode> lastSeen = new HashMap<>();
    private int ops;
    private int number;

    Surface(String name, Client client, List<String> shared, Random random) {
        this.name = name;
        this.client = client;
        this.shared = shared;
        this.random = random;
    }

    /** How many ops its acknowledged mutations make, by the design's table of op types. */
    int ops() {
        return ops;
    }

    List<String> linesIn(String sharedId) {
        return lines.getOrDefault(sharedId, List.of());
    }

    List<String> aliasesOf(String sharedId) {
        return aliases.getOrDefault(sharedId, List.of());
    }

    void mutate() {
        number++;
        switch (notes.isEmpty() ? 0 : random.nextInt(10)) {
            case 0 -> create();
            case 1 -> rewrite();
            case 2, 3 -> append();
            case 4 -> alias();
            case 5 -> link();
            case 6 -> unlink();
            case 7 -> addTask();
            case 8 -> finishTask();
            default -> renameOrDelete();
        }
    }

    private void create() {
        var shown = new Shown(unique("note"), "body of " + unique("note") + "\n");
        String id = client.result("node.create", "kind", "doc", "title", shown.title(), "body", shown.body())
                .path("id")
                .asText();
        notes.put(id, shown);
        ops += 2; // node.create with its title, text.edit
    }

    private void rewrite() {
        String id = any(notes.keySet());
        var shown = new Shown(notes.get(id).title(), "rewritten as " + unique("text") + "\n");
        assertThat(client.result("node.update", "id", id, "body", shown.body())
                        .path("body")
                        .asText())
                .isEqualTo(shown.body());
        notes.put(id, shown);
        ops += 1; // text.edit
    }

    /** To a note that all append to, from what this client last saw of it: the others' lines are merged in. */
    private void append() {
        String id = shared.get(random.nextInt(shared.size()));
        JsonNode base = lastSeen.containsKey(id) ? lastSeen.get(id) : client.result("node.get", "id", id);
        String line = unique("line");
        String body = base.path("body").asText() + line + "\n";
        lastSeen.put(
                id,
                client.result(
                        "node.update",
                        "id",
                        id,
                        "body",
                        body,
                        "base",
                        base.path("rev").asText()));
        lines.computeIfAbsent(id, any -> new ArrayList<>()).add(line);
        ops += 1; // text.edit
    }

    private void alias() {
        String id = shared.get(random.nextInt(shared.size()));
        String alias = unique("alias");
        assertThat(client.result("alias.add", "id", id, "alias", alias)
                        .path("changed")
                        .asBoolean())
                .isTrue();
        aliases.computeIfAbsent(id, any -> new ArrayList<>()).add(alias);
        ops += 1; // link.add
    }

    private void link() {
        String src = any(notes.keySet());
        String type = unique("type");
        String dst = shared.get(random.nextInt(shared.size()));
        assertThat(client.result("link.add", "src", src, "dst", dst, "type", type)
                        .path("changed")
                        .asBoolean())
                .isTrue();
        links.add(src + " " + type + " " + dst);
        ops += 1; // link.add
    }

    private void unlink() {
        if (links.isEmpty()) {
            link();
            return;
        }
        String link = any(links);
        String[] parts = link.split(" ");
        assertThat(client.result("link.remove", "src", parts[0], "dst", parts[2], "type", parts[1])
                        .path("changed")
                        .asBoolean())
                .isTrue();
        links.remove(link);
        ops += 1; // link.remove
    }

    private void addTask() {
        tasks.put(
                client.result("task.create", "title", unique("task")).path("id").asText(), "outstanding");
        ops += 3; // node.create of the task and of its context, link.add between them
    }

    private void finishTask() {
        List<String> open = tasks.keySet().stream()
                .filter(id -> tasks.get(id).equals("outstanding"))
                .sorted()
                .toList();
        if (open.isEmpty()) {
            addTask();
            return;
        }
        String id = open.get(random.nextInt(open.size()));
        client.result("task.set_state", "id", id, "state", "done");
        tasks.put(id, "done");
        ops += 1; // node.set
    }

    private void renameOrDelete() {
        String id = any(notes.keySet());
        if (random.nextBoolean() && notes.size() > 1) {
            assertThat(client.result("node.tombstone", "id", id).path("changed").asBoolean())
                    .isTrue();
            notes.remove(id);
            links.removeIf(link -> link.startsWith(id));
            deleted.add(id);
            ops += 1; // node.tombstone
        } else {
            var shown = new Shown(unique("renamed"), notes.get(id).body());
            client.result("node.update", "id", id, "title", shown.title());
            notes.put(id, shown);
            ops += 2; // node.set, link.add of the old title as an alias
        }
    }

    /** Asks for everything that was acknowledged to this client. */
    void check(Client asked) {
        notes.forEach((id, shown) -> {
            JsonNode note = asked.result("node.get", "id", id);
            assertThat(new Shown(note.path("title").asText(), note.path("body").asText()))
                    .as(name)
                    .isEqualTo(shown);
            Set<String> outgoing = new HashSet<>();
            asked.result("links.outgoing", "id", id)
                    .forEach(link -> outgoing.add(id + " " + link.path("type").asText() + " "
                            + link.path("dst").asText()));
            Set<String> expected = new HashSet<>(links);
            expected.removeIf(link -> !link.startsWith(id));
            assertThat(outgoing).as(name).isEqualTo(expected);
        });
        tasks.forEach((id, state) -> assertThat(
                        asked.result("node.get", "id", id).at("/task/state").asText())
                .as(name)
                .isEqualTo(state));
        deleted.forEach(id -> asked.error("not-found", -32004, "node.get", "id", id));
    }

    private String unique(String what) {
        return what + "-" + name + "-" + number;
    }

    /** One of them, the same for the same seed whatever the ids are. */
    private String any(Set<String> of) {
        return of.stream().sorted().skip(random.nextInt(of.size())).findFirst().orElseThrow();
    }
}
