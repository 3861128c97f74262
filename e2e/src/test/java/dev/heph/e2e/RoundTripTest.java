package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything goes out, comes into an empty heph, and goes out again the same; an import that is cut off goes on. */
class RoundTripTest {
    private static final int FILES = 4_000;

    /** Of the tasks that are made here; they are not files. */
    private static final int EMPTY_CONTEXTS = 3;

    @TempDir
    Path directory;

    private Device device;
    private Device other;

    @AfterEach
    void end() {
        device.close();
        other.close();
    }

    @Test
    void exportsTheSame_afterGoingThroughAnEmptyHeph() throws IOException {
        device = Device.at(directory.resolve("one")).with("HEPH_LIGHT", "true");
        other = Device.at(directory.resolve("two")).with("HEPH_LIGHT", "true");
        device.heph("import", Installation.ROOT.resolve("examples/vault").toString()).ok();
        device.hephWith("---\naliases: [In the text]\n---\n[[Home]]\r\nno newline", "note", "Made here").ok();
        device.heph("alias", "Made here", "Hand made").ok();
        device.heph("rename", "Country loaf", "Daily: loaf", "--rewrite", "--yes").ok();
        device.heph("add", "Pay rent !red @House/Bills #home do:2026-12-01 late:2026-12-05").ok();
        device.heph("add", "Call Ann").ok();
        device.heph("log", "Pay rent", "first").ok();
        device.heph("log", "Pay rent", "zweiter 日本").ok();
        device.heph("block", "Pay rent", "--on", "Call Ann").ok();
        device.heph("add", "Water every day").ok();
        device.heph("done", "Water").ok();
        device.heph("skip", "Water").ok();
        device.heph("link", "Made here", "Pay rent", "--type", "x-new").ok();
        device.heph("done", "Call Ann").ok();
        device.hephWith("the day\n", "note", "Deleted").ok();
        device.heph("delete", "Deleted").ok();
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");

        device.heph("export", first.toString()).ok();
        JsonNode again = device.heph("import", first.toString(), "--json").ok().json();
        assertThat(again.path("unchanged").asInt()).as("where it came from").isEqualTo(again.path("files").asInt() + EMPTY_CONTEXTS);
        JsonNode counts = other.heph("import", first.toString(), "--json").ok().json();
        assertThat(counts.path("created").asInt()).isEqualTo(counts.path("files").asInt() + EMPTY_CONTEXTS);
        other.heph("export", second.toString()).ok();

        assertThat(tree(second)).isEqualTo(tree(first));
        assertThat(tree(first)).containsKeys("Made here.md", "Recipes/Daily loaf.md", "tasks/Pay rent.md", "projects/Bills.md", "tags/home.md", ".heph-export.json")
                .doesNotContainKeys("Recipes/Country loaf.md", "Pay rent.md", "Call Ann.md", "Water.md");
        assertThat(other.heph("log", "Pay rent", "--json").ok().out()).contains("first", "zweiter 日本");
        for (String command : List.of("log Pay rent", "occurrences Water")) {
            String[] words = command.split(" ", 2);
            assertThat(without(other.heph(words[0], words[1], "--json").ok().json()))
                    .as(command).isEqualTo(without(device.heph(words[0], words[1], "--json").ok().json()));
        }
        other.heph("import", Installation.ROOT.resolve("examples/vault").toString()).ok();
        other.heph("export", second.toString()).ok();
        assertThat(tree(second)).as("the vault's files were known").isEqualTo(tree(first));
        other.heph("doctor", "--rebuild-check").ok();
    }

    @Test
    void anImportWhoseProcessIsKilled_goesOn() throws IOException {
        device = Device.at(directory.resolve("one")).with("HEPH_LIGHT", "true");
        other = device;
        Path vault = Files.createDirectory(directory.resolve("vault"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(vault.resolve(i + ".md"), "# " + i + "\n[[" + (i + 1) % FILES + "]]\n");
        }
        device.heph("up").ok();
        CompletableFuture<Outcome> cut = device.begin("import", vault.toString());
        await().until(() -> notes() > 0);
        ProcessHandle light = device.process("light");
        light.destroyForcibly();
        light.onExit().join();
        int code = cut.join().exitCode();
        device.heph("up").ok();
        int before = notes();
        System.out.println("killed after " + before + " of " + FILES + " notes, exit code " + code);

        JsonNode counts = device.heph("import", vault.toString(), "--json").ok().json();

        assertThat(counts.path("unchanged").asInt()).isEqualTo(before);
        assertThat(counts.path("created").asInt()).isEqualTo(FILES - before);
        assertThat(notes()).isEqualTo(FILES);
        device.heph("doctor", "--rebuild-check").ok();
    }

    /** What a device says but its own name. */
    private static JsonNode without(JsonNode said) {
        said.forEach(entry -> {
            if (entry instanceof ObjectNode node) {
                node.remove("device");
            }
        });
        return said;
    }

    private int notes() {
        try (Client client = device.connect()) {
            return client.result("health").path("note_count").asInt();
        }
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (var files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                tree.put(root.relativize(file).toString(), Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return tree;
    }
}
