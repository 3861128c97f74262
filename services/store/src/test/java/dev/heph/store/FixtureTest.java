package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.model.op.DeviceKey;
import dev.heph.runtime.Json;
import dev.heph.settings.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases as earlier versions left them are opened, brought up to date, and are what their logs say. */
class FixtureTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.filter(file -> file.toString().endsWith(".db")).sorted().toList();
        }
    }

    @Test
    void everySchemaHasItsDatabases() throws IOException {
        try (RunningStore store = RunningStore.temporary()) {
            int latest = Integer.parseInt(store.sql("PRAGMA user_version"));
            List<String> expected = new ArrayList<>();
            for (int schema = 1; schema <= latest; schema++) {
                expected.add("schema-" + schema + "-two.db");
                expected.add("schema-" + schema + ".db");
            }
            assertThat(fixtures()).extracting(file -> file.getFileName().toString()).containsExactlyElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aDatabaseOfAnEarlierVersionIsWhatItsLogSays(Path fixture) throws IOException {
        Temporary directory = Temporary.directory();
        Home home = Home.in(directory.path()).create();
        Files.copy(fixture, home.data().resolve("heph.db"));
        Files.writeString(home.data().resolve("device.key"), "5e".repeat(DeviceKey.SEED_BYTES)); // of another device: the fixtures have none
        try (RunningStore store = RunningStore.on(directory)) {
            assertThat(store.call("doctor", "{'rebuild_check': true}").toString()).contains("\"ok\":true").doesNotContain("\"ok\":false");
            if (fixture.toString().endsWith("-two.db")) {
                two(store);
            } else {
                one(store);
            }
            store.doc("New", "after the upgrade");
        }
    }

    private static void one(RunningStore store) {
        assertThat(titles(store)).contains("Good soup", "Bread", "Pay rent", "Call the landlord", "Water the plants", "House", "home")
                .doesNotContain("Gone");
        for (String name : List.of("Good soup", "Soup", "Supper", "Broth")) {
            assertThat(named(store, name).path("body").asText()).as(name).endsWith("see [[Bread]], [[Nowhere]] and #cooking 🍲\n- [x] salt\n- [ ] water\n");
        }
        assertThat(store.titles(store.call("item.list", Json.object().put("container", named(store, "Good soup").path("id").asText()))))
                .as("which schema 1 did not know of").containsExactly("salt", "water");
        assertThat(named(store, "Bread").path("body").asText()).isEqualTo("rye flour\n- [ ] knead\n");
        assertThat(store.call("links.backlinks", Json.object().put("id", named(store, "Bread").path("id").asText())).toString()).contains("Good soup");
        JsonNode rent = named(store, "Pay rent");
        assertThat(rent.path("task").toString()).contains("red", "2026-12-01", "2026-12-05T09:30",
                named(store, "House").path("id").asText());
        assertThat(store.call("log.list", Json.object().put("id", rent.path("id").asText())).toString()).contains("asked for the number");
        assertThat(named(store, "Call the landlord").at("/task/state").asText()).isEqualTo("done");
        assertThat(named(store, "2026-11-20").path("body").asText()).isEqualTo("a day");
        assertThat(store.titles(store.call("search", "{'query': 'knead'}").path("hits"))).containsExactly("Bread");
    }

    private static JsonNode named(RunningStore store, String name) {
        return store.get(store.call("node.resolve", Json.object().put("name", name)).at("/node/id").asText());
    }

    private static void two(RunningStore store) {
        assertThat(titles(store)).contains("Soup", "Pay rent").doesNotContain("Not gone");
        assertThat(named(store, "Soup").path("body").asText()).isEqualTo("hot water and wine\nsalt\npepper\n");
        List<String> conflicts = new ArrayList<>();
        store.call("conflicts.list", "{}").path("conflicts").forEach(conflict -> conflicts.add(conflict.path("kind").asText()));
        assertThat(conflicts).as("which schemas 1 and 2 did not know of").containsExactlyInAnyOrder("field", "delete");
    }

    private static List<String> titles(RunningStore store) {
        return store.titles(store.call("node.list", Json.object()).path("nodes"));
    }
}
