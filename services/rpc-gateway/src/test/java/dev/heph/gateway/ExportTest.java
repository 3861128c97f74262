package dev.heph.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.runtime.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    @TempDir
    private Path directory;

    private final List<ObjectNode> nodes = new ArrayList<>();
    private Path target;
    private Rig rig;

    @BeforeEach
    void start() {
        target = directory.resolve("out");
        rig = new Rig(directory.resolve("home"));
        rig.store.answer("node.list", params -> page(params, 2));
        rig.store.answer("export.page", params -> page(params, 3));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void docsGoWhereTheyCameFromAndOthersByTheirKind() throws IOException {
        doc("Zeta", "b\r\n😀", "sub dir/Zeta.md");
        doc("Made by hand", "hand", null);
        node("task", "Pay: rent?", "ctx").set("task", Json.read("""
                {"state":"outstanding","attention":"red","do_date":{"local":"2026-11-21T09:00","at":1},"late_on":null,
                 "committed":true,"context":"01C","project":null}""".getBytes(StandardCharsets.UTF_8)));
        node("journal", "2026-11-21", "today");
        node("project", "Home \"sweet\"", "");
        node("tag", "food/bread", "");
        node("galaxy", "Later kind", "");

        JsonNode result = export(false).path("result");

        assertThat(result.toString()).isEqualTo("{\"count\":7,\"path\":\"" + target.toRealPath() + "\"}");
        assertThat(tree()).containsExactly(".heph-export.json", "Made by hand.md", "journal/2026-11-21.md", "other/Later kind.md",
                "projects/Home sweet.md", "sub dir/Zeta.md", "tags/food bread.md", "tasks/Pay rent.md");
        assertThat(read("sub dir/Zeta.md")).isEqualTo("b\r\n😀");
        assertThat(read("tasks/Pay rent.md")).isEqualTo("""
                ---
                heph: "%s"
                kind: "task"
                title: "Pay: rent?"
                state: "outstanding"
                attention: "red"
                do_date: "2026-11-21T09:00"
                committed: true
                context: "01C"
                ---
                ctx""".formatted(id(2)));
        assertThat(read("projects/Home sweet.md")).contains("title: \"Home \\\"sweet\\\"\"");
    }

    @Test
    void theManifestHoldsWhatFilesCannotSay() throws IOException {
        doc("A", "a", "A.md").putArray("aliases").add("Alpha");
        nodes.getFirst().putArray("links").addObject().put("type", "blocks").put("dst", id(7)).put("key", "k");
        export(false);

        JsonNode manifest = Json.read(Files.readAllBytes(target.resolve(".heph-export.json")));
        assertThat(manifest.path("format").asInt()).isEqualTo(2);
        assertThat(manifest.at("/nodes/0").toString()).isEqualTo("{\"path\":\"A.md\",\"id\":\"" + id(0)
                + "\",\"kind\":\"doc\",\"title\":\"A\",\"aliases\":[\"Alpha\"],\"source\":{\"vault\":\"v\",\"path\":\"A.md\"},"
                + "\"links\":[{\"type\":\"blocks\",\"dst\":\"" + id(7) + "\",\"key\":\"k\"}],"
                + "\"sha256\":\"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\"}");
    }

    @Test
    void namesThatAreEqualToSomeFileSystemAreKeptApart() throws IOException {
        doc("note", "by hand", null);
        doc("NOTE", "imported", "Note.md");
        doc("note", "other vault", "note.md");
        doc("e\u0301", "decomposed", null);
        doc("\u00e9", "composed", null);
        doc("inside", "a file where a folder is", "note.md/inside.md");

        export(false);

        assertThat(tree()).hasSize(7);
        assertThat(read("Note.md")).as("who has a path of its own comes first").isEqualTo("imported");
        assertThat(read("note (" + end(2) + ").md")).isEqualTo("other vault");
        assertThat(read("note (" + end(0) + ").md")).isEqualTo("by hand");
    }

    @Test
    void aNoteThatWasRenamedGoesBesideItsFileUnderItsNewTitle() throws IOException {
        doc("New: title", "renamed", "projects/deep/Old.md");
        doc("New title", "was called so before", "projects/deep/New title.md");
        doc("Top", "renamed", "Bottom.md");
        doc("in heph", "by hand", null);
        doc("In Heph", "renamed to what somebody has", "other.md");

        export(false);

        assertThat(tree()).containsExactly(".heph-export.json", "In Heph.md", "Top.md", "in heph (" + end(3) + ").md",
                "projects/deep/New title (" + end(0) + ").md", "projects/deep/New title.md");
        assertThat(read("projects/deep/New title.md")).as("who kept its name comes first").isEqualTo("was called so before");
        nodes.getFirst().put("title", "Old");
        export(false);
        assertThat(tree()).contains("projects/deep/Old.md").doesNotContain("projects/deep/New title (" + end(0) + ").md");
    }

    @Test
    void aNoteWhoseTitleSaysItsFileStaysThere() throws IOException {
        Map<String, String> titles = new TreeMap<>(Map.of("Caf\u00e9", "Cafe\u0301.md", "note", "a/NOTE.MD", "spaces", " spaces .md", "What is: this?", "What is: this?.md",
                "Really?", "Really.md", "con", "con.md", "a  b", "a  b.md"));
        titles.forEach((title, path) -> doc(title, path, path));
        export(false);
        assertThat(tree()).containsAll(titles.values()).hasSize(titles.size() + 1);
    }

    @Test
    void nothingIsWrittenOutsideWhateverAPathSays() throws IOException {
        List<String> paths = List.of("../evil.md", "/etc/evil.md", "a/../../evil.md", ".git/hooks/x.md", ".heph-export.json", "a//b.md", "./x.md",
                "..\\evil.md", "a\u0000.md", "no-markdown.sh", "x".repeat(300) + ".md", "a/.md");
        paths.forEach(path -> doc("Evil", path, path));
        doc("../../../title", "t", null);
        doc("..", "dots", null);
        doc("", "empty", null);

        JsonNode result = export(false).path("result");

        assertThat(result.path("count").asInt()).isEqualTo(paths.size() + 3);
        assertThat(tree()).hasSize(paths.size() + 4).allMatch(name -> !name.contains("/"));
        try (var beside = Files.list(directory)) {
            assertThat(beside.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("home", "out");
        }
    }

    @Test
    void aSymbolicLinkInTheTargetIsNotWrittenThrough() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("precious.md"), "precious");
        doc("precious", "new", "notes/precious.md");
        doc("link", "b", "link.md");
        export(false);
        Files.delete(target.resolve("link.md"));
        Files.createSymbolicLink(target.resolve("link.md"), precious);
        assertThat(export(false).at("/error/message").asText()).contains("link.md is not as an earlier export wrote it");
        assertThat(export(true).has("result")).as("a file that is a link is replaced, not followed").isTrue();
        assertThat(precious).hasContent("precious");
        assertThat(Files.isSymbolicLink(target.resolve("link.md"))).isFalse();

        Files.delete(target.resolve("notes/precious.md"));
        Files.delete(target.resolve("notes"));
        Files.createSymbolicLink(target.resolve("notes"), outside);
        JsonNode error = export(false).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32009);
        assertThat(error.path("message").asText()).contains("notes is a symbolic link");
        assertThat(precious).hasContent("precious");

        nodes.clear();
        export(false);
        assertThat(precious).as("nor is anything removed through it").hasContent("precious");
    }

    @Test
    void aDirectoryThatIsNoExportIsRefusedUnlessForced() throws IOException {
        doc("a", "a", "a.md");
        Files.createDirectory(target);
        Files.writeString(target.resolve("mine.txt"), "mine");

        JsonNode error = export(false).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32009);
        assertThat(error.path("message").asText()).contains("is not empty and not an earlier export");
        assertThat(tree()).containsExactly("mine.txt");

        assertThat(export(true).at("/result/count").asInt()).isEqualTo(1);
        assertThat(tree()).containsExactly(".heph-export.json", "a.md", "mine.txt");
        assertThat(export(false).at("/result/count").asInt()).as("now it is one").isEqualTo(1);
    }

    @Test
    void whatAnEarlierExportWroteAndNobodyChangedIsRemoved() throws IOException {
        doc("a", "a", "a.md");
        doc("b", "b", "deep/er/b.md");
        doc("c", "c", "deep/c.md");
        export(false);
        Files.writeString(target.resolve("mine.md"), "mine");
        Files.writeString(target.resolve("deep/c.md"), "c, changed by hand");
        var before = Files.getLastModifiedTime(target.resolve("a.md"));
        nodes.removeLast();
        nodes.removeLast();

        export(false);

        assertThat(tree()).containsExactly(".heph-export.json", "a.md", "deep/c.md", "mine.md");
        assertThat(Files.getLastModifiedTime(target.resolve("a.md"))).as("what is the same is not touched").isEqualTo(before);
    }

    @Test
    void whatTheUserWroteIsNotOverwrittenUnlessForced() throws IOException {
        doc("a", "a", "a.md");
        doc("b", "b", "b.md");
        doc("c", "c", null);
        export(false);
        nodes.forEach(node -> node.put("body", node.path("body").asText() + ", changed in heph"));
        doc("d", "d", null);
        Files.writeString(target.resolve("c.md"), "c, changed by hand");
        Files.writeString(target.resolve("d.md"), "mine");

        JsonNode error = export(false).path("error");

        assertThat(error.path("code").asInt()).isEqualTo(-32009);
        assertThat(error.path("message").asText()).isEqualTo(target.toRealPath().resolve("c.md")
                + " (and 1 more) is not as an earlier export wrote it: move it elsewhere, or force the export to overwrite it");
        assertThat(read("a.md")).as("found before anything is written").isEqualTo("a");
        assertThat(read("c.md")).isEqualTo("c, changed by hand");
        assertThat(read("d.md")).isEqualTo("mine");

        assertThat(export(true).has("result")).isTrue();
        assertThat(read("a.md")).isEqualTo("a, changed in heph");
        assertThat(read("c.md")).isEqualTo("c, changed in heph");
        assertThat(read("d.md")).isEqualTo("d");
        nodes.getFirst().put("body", "once more");
        assertThat(export(false).has("result")).as("what an export wrote, the next one replaces").isTrue();
        assertThat(read("a.md")).isEqualTo("once more");
    }

    @Test
    void anExportThatBrokeOffCanBeRepeated() throws IOException {
        doc("a", "a", "a.md");
        export(false);
        Files.writeString(target.resolve(".heph-export.json"), "{\"nodes\":[]}"); // as one that was killed leaves it
        doc("b", "b", "b.md");
        assertThat(export(false).has("result")).isTrue();
        assertThat(tree()).containsExactly(".heph-export.json", "a.md", "b.md");
    }

    @Test
    void aForgedManifestRemovesNothingOutside() throws IOException {
        doc("a", "a", "a.md");
        export(false);
        Path precious = Files.writeString(directory.resolve("precious.md"), "b");
        String hash = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"; // of "b"
        Files.writeString(target.resolve(".heph-export.json"),
                "{\"nodes\":[{\"path\":\"../precious.md\",\"sha256\":\"" + hash + "\"},{\"path\":\"\",\"sha256\":\"x\"}]}");

        export(false);
        assertThat(precious).hasContent("b");

        Files.writeString(target.resolve(".heph-export.json"), "damaged");
        assertThat(export(false).at("/result/count").asInt()).isEqualTo(1);
    }

    @Test
    void aTargetThatCannotBeIsRefused() throws IOException {
        doc("a", "a", "a.md");
        Files.writeString(target, "a file");
        assertThat(export(false).at("/error/message").asText()).contains("is a file: choose a directory");
        target = Path.of("/proc/heph-export");
        assertThat(export(false).at("/error/message").asText()).startsWith("cannot export to /proc/heph-export: ");
    }

    private JsonNode export(boolean force) {
        Client client = rig.connect();
        JsonNode line = client.call("export", "{\"path\":\"" + target + "\"" + (force ? ",\"force\":true" : "") + "}");
        while (line.has("method")) {
            line = client.next();
        }
        return line;
    }

    /** As the store pages: by a cursor of its own, whatever limit was asked for at most. */
    private ObjectNode page(JsonNode params, int size) {
        int from = params.path("after").asInt(0);
        ObjectNode page = Json.object().put("total", nodes.size());
        ArrayNode listed = page.putArray("nodes");
        nodes.stream().skip(from).limit(size).forEach(listed::add);
        if (from + size < nodes.size()) {
            page.put("next", Integer.toString(from + size));
        }
        return page;
    }

    private ObjectNode doc(String title, String body, String path) {
        ObjectNode doc = node("doc", title, body);
        if (path != null) {
            doc.putObject("source").put("vault", "v").put("path", path);
        }
        return doc;
    }

    private ObjectNode node(String kind, String title, String body) {
        ObjectNode node = Json.object().put("id", id(nodes.size())).put("kind", kind).put("title", title).put("body", body);
        node.putArray("aliases");
        nodes.add(node);
        return node;
    }

    private static String id(int number) {
        return "01J0000000000000000000%04d".formatted(number);
    }

    private static String end(int number) {
        return "%04d".formatted(number);
    }

    private String read(String path) throws IOException {
        return Files.readString(target.resolve(path));
    }

    private TreeSet<String> tree() throws IOException {
        try (var files = Files.walk(target)) {
            return new TreeSet<>(files.filter(Files::isRegularFile).map(f -> target.relativize(f).toString()).toList());
        }
    }
}
