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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which new files an import takes for ones that are gone. */
class MovedFilesTest {
    @TempDir
    private Path directory;

    private final Map<String, String> known = new TreeMap<>();
    private Path folder;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(directory.resolve("My Notes"));
        rig = new Rig(directory.resolve("home"));
        Files.writeString(vaults(), "My\\ Notes=" + folder.toRealPath() + "\n"); // it came in before
        rig.store.answer("node.list", params -> Json.object().put("total", 42));
        rig.store.answer("import.files", params -> {
            ObjectNode answer = Json.object();
            ArrayNode files = answer.putArray("files");
            known.forEach((path, body) -> files.addObject().put("id", "of " + path).put("path", path)
                    .put("hash", Bytes32.sha256(body.getBytes(StandardCharsets.UTF_8)).toString()).put("here", true));
            return answer;
        });
        rig.store.answer("import.batch", params -> {
            ObjectNode answer = Json.object();
            ArrayNode moved = answer.putArray("moved_paths");
            params.path("notes").valueStream().filter(note -> note.has("from"))
                    .forEach(note -> moved.addObject().put("from", note.path("from").asText()).put("to", note.path("path").asText()));
            return answer;
        });
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aNewFileThatSaysWhatOneThatIsGoneSaidIsThat() throws IOException {
        known.putAll(Map.of("m.md", "text", "stays.md", "stays", "a/x.md", "x", "a/y.md", "y", "gone.md", "gone"));
        write("moved.md", "text");
        write("stays.md", "changed");
        write("b/c/x.md", "x");
        write("b/c/y.md", "y");
        write("new.md", "new");

        JsonNode result = run();

        assertThat(moves()).isEqualTo(Map.of("moved.md", "m.md", "b/c/x.md", "a/x.md", "b/c/y.md", "a/y.md"));
        assertThat(result.path("moved").asInt()).isEqualTo(3);
        assertThat(result.path("moved_paths").findValuesAsText("from")).containsExactlyInAnyOrder("m.md", "a/x.md", "a/y.md");
        assertThat(result.path("gone").asInt()).isEqualTo(1);
        assertThat(result.path("gone_paths").toString()).isEqualTo("[\"gone.md\"]");
    }

    @Test
    void whatIsThereTwiceOnEitherSideIsNot() throws IOException {
        known.putAll(Map.of("one.md", "same", "two.md", "same", "lone.md", "copied", "here.md", "here"));
        write("three.md", "same");
        write("copy 1.md", "copied");
        write("copy 2.md", "copied");
        write("here.md", "here");
        write("copy of here.md", "here");
        assertThat(run().path("gone").asInt()).isEqualTo(3);
        assertThat(moves()).isEmpty();
    }

    @Test
    void ofSeveralThatSayTheSameTheNamesTell() throws IOException {
        known.putAll(Map.of("a/x.md", "", "a/y.md", "", "a/index.md", "# Index", "b/index.md", "# Index"));
        write("c/x.md", "");
        write("c/y.md", "");
        write("d/index.md", "# Index");
        run();
        assertThat(moves()).isEqualTo(Map.of("c/x.md", "a/x.md", "c/y.md", "a/y.md"));
    }

    @Test
    void filesThatSayNothingAreNotOneForThat() throws IOException {
        known.putAll(Map.of("Ideas.md", "\n"));
        write("Shopping.md", "\n");
        run();
        assertThat(moves()).isEmpty();
    }

    @Test
    void whatMovedIsNotDeletedAlongWithWhatIsGone() throws IOException {
        known.putAll(Map.of("m.md", "text", "gone.md", "gone"));
        write("moved.md", "text");
        ask(Json.object().put("path", folder.toString()).put("prune", true));
        JsonNode part = rig.store.asked.stream().filter(asked -> asked.method().equals("import.batch")).findFirst().orElseThrow().params();
        assertThat(part.path("gone").toString()).isEqualTo("[\"gone.md\"]");
        assertThat(moves()).isEqualTo(Map.of("moved.md", "m.md"));
    }

    @Test
    void ofAnotherFolderOfTheSameNameNothingIsSaid() throws IOException {
        Files.delete(vaults());
        known.put("theirs.md", "theirs");
        Files.createFile(folder.resolve("picture.png"));
        assertThat(run().path("gone").asInt()).isZero();
        write("ours.md", "ours");
        assertThat(ask(Json.object().put("path", folder.toString()).put("vault", "My Notes")).at("/result/gone").asInt()).as("it is this one").isEqualTo(1);
        Files.delete(folder.resolve("ours.md"));
        assertThat(run().path("gone").asInt()).as("and stays so without a note in it").isEqualTo(1);
    }

    private Path vaults() {
        return rig.home.data().resolve("vaults.properties");
    }

    private JsonNode run() {
        return ask(Json.object().put("path", folder.toString())).path("result");
    }

    private JsonNode ask(ObjectNode params) {
        Client client = rig.connect();
        JsonNode line = client.call("import", params.toString());
        while (line.has("method")) {
            line = client.next();
        }
        return line;
    }

    /** Where each file was, by what the store was told. */
    private Map<String, String> moves() {
        Map<String, String> moves = new TreeMap<>();
        rig.store.asked.stream().filter(asked -> asked.method().equals("import.batch"))
                .forEach(asked -> asked.params().path("notes").valueStream().filter(note -> note.has("from"))
                        .forEach(note -> moves.put(note.path("path").asText(), note.path("from").asText())));
        return moves;
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
