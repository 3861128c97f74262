package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.op.Bytes32;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import tells of a folder, and what it does only when asked. */
class ImportOptionsTest {
    @TempDir
    private Path directory;

    private Path folder;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(directory.resolve("My Notes"));
        rig = new Rig(directory.resolve("home"));
        rig.store.answer("node.list", params -> Json.object().put("total", 42));
        rig.store.answer("import.batch", params -> Json.object().put("created", params.path("notes").size()));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void brokenFrontMatterIsNamedAndTheFileComesInAllTheSame() throws IOException {
        write("broken.md", "---\ntags: [a, b\n---\ntext");
        write("bom and crlf.md", "\uFEFF---\r\ntitle: \"no end\r\n---\r\ntext");
        write("template.md", "---\ncreated: {{date}}\n---\n"); // is YAML, as it happens
        write("fine.md", "---\ntags: [a, b]\n---\n---\nnot: [yaml\n---\n");
        write("rule.md", "---\nopen: [end");
        write("later.md", "text\n\n---\na: [b\n---\n");

        JsonNode result = run();

        assertThat(result.path("created").asInt()).isEqualTo(6);
        assertThat(result.path("skipped")).isEmpty();
        assertThat(result.path("problems").findValuesAsText("path")).containsExactly("bom and crlf.md", "broken.md");
        assertThat(result.path("problems").findValuesAsText("reason")).allMatch(reason -> reason.startsWith("the front matter is not valid YAML: line "));
    }

    @Test
    void attachmentsAreCountedAndListed() throws IOException {
        write("a.md", "![[b.png]]");
        write("b.png", "png");
        write("deep/er/c.pdf", "pdf");
        write("deep/.hidden", "hidden");
        JsonNode result = run();
        assertThat(result.path("attachments").asInt()).isEqualTo(2);
        assertThat(result.path("attachment_paths").toString()).isEqualTo("[\"b.png\",\"deep/er/c.pdf\"]");
    }

    @Test
    void deepTreesAndLargeFilesComeIn() throws IOException {
        String deep = "d/".repeat(300) + "deep.md";
        write(deep, "at the bottom");
        String large = "0123456789 [[Link]]\n".repeat(500_000);
        write("large.md", large);
        run();
        assertThat(notes()).hasSize(2).containsEntry(deep, "at the bottom").containsEntry("large.md", large);
    }

    /** Such folders are made step by step; no program can name what is in them by its whole path. */
    @Test
    void whatLiesDeeperThanAPathMayBeLongIsNamed() throws Exception {
        write("good.md", "good");
        String name = "x".repeat(250);
        String script = "cd \"$1\" && for i in $(seq 20); do mkdir " + name + " && cd -P " + name + " || exit 1; done; echo x > deep.md";
        assertThat(new ProcessBuilder("bash", "-c", script, "bash", folder.toString()).start().waitFor()).isZero();
        try {
            JsonNode result = run();
            assertThat(result.path("created").asInt()).isEqualTo(1);
            assertThat(skipped(result)).singleElement().asString().contains(": cannot be ").endsWith("ile name too long");
        } finally {
            assertThat(new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor()).isZero();
        }
    }

    @Test
    void pruneNamesTheFilesThatAreGone() throws IOException {
        write("here.md", "here.md");
        write("closed.md/inside.md", "a folder");
        Files.write(folder.resolve("unreadable.md"), new byte[] {(byte) 0xff});
        link("out", directory);
        came("here.md", "gone.md", "unreadable.md", "gone too.md", "out/there.md");
        rig.store.answer("import.batch", params -> Json.object().put("deleted", params.path("gone").size())
                .set("deleted_paths", params.path("gone")));

        JsonNode without = run();
        assertThat(without.path("deleted").asInt()).as("nothing without").isZero();
        assertThat(without.path("gone").asInt()).isEqualTo(2);
        assertThat(without.path("gone_paths").toString()).as("but said").isEqualTo("[\"gone too.md\",\"gone.md\"]");
        JsonNode result = ask("prune").path("result");

        assertThat(result.path("deleted").asInt()).isEqualTo(2);
        assertThat(result.path("gone").asInt()).isZero();
        assertThat(result.path("deleted_paths").toString()).isEqualTo("[\"gone too.md\",\"gone.md\"]");
        assertThat(batches().getLast().path("gone").toString()).isEqualTo("[\"gone too.md\",\"gone.md\"]");
        assertThat(batches().getLast().path("last").asBoolean()).isTrue();
    }

