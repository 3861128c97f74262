package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The encoding of edits is the wire format and never changes. {@code golden/text/edits.txt} holds a line of hex for each
 * example here; {@code -Dheph.golden.write=true} writes the file anew, which only ever may add lines.
 */
class GoldenEditsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/text/edits.txt");

    private static Map<String, TextEdit> examples() {
        Map<String, TextEdit> examples = new LinkedHashMap<>();
        examples.put("empty", edit(0, 0, List.of(), List.of(), List.of()));
        examples.put("first-letter", edit(1, 0, List.of(new Run(null, null, "a")), List.of(), List.of()));
        examples.put("keystroke", edit(0xCAFE_BABEL, 60_000,
                List.of(new Run(new CharId(0xCAFE_BABEL, 29_999), new CharId(0xCAFE_BABEL, 30_000), "y")),
                List.of(), List.of()));
        examples.put("append-to-another", edit(2, 0, List.of(new Run(new CharId(1, 0), null, "b")), List.of(), List.of()));
        examples.put("prepend-to-another", edit(2, 0, List.of(new Run(null, new CharId(1, 0), "b")), List.of(), List.of()));
        examples.put("not-ascii", edit(3, 7, List.of(new Run(null, null, "日本 é 😀\r\n")), List.of(), List.of()));
        examples.put("replace", edit(1, 9, List.of(new Run(new CharId(1, 3), new CharId(2, 4), "new")),
                List.of(new DeleteRange(1, 1, 3), new DeleteRange(2, 0, 4)), List.of()));
        examples.put("delete-only", edit(CharId.MAX_CLIENT, 5, List.of(), List.of(new DeleteRange(8, 200, 1000)), List.of()));
        examples.put("undelete", edit(1, 9, List.of(), List.of(),
                List.of(new Undelete(Replica.op(0x0102_0304_0506_0708L, 300), new DeleteRange(1, 1, 3)))));
        examples.put("two-runs", edit(1, 100, List.of(new Run(new CharId(1, 0), new CharId(1, 1), "x"),
                new Run(new CharId(9, 70_000), new CharId(1, 2), "yz")), List.of(), List.of()));
        examples.put("long-run", edit(1, 0, List.of(new Run(null, null, "0123456789".repeat(30))), List.of(), List.of()));
        return examples;
    }

    private static TextEdit edit(
            long client, long clock, List<Run> runs, List<DeleteRange> deletes, List<Undelete> undeletes) {
        return new TextEdit(client, clock, runs, deletes, undeletes);
    }

    @Test
    void everyExampleHasExactlyTheBytesItAlwaysHad() throws IOException {
        String written = examples().entrySet().stream()
                .map(example -> example.getKey() + " " + HexFormat.of().formatHex(TextEditCodec.write(example.getValue())))
                .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("heph.golden.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, written);
        }
        assertThat(written).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void everyGoldenLineIsReadAndWrittenBackTheSame() throws IOException {
        for (String line : Files.readAllLines(GOLDEN)) {
            String hex = line.substring(line.indexOf(' ') + 1);
            TextEdit edit = TextEditCodec.read(HexFormat.of().parseHex(hex));
            assertThat(edit).as(line).isEqualTo(examples().get(line.substring(0, line.indexOf(' '))));
            assertThat(HexFormat.of().formatHex(TextEditCodec.write(edit))).as(line).isEqualTo(hex);
        }
    }
}
