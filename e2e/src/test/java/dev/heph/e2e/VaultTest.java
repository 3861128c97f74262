package dev.heph.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real folders of notes: everything gets in, once, and comes out as it was. */
class VaultTest {
    @TempDir
    Path directory;

    /** The last two are large and not part of the project; where they are not at hand they are skipped. */
    @ParameterizedTest
    @ValueSource(strings = {"examples/vault", "../shared/data/vaults/kepano", "../shared/data/vaults/obsidian-help"})
    void imports_twice_andExportsTheSameBytes(String name) throws IOException {
        Path vault = Installation.ROOT.resolve(name).normalize();
        assumeTrue(Files.isDirectory(vault), vault + " is not here");
        List<Path> notes = notes(vault);
        try (Device device = Device.at(directory.resolve("home"))) {
            device.heph("up").ok();
            JsonNode first =
                    device.heph("import", vault.toString(), "--json").ok().json();
            assertThat(first.path("files").asInt()).isEqualTo(notes.size());
            assertThat(first.path("created").asInt()).isEqualTo(notes.size());
            assertThat(first.path("notes_total").asInt()).isEqualTo(notes.size());
            System.out.println(name + ": " + notes.size() + " notes; " + search(device, notes));

            String log = log(device);
            JsonNode second =
                    device.heph("import", vault.toString(), "--json").ok().json();
            assertThat(second.path("unchanged").asInt()).isEqualTo(notes.size());
            assertThat(second.path("created").asInt() + second.path("updated").asInt())
                    .isZero();
            assertThat(log(device)).isEqualTo(log);

            Path target = directory.resolve("export");
            device.heph("export", target.toString()).ok();
            for (Path note : notes) {
                assertThat(target.resolve(note))
                        .as("%s", note)
                        .hasBinaryContent(Files.readAllBytes(vault.resolve(note)));
            }
            assertThat(notes(target)).hasSize(notes.size());
            device.heph("doctor", "--rebuild-check").ok();
            device.heph("down").ok();
        }
    }

    /** The title of the first note finds it. */
    private static String search(Device device, List<Path> notes) {
        String title = notes.getFirst().getFileName().toString().replaceFirst("\\.md$", "");
        JsonNode found =
                device.heph("search", "--json", "--", '"' + title + '"').ok().json();
        assertThat(Json.texts(found.path("hits"), "title")).contains(title);
        return found.path("total").asInt() + " hits for " + title;
    }

    /** Every markdown file outside hidden folders, relative: counted by other means than heph's. */
    private static List<Path> notes(Path vault) throws IOException {
        List<Path> notes = new ArrayList<>();
        Files.walkFileTree(vault, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean hidden =
                        !folder.equals(vault) && folder.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (attributes.isRegularFile()
                        && !name.startsWith(".")
                        && name.toLowerCase().endsWith(".md")) {
                    notes.add(vault.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        notes.sort(null);
        return notes;
    }

    private static String log(Device device) {
        try (Client client = device.connect()) {
            return client.result("doctor").path("checks").toString();
        }
    }
}
