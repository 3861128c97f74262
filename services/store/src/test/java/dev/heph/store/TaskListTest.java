package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.filter.Filter;
import dev.heph.model.filter.Item;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import dev.heph.runtime.Json;
import dev.heph.testing.Seed;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of tasks by filter: what the database answers is what the filter itself says of each task. */
class TaskListTest {
    private static final Now NOW = new Now(LocalDateTime.parse("2026-11-21T12:00"), LocalTime.MIDNIGHT);
    private static final List<String> TERMS = List.of("state:done", "state:outstanding", "attention:red", "!blue", "attention:white,orange",
            "project:House", "@Garden", "@House/Garden", "@Garden/House", "@Work/Garden", "project:none", "project:any", "#home", "tag:none", "tag:garden", "do:today", "do<today", "do<=2026-11-22",
            "do>3d", "do:none", "late:any", "late:passed", "late<2026-11-21", "do<2026-11-21T10:00", "late>=2026-11-22T00:00", "rent", "\"pay rent\"",
            "kind:task", "text:50%", "é", "\\'", "🏠", "\"rent 🏠\"", "👍", "🇩🇪");

    private final RunningStore store = RunningStore.temporary();

    @AfterEach
    void stop() {
        store.close();
    }

    private JsonNode list(String where) {
        return store.call("task.list", Json.object().put("where", where).put("limit", 1_000));
    }

    @Test
    void theUsualStateHoldsUnlessTheFilterSaysAnother() {
        store.call("task.create", "{'title': 'estate:sale'}");
        String done = store.call("task.create", "{'title': 'estate:sale done'}").path("id").asText();
        store.call("task.set_state", Json.object().put("id", done).put("state", "done"));
        ObjectNode usual = Json.object().put("usual", "state:outstanding");
        assertThat(store.titles(store.call("task.list", usual.deepCopy().put("where", "\"estate:sale\"")).path("tasks"))).containsExactly("estate:sale");
        assertThat(store.titles(store.call("task.list", usual.put("where", "state:done")).path("tasks"))).containsExactly("estate:sale done");
    }

    @Test
    void theDatabaseAnswersWhatTheFilterSays() {
        long seed = Seed.next();
        Random random = new Random(seed);
        Map<String, Item> items = new LinkedHashMap<>();
        store.call("project.create", "{'name': 'Garden', 'parent': 'House'}");
        for (int task = 0; task < 80; task++) {
            String title = task + " " + List.of("Pay rent", "rent pay", "parents", "Café", "50% off", "rent 🏠", "👍🏽🇩🇪").get(random.nextInt(7));
            items.put(title, make(title, random));
        }
        List<String> filters = new ArrayList<>(TERMS);
        for (int made = 0; made < 150; made++) {
            String a = TERMS.get(random.nextInt(TERMS.size()));
            String b = filters.get(random.nextInt(filters.size()));
            filters.add(switch (random.nextInt(3)) {
                case 0 -> "(" + a + ") and (" + b + ")";
                case 1 -> "(" + a + ") or not (" + b + ")";
                default -> "not (" + a + " or (" + b + "))";
            });
        }
        for (String text : filters) {
            Filter filter = Filter.parse(text, NOW);
            List<String> expected = items.entrySet().stream().filter(item -> filter.matches(item.getValue())).map(Map.Entry::getKey).toList();
            assertThat(store.titles(list(text).path("tasks"))).as(text).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private Item make(String title, Random random) {
        ObjectNode task = Json.object().put("title", title);
        Optional<Attention> attention = Optional.of(Attention.values()[random.nextInt(4)]);
        task.put("attention", attention.get().word());
        Optional<When> doDate = date(random);
        Optional<When> lateOn = date(random);
        doDate.ifPresent(when -> task.put("do_date", iso(when)));
        lateOn.ifPresent(when -> task.put("late_on", iso(when)));
        String project = List.of("", "House", "Garden", "Work").get(random.nextInt(4));
        if (!project.isEmpty()) {
            task.put("project", project);
        }
        String tag = List.of("", "home", "garden/spring", "Home").get(random.nextInt(4));
        if (!tag.isEmpty()) {
            task.putArray("tags").add(tag);
        }
        String id = store.call("task.create", task).path("id").asText();
        State state = State.values()[random.nextInt(3)];
        store.call("task.set_state", Json.object().put("id", id).put("state", state.word()));
        Set<String> projects = project.isEmpty() ? Set.of() : project.equals("Garden") ? Set.of("garden", "house", "house/garden") : Set.of(NameFold.fold(project));
        return new Item(Kind.TASK, Optional.of(state), attention, projects, tag.isEmpty() ? Set.of() : Set.of(NameFold.fold(tag)), doDate, lateOn,
                List.of(title));
    }

    private static Optional<When> date(Random random) {
        LocalDate day = LocalDate.parse("2026-11-18").plusDays(random.nextInt(7));
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new When.Day(day));
            default -> Optional.of(new When.Moment(day.atTime(random.nextInt(24), 0)));
        };
    }

