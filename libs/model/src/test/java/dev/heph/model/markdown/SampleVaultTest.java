package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.NameFold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a newcomer sees first must be in order: examples/vault, which `heph try` imports. */
class SampleVaultTest {
    private static final Path VAULT = Path.of("..", "..", "examples", "vault");

    @Test
    void everyLinkLeadsSomewhereButOne() throws IOException {
        Map<String, Extraction> notes = notes();
        Map<String, String> titles = titles(notes);
        List<String> unresolved = notes.values().stream().flatMap(note -> note.links().stream()).map(LinkRef::title)
                .filter(title -> !titles.containsKey(NameFold.fold(title))).toList();
        assertThat(unresolved).containsExactly("Salt, Fat, Acid, Heat");
    }

    @Test
    void theStarterIsLinkedFromManyNotes() throws IOException {
        Map<String, Extraction> notes = notes();
        Map<String, String> titles = titles(notes);
        assertThat(notes.values()).filteredOn(note -> note.links().stream().map(link -> NameFold.fold(link.title()))
                .anyMatch(name -> "Sourdough starter".equals(titles.get(name)))).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void itsFrontMatterIsSound() throws IOException {
        assertThat(notes()).hasSizeGreaterThan(20)
                .allSatisfy((title, note) -> assertThat(note.frontMatter().problem()).as(title).isEmpty());
    }

    private static Map<String, Extraction> notes() throws IOException {
        Map<String, Extraction> notes = new HashMap<>();
        try (Stream<Path> files = Files.walk(VAULT)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
                String name = file.getFileName().toString();
                notes.put(name.substring(0, name.length() - 3), Extraction.of(Files.readString(file)));
            }
        }
        return notes;
    }

    private static Map<String, String> titles(Map<String, Extraction> notes) {
        Map<String, String> titles = new HashMap<>();
        notes.forEach((title, note) ->
                note.frontMatter().aliases().forEach(alias -> titles.put(NameFold.fold(alias), title)));
        notes.keySet().forEach(title -> titles.put(NameFold.fold(title), title));
        return titles;
    }
}
