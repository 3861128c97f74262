package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Capturing what is to do, and doing it. */
interface TasksContract extends OnADevice {
    @Test
    default void add_next_done() {
        Outcome added =
                device().heph("add", "Pay", "rent", "--do", "2026-06-01", "--late", "2026-06-05", "--attention", "red");
        assertThat(added.ok().out()).matches("Added \\w{4,} Pay rent · do Mon 1 Jun( 2026)? · late Fri 5 Jun( 2026)? · red\n");

        assertThat(device().heph("next").ok().out()).contains("Pay rent");
        JsonNode next = device().heph("next", "--limit", "100", "--json").ok().json();
        JsonNode task = task(next, "Pay rent");
        assertThat(Json.names(task))
                .containsExactlyInAnyOrder(
                        "id",
                        "title",
                        "attention",
                        "state",
                        "do_date",
                        "late_on",
                        "late",
                        "project",
                        "context",
                        "created_at",
                        "own_attention",
                        "unblocks",
                        "in_cycle");
        assertThat(task.at("/do_date/local").asText()).isEqualTo("2026-06-01");
        assertThat(task.at("/do_date/at").isIntegralNumber()).isTrue();

        assertThat(device().heph("done", "Pay rent").ok().out()).matches("Done \\w{4,} Pay rent\n");

        assertThat(task(device().heph("next", "--limit", "100", "--json").ok().json(), "Pay rent")
                        .isMissingNode())
                .isTrue();
        assertThat(device().heph("show", "Pay rent", "--json")
                        .ok()
                        .json()
                        .at("/task/state")
                        .asText())
                .isEqualTo("done");
    }

    @Test
    default void add_withAProject_showsIt() {
        device().heph("rpc", "node.create", "{\"kind\":\"project\",\"title\":\"Bakery\"}")
                .ok();
        device().heph("add", "Order flour", "--project", "bakery").ok();

        JsonNode inIt =
                device().heph("next", "--scope", "Bakery", "--json").ok().json();

        assertThat(Json.texts(inIt, "title")).containsExactly("Order flour");
        assertThat(inIt.at("/0/project/title").asText()).isEqualTo("Bakery");
    }

    @Test
    default void aDay_isCapturedInLines_sorted_doneAtOnce_andTakenBack() {
        device().heph("add", "Sow beans @allotment/beds #spring !orange").ok();
        device().heph("add", "Buy beans @allotment #spring").ok();
        device().heph("block", "Sow beans", "--on", "Buy beans").ok();

        String next = device().heph("next", "--scope", "allotment").ok().out();
        assertThat(next).contains("Buy beans").contains("unblocks: Sow beans");
        assertThat(next.lines().filter(line -> line.contains("Sow beans"))).hasSize(1);

        assertThat(device().heph("done", "--where", "#spring", "--dry-run").ok().out()).contains("Sow beans", "Buy beans");
        assertThat(device().heph("done", "--where", "#spring", "--yes").ok().out()).contains("Done");
        assertThat(device().heph("next", "--scope", "#spring", "--json").ok().json().size()).isZero();
        assertThat(device().heph("undo").ok().out()).contains("done");
        assertThat(Json.texts(device().heph("next", "--scope", "#spring", "--json").ok().json(), "title")).containsExactly("Buy beans");
        assertThat(device().heph("redo").ok().out()).contains("done");
        assertThat(device().heph("next", "--scope", "#spring", "--json").ok().json().size()).isZero();
    }

    @Test
    default void add_whatCannotBe_addsNothing() {
        int before = tasks();

        assertThat(device().heph("add", "Paint", "--attention", "pink").failure(65))
                .contains("'!pink'", "!red, !orange, !white, !blue");
        assertThat(device().heph("add", "Paint", "--do", "2026-02-30").failure(65))
                .contains("'2026-02-30'", "no date");
        assertThat(device().heph("add").failure(64)).contains("heph help add");

        assertThat(tasks()).isEqualTo(before);
    }

    private int tasks() {
        return device().heph("list", "--kind", "task", "--json")
                .ok()
                .json()
                .path("total")
                .asInt();
    }

    private static JsonNode task(JsonNode tasks, String title) {
        for (JsonNode task : tasks) {
            if (task.path("title").asText().equals(title)) {
                return task;
            }
        }
        return tasks.path("none");
    }
}