    private static String iso(When when) {
        return when instanceof When.Moment(LocalDateTime at) ? at.toString() : ((When.Day) when).date().toString();
    }

    @Test
    void whatAContextDocumentSaysIsFoundWithItsTask() {
        JsonNode task = store.call("task.create", "{'title': 'Pay rent'}");
        store.call("node.update", Json.object().put("id", task.path("task").path("context").asText()).put("body", "ask the landlord"));
        assertThat(store.titles(list("landlord").path("tasks"))).containsExactly("Pay rent");
    }

    @Test
    void aFormerTitleIsNoTextOfATask() {
        String id = store.call("task.create", "{'title': 'Pay rent'}").path("id").asText();
        store.call("node.update", Json.object().put("id", id).put("title", "Pay mortgage"));
        assertThat(store.titles(list("rent").path("tasks"))).isEmpty();
        assertThat(store.titles(list("mortgage").path("tasks"))).containsExactly("Pay mortgage");
    }

    @Test
    void pagesFollowOneAnotherInTheOrderAskedFor() {
        for (String day : List.of("2026-11-23", "2026-11-21", "2026-11-22")) {
            store.call("task.create", Json.object().put("title", day).put("do_date", day));
        }
        store.call("task.create", "{'title': 'undated'}");
        JsonNode first = store.call("task.list", "{'limit': 3}");
        assertThat(store.titles(first.path("tasks"))).containsExactly("2026-11-21", "2026-11-22", "2026-11-23");
        assertThat(first.path("total").asInt()).isEqualTo(4);
        assertThat(store.titles(store.call("task.list", Json.object().put("limit", 3).put("after", first.path("next").asText())).path("tasks")))
                .containsExactly("undated");
    }

    @Test
    void withoutAFilterItIsWhatIsOutstandingAndContextItemsAreNeverListed() {
        String done = store.call("task.create", "{'title': 'done'}").path("id").asText();
        store.call("task.set_state", Json.object().put("id", done).put("state", "done"));
        store.call("task.create", "{'title': 'open'}");
        store.call("task.create", "{'title': 'item', 'committed': false}");
        assertThat(store.titles(store.call("task.list", "{}").path("tasks"))).containsExactly("open");
        assertThat(store.titles(list("").path("tasks"))).containsExactlyInAnyOrder("done", "open");
    }

    @Test
    void whatIsNoFilterIsRefused() {
        assertThatThrownBy(() -> list("prio:1")).hasMessageContaining("prio");
    }

    @Test
    void aProjectThatWasRenamedIsFoundByItsOldName() {
        String paint = store.call("task.create", "{'title': 'Paint', 'project': 'house'}").path("id").asText();
        String project = store.get(paint).at("/task/project").asText();
        store.call("node.update", Json.object().put("id", project).put("title", "home"));
        assertThat(store.titles(store.call("task.list", "{'where': '@house'}").path("tasks"))).containsExactly("Paint");
        assertThat(store.titles(store.call("next", "{'scope': '@house'}"))).containsExactly("Paint");
    }

    @Test
    void listsByTitle() {
        for (String title : new String[] {"b", "A", "c"}) {
            store.call("task.create", Json.object().put("title", title));
        }
        assertThat(store.titles(store.call("task.list", "{'where': 'text:a or text:b or text:c', 'sort': 'title'}").path("tasks"))).containsExactly("A", "b", "c");
    }
}
