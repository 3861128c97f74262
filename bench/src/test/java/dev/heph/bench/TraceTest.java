package dev.heph.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.heph.model.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded editing sessions end in the text that their authors saw. */
class TraceTest {
    private static final Path HERE = Path.of("src/test/resources/traces");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"alone.json", "apart.json"})
    void aSmallSessionReachesItsEnd(String name) {
        assertReachesItsEnd(HERE.resolve(name));
    }

    /** Skipped where the recordings are not at hand. */
    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent", "clownschool", "json-crdt-patch", "rustcode"})
    void aRecordedSessionReachesItsEnd(String name) {
        Path file = Path.of("../../shared/data/traces").resolve(name + ".json.gz");
        assumeThat(file).as("recordings of editing sessions beside the checkout").exists();
        assertReachesItsEnd(file);
    }

    @Test
    void aPackedFileIsReadToo() throws IOException {
        Path packed = directory.resolve("alone.json.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(HERE.resolve("alone.json"), out);
        }
        assertReachesItsEnd(packed);
    }

    @Test
    void whoWroteAloneAndWhoDidNotIsSeenFromTheParents() {
        assertThat(TraceFile.read(HERE.resolve("alone.json")).concurrent()).isFalse();
        assertThat(TraceFile.read(HERE.resolve("apart.json")).concurrent()).isTrue();
    }

    /** 100 agents by turns on three lines that meet at the end: more agents than texts are kept, and one writes on two lines at once. */
    @Test
    void manyAgentsByTurnsNeedNoTextEach() {
        StringBuilder txns = new StringBuilder("{\"parents\": [], \"agent\": 0, \"patches\": [[0, 0, \"ab\"]]}");
        for (int i = 1; i <= 300; i++) {
            int line = i % 3;
            int before = i <= 3 ? 0 : i - 3;
            String where = switch (line) {
                case 0 -> "0, 0, \"x\"";
                case 1 -> 1 + i / 3 + ", 0, \"y\"";
                default -> 2 + i / 3 + ", 0, \"z\"";
            };
            txns.append(", {\"parents\": [%d], \"agent\": %d, \"patches\": [[%s]]}".formatted(before, i % 100, where));
        }
        txns.append(", {\"parents\": [298, 299, 300], \"agent\": 7, \"patches\": [[300, 0, \"!\"]]}");
        String end = "x".repeat(100) + "a" + "y".repeat(100) + "b" + "z".repeat(98) + "!" + "zz";
        Trace trace = TraceFile.read(written("{\"endContent\": \"" + end + "\", \"txns\": [" + txns + "]}"));
        assertThat(replayed(trace)).hasToString(end);
    }

    @Test
    void aDifferenceIsNamedByItsPlace() {
        assertThat(ReplayTrace.difference("same", "same")).isEmpty();
        assertThat(ReplayTrace.difference("🦊 fox", "🦊 dog"))
                .isEqualTo("differs at character 2: recorded 'fox', replayed 'dog' (5 and 5 characters)");
        assertThat(ReplayTrace.difference("a\nb", "a")).isEqualTo("differs at character 1: recorded '\\nb', replayed its end (3 and 1 characters)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "an empty file | '' | is no trace: it is not an object",
        "another text | groceries | is no trace: Unrecognized token 'groceries'",
        "a list | [1] | is no trace: it is not an object",
        "half a file | {\"txns\": [{\"patches\": [[0, 0, | is no trace: Unexpected end-of-input",
        "without an end | {\"txns\": []} | is no trace: it has no endContent",
        "without transactions | {\"endContent\": \"\"} | is no trace: it has no txns",
        "a number as a text | {\"endContent\": 1} | is no trace: 'endContent' is not a text",
        "a patch of two | {\"txns\": [{\"patches\": [[0, 0]]}]} | is not a text",
        "a negative place | {\"txns\": [{\"patches\": [[-1, 0, \"\"]]}]} | is not a number from 0",
        "a place too large for any text | {\"txns\": [{\"patches\": [[99999999999, 0, \"\"]]}]} | is not a number from 0",
        "its own parent | {\"txns\": [{\"parents\": [0], \"patches\": []}]} | is not a number from 0",
        "patches that are none | {\"txns\": [{\"patches\": {}}]} | is no trace: 'patches' is not a list",
    })
    void whatIsNoTraceIsSaidInOneLine(String what, String content, String message) {
        Path file = written(content);
        assertThatThrownBy(() -> TraceFile.read(file)).isInstanceOf(TraceFile.NoTrace.class)
                .hasMessageContaining(message.strip()).message().doesNotContain("\n");
    }

    @Test
    void aFileThatIsNotThereOrCutOffIsSaidToBe() throws IOException {
        assertThatThrownBy(() -> TraceFile.read(directory.resolve("none"))).isInstanceOf(TraceFile.NoTrace.class)
                .hasMessage("cannot be read: there is no such file");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(Files.readAllBytes(HERE.resolve("alone.json")));
        }
        Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes.toByteArray(), 100));
        assertThatThrownBy(() -> TraceFile.read(cut)).isInstanceOf(TraceFile.NoTrace.class).hasMessageStartingWith("is no trace: ");
    }

    @Test
    void aPatchOutsideItsTextIsNamed() {
        Trace trace = TraceFile.read(written("{\"endContent\": \"\", \"txns\": [{\"patches\": [[0, 0, \"a\"], [0, 2, \"\"]]}]}"));
        assertThatThrownBy(() -> Replay.edits(trace)).isInstanceOf(TraceFile.NoTrace.class)
                .hasMessage("contradicts itself in transaction 0, patch 1: character 2 is outside the text, which has 1");
    }

    private Path written(String content) {
        try {
            return Files.write(directory.resolve("trace.json"), List.of(content), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertReachesItsEnd(Path file) {
        Trace trace = TraceFile.read(file);
        Text text = replayed(trace);
        assertThat(ReplayTrace.difference(trace.end(), text.toString())).isEmpty();
        assertThat(Text.load(text.save())).hasToString(trace.end());
    }

    private static Text replayed(Trace trace) {
        Text text = new Text();
        Replay.edits(trace).forEach(edit -> text.apply(edit.op(), edit.edit()));
        return text;
    }
}
