package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a running store shows of its tasks, of which it keeps much in memory, is what one shows that has just been started on the same data. */
class ShownRowsTest {
    private static final int ROUNDS = 25;
    private static final List<String> ASKED = List.of("{'limit': 4}", "{'limit': 50, 'explain': true}");

    private final RunningStore store = RunningStore.temporary();
    private final List<String> tasks = new ArrayList<>();
    private final List<String> projects = new ArrayList<>();
    private Instant now = RunningStore.NOON;

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void isWhatIsTrue() {
        long seed = Seed.next();
        Random random = new Random(seed);
        IntStream.range(0, 3).forEach(n -> projects.add(store.call("project.create", "{'name': 'project " + n + "'}").path("id").asText()));
        IntStream.range(0, 12).forEach(n -> create(random));
        for (int round = 0; round < ROUNDS; round++) {
            for (int deed = 1 + random.nextInt(4); deed > 0; deed--) {
                shown(); // so that there is something to be out of date
                attempt(random);
            }
            List<String> before = shown();
            store.restart();
            assertThat(before).as("round %d of seed %d", round, seed).isEqualTo(shown());
        }
    }

    private List<String> shown() {
        List<String> shown = new ArrayList<>(ASKED.stream().map(params -> store.call("board", params).toPrettyString()).toList());
        shown.add(store.call("on_deck", "{}").toPrettyString());
        return shown;
    }

    /** Some of what is drawn nobody may do: reopen a date that is over, give a project another one's name. */
    private void attempt(Random random) {
        try {
            deed(random);
        } catch (HephException refused) {
            assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(Reason.CONFLICT);
        }
    }

    private void deed(Random random) {
        String task = tasks.get(random.nextInt(tasks.size()));
        switch (random.nextInt(10)) {
            case 0 -> create(random);
            case 1 -> store.call("node.update", node(task).put("title", "renamed " + random.nextInt(100)));
            case 2 -> store.call("node.update", node(projects.get(random.nextInt(projects.size()))).put("title", "moved " + random.nextInt(1_000)));
            case 3 -> store.call("task.set_attention", node(task).put("attention", List.of("red", "orange", "white", "blue").get(random.nextInt(4))));
            case 4 -> store.call("task.set_state", node(task).put("state", List.of("done", "outstanding", "dropped").get(random.nextInt(3))));
            case 5 -> store.call("task.set_schedule", node(task).put("do_date", day(random)).put("late_on", day(random)));
            case 6 -> store.call("task.set_project", node(task).put("project", projects.get(random.nextInt(projects.size()))));
            case 7 -> {
                String other = tasks.get((tasks.indexOf(task) + 1 + random.nextInt(tasks.size() - 1)) % tasks.size());
                store.call("link.add", Json.object().put("src", task).put("dst", other).put("type", "blocks"));
            }
            case 8 -> {
                String project = projects.removeFirst();
                store.call("node.tombstone", node(project));
                projects.add(store.call("project.create", "{'name': 'project " + random.nextInt(1_000_000) + "'}").path("id").asText());
            }
            default -> store.now((now = now.plus(Duration.ofHours(1 + random.nextInt(40)))).toString());
        }
    }

    private void create(Random random) {
        ObjectNode task = Json.object().put("title", "task " + tasks.size());
        if (random.nextBoolean()) {
            task.put("do_date", day(random));
        }
        if (random.nextInt(3) == 0) {
            task.put("late_on", day(random));
        }
        String id = store.call("task.create", task).path("id").asText();
        if (random.nextInt(3) == 0) {
            store.call("task.set_recurrence", node(id).put("rule", "FREQ=DAILY").put("on_missed", List.of("all", "latest", "keep").get(random.nextInt(3))));
        }
        tasks.add(id);
    }

    private static String day(Random random) {
        return "2026-11-%02d".formatted(18 + random.nextInt(12));
    }

    private static ObjectNode node(String id) {
        return Json.object().put("id", id);
    }
}
