package dev.heph.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.TaskCommands;
import dev.heph.store.log.Space;
import dev.heph.store.replica.TestReplica;
import dev.heph.store.replica.Undo;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happened to a node, row by row. */
class NodeHistoryTest {
    private static final String SOUP = "# Soup\nsoup is cold\nbread is dry\n";

    private final TestReplica one = new TestReplica(1, 1_000_000);
    private final TestReplica two = new TestReplica(2, 2_000_000);
    private final Id note = one.change(change -> NodeCommands.create(change, Kind.DOC, "Soup", Optional.of(SOUP)));

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static ObjectNode page(TestReplica replica, Id id, int limit, long below) {
        return replica.read(tx -> new NodeHistory(tx, Space.PERSONAL, id).page(limit, below));
    }

    /** {@code number device what: changes}, the last first. */
    private static List<String> history(TestReplica replica, Id id) {
        return page(replica, id, 100, Long.MAX_VALUE).path("rows").valueStream()
                .map(row -> row.path("number") + " " + row.path("device_name").asText() + " " + row.path("what").asText() + ": "
                        + String.join(", ", row.path("changes").valueStream().map(NodeHistoryTest::change).toList()))
                .toList();
    }

    private static String change(JsonNode change) {
        String name = change.path("field").asText() + (change.has("link") ? " " + change.path("link").asText() : "");
        if (change.has("hunks")) {
            return name + String.join("", change.path("hunks").valueStream()
                    .map(hunk -> " " + hunk.path("line") + " " + hunk.path("before") + "→" + hunk.path("after")).toList());
        }
        return name + " " + change.path("before") + "→" + change.path("after") + (change.has("to") ? " " + change.at("/to/title") : "")
                + (change.has("key") ? " " + change.path("key") : "") + (change.has("line") ? " " + change.path("line") : "");
    }

    private static void save(TestReplica replica, Id id, String body) {
        replica.change(change -> change.save(id, "body", body, Optional.empty()));
    }

    private static void with(TestReplica replica, Consumer<dev.heph.store.replica.Change> work) {
        replica.change(change -> {
            work.accept(change);
            return null;
        });
    }

    @Test
    void whoDidWhatBeforeAndAfter() {
        two.pull(one);
        save(two, note, SOUP.replace("cold", "hot"));
        one.pull(two);
        with(one, change -> NodeCommands.update(change, note, Optional.of("Broth"), Optional.empty(), Optional.empty()));
        Id dinner = one.change(change -> NodeCommands.create(change, Kind.TAG, "dinner", Optional.empty()));
        with(one, change -> change.link(NodeCommands.link(note, "tagged", dinner, Optional.empty())));
        with(one, change -> change.tombstone(note));
        assertThat(history(one, note)).containsExactly(
                "5 device 1 delete: deleted false→true",
                "4 device 1 tag: link tagged false→true \"dinner\"",
                "3 device 1 rename: title \"Soup\"→\"Broth\", link alias false→true \"Soup\"",
                "2 device 2 edit: body 2 \"soup is cold\\n\"→\"soup is hot\\n\"",
                "1 device 1 add: title null→\"Soup\", body 1 \"\"→\"# Soup\\nsoup is cold\\nbread is dry\\n\"");
    }

    @Test
    void ofATaskWithItsContextDocument() {
        Id task = one.change(change -> TaskCommands.create(change, new TaskCommands.NewTask("Cook", Optional.empty(), Optional.empty(),
                Optional.of("2026-11-21"), Optional.empty(), List.of(), true)));
        Id context = DerivedId.canonicalContext(task);
        save(one, context, "- [ ] carrots\n");
        save(one, context, "- [x] carrots\n");
        with(one, change -> change.set(task, Field.STATE, Value.text("done")));
        assertThat(history(one, task).subList(0, 3)).containsExactly(
                "4 device 1 done: state \"outstanding\"→\"done\"",
                "3 device 1 tick a box: body 1 \"- [ ] carrots\\n\"→\"- [x] carrots\\n\"",
                "2 device 1 edit: body 1 \"\"→\"- [ ] carrots\\n\"");
        assertThat(history(one, task).getLast()).startsWith("1 device 1 add: title null→\"Cook\"")
                .contains("2026-11-21").doesNotContain("outstanding");
        assertThat(history(one, context)).hasSize(2);
    }

    @Test
    void whatWasUndoneIsCalledSo() {
        with(one, change -> NodeCommands.update(change, note, Optional.of("Broth"), Optional.empty(), Optional.empty()));
        one.read(tx -> new Undo(one.replica(), tx).undo(false).orElseThrow().change().commit());
        one.read(tx -> new Undo(one.replica(), tx).redo().orElseThrow().change().commit());
        assertThat(history(one, note)).hasSize(4).element(0).asString().startsWith("4 device 1 redo rename: title \"Soup\"→\"Broth\"");
        assertThat(history(one, note)).element(1).asString().contains("3 device 1 undo rename: ", "title \"Broth\"→\"Soup\"");
    }

    /** The clock of one device goes an hour ahead of the other's: what followed still follows. */
    @Test
    void aWrongClockTurnsNothingRound() {
        try (TestReplica ahead = new TestReplica(3, 9_000_000_000L)) {
            ahead.pull(one);
            save(ahead, note, SOUP.replace("cold", "hot"));
            one.pull(ahead);
            save(one, note, SOUP.replace("cold", "very hot"));
            ahead.pull(one);
            assertThat(history(one, note)).isEqualTo(history(ahead, note)).first().asString()
                    .isEqualTo("3 device 1 edit: body 2 \"soup is hot\\n\"→\"soup is very hot\\n\"");
        }
    }

    @Test
    void bothSidesOfARaceStandInIt() {
        two.pull(one);
        with(one, change -> change.set(note, Field.TITLE, Value.text("Stew")));
        with(two, change -> change.set(note, Field.TITLE, Value.text("Broth")));
        one.pull(two);
        two.pull(one);
        assertThat(history(one, note)).isEqualTo(history(two, note)).hasSize(3)
                .first().asString().isEqualTo("3 device 2 rename: title \"Stew\"→\"Broth\"");
    }

    @Test
    void pageByPage() {
        for (int edit = 1; edit <= 9; edit++) {
            save(one, note, SOUP + "line " + edit + "\n");
        }
        JsonNode first = page(one, note, 4, Long.MAX_VALUE);
        assertThat(first.path("rows").valueStream().map(row -> row.path("number").asInt())).containsExactly(10, 9, 8, 7);
        assertThat(first.path("total").asInt()).isEqualTo(10);
        save(one, note, SOUP);
        JsonNode second = page(one, note, 4, first.path("next").asLong());
        assertThat(second.path("rows").valueStream().map(row -> row.path("number").asInt())).containsExactly(6, 5, 4, 3);
        JsonNode last = page(one, note, 4, second.path("next").asLong());
        assertThat(last.path("rows").valueStream().map(row -> row.path("number").asInt())).containsExactly(2, 1);
        assertThat(last.has("next")).isFalse();
        assertThat(last.at("/rows/0/changes/0/hunks/0/after").asText()).isEqualTo("line 1\n");
    }
}