    @Test
    void checkboxesWithDatesBecomeTasksWhenAsked() throws IOException {
        String body = """
                - [ ] only to tick off
                - [ ] Pay rent 📅 2026-12-01 #home
                  - [x] Call Ann ⏳ 2026-11-30 ✅ 2026-11-30
                - [-] Never 📅 2026-12-02
                - [/] Water 🔁 every week when done 📅 2026-12-03
                - [x] Water 🔁 every week when done 📅 2026-11-26
                - [ ] Sow 🔁 every spring
                ```
                - [ ] In code 📅 2026-12-01
                ```
                - [ ] Pay rent 📅 2026-12-05
                """;
        write("a/Home.md", body);
        rig.store.answer("task.import", params -> Json.object().put("created", params.path("tasks").size()));

        assertThat(run().has("tasks")).as("not without").isFalse();
        JsonNode result = ask("tasks").path("result");

        assertThat(result.path("tasks").toString()).isEqualTo("{\"created\":7,\"updated\":0,\"unchanged\":0}");
        assertThat(result.path("problems").toString()).isEqualTo("[{\"path\":\"a/Home.md line 7\",\"reason\":"
                + "\"that it repeats, 'every spring', is in its log only: heph reads no repetition in it\"}]");
        assertThat(notes()).as("the note stays as it is").containsEntry("a/Home.md", body);
        JsonNode sent = asked("task.import").getFirst();
        assertThat(sent.path("source").asText()).isEqualTo("obsidian tasks of My Notes");
        assertThat(sent.path("tasks").findValuesAsText("title"))
                .containsExactly("Pay rent", "Call Ann", "Never", "Water", "Water", "Sow", "Pay rent");
        assertThat(sent.path("tasks").findValuesAsText("state"))
                .containsExactly("outstanding", "done", "dropped", "outstanding", "done", "outstanding", "outstanding");
        assertThat(sent.path("tasks").findValuesAsText("key")).doesNotHaveDuplicates();
        assertThat(sent.at("/tasks/0/tags").toString()).isEqualTo("[\"home\"]");
        assertThat(sent.at("/tasks/3/rule").asText()).isEqualTo("FREQ=WEEKLY");
        assertThat(sent.at("/tasks/3/after_done").asBoolean()).isTrue();
        assertThat(sent.at("/tasks/3/late_on").asText()).isEqualTo("2026-12-03");
        assertThat(sent.at("/tasks/4").has("rule")).as("what is done comes again in the line above").isFalse();
        assertThat(sent.at("/tasks/5/log").toString()).isEqualTo("[\"from a/Home.md\",\"repeats: every spring\"]");

        ask("tasks");
        assertThat(asked("task.import").getLast().path("tasks")).as("known by the same keys").isEqualTo(sent.path("tasks"));
    }

    @Test
    void pruneOfAFolderWithoutNotesDeletesNothing() throws IOException {
        write("picture.png", "what is left where a disk is not there");
        JsonNode error = ask("prune").path("error");
        assertThat(error.path("message").asText()).startsWith("there is no note in this folder, so nothing of its notes is deleted");
        assertThat(batches()).isEmpty();
    }

    /** Has the store know these files of the vault, each with its path as its text. */
    private void came(String... paths) {
        rig.store.answer("import.files", params -> {
            ObjectNode answer = Json.object();
            ArrayNode files = answer.putArray("files");
            Stream.of(paths).sorted().forEach(path -> files.addObject().put("id", "of " + path).put("path", path)
                    .put("hash", Bytes32.sha256(path.getBytes(StandardCharsets.UTF_8)).toString()).put("here", true));
            return params.path("vault").asText().equals("My Notes") ? answer : Json.object();
        });
    }

    private JsonNode run() {
        JsonNode answer = ask("");
        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        return answer.path("result");
    }

    /** @param flag what is true; empty: nothing is */
    private JsonNode ask(String flag) {
        ObjectNode params = Json.object().put("path", folder.toString());
        Client client = rig.connect();
        JsonNode line = client.call("import", (flag.isEmpty() ? params : params.put(flag, true)).toString());
        while (line.has("method")) {
            line = client.next();
        }
        return line;
    }

    private List<JsonNode> batches() {
        return asked("import.batch");
    }

    private List<JsonNode> asked(String method) {
        return rig.store.asked.stream().filter(a -> a.method().equals(method)).map(FakeStore.Asked::params).toList();
    }

    private Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        batches().forEach(b -> b.path("notes").forEach(n -> notes.put(n.path("path").asText(), n.path("body").asText())));
        return notes;
    }

    private static List<String> skipped(JsonNode result) {
        return result.path("skipped").valueStream().map(s -> s.path("path").asText() + ": " + s.path("reason").asText()).toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, Path target) throws IOException {
        Files.createSymbolicLink(folder.resolve(path), target);
    }
}
