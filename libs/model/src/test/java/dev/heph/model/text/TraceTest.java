package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded editing sessions end in the text that their authors saw; skipped where the recordings are not at hand. */
class TraceTest {
    @ParameterizedTest
    @ValueSource(strings = {"sveltecomponent", "clownschool", "json-crdt-patch", "rustcode"})
    void reachesItsEnd(String name) throws IOException {
        Path file = traces().resolve(name + ".json.gz");
        assumeThat(file).as("recordings of editing sessions beside the checkout").exists();
        Trace trace = Trace.read(file);
        Text text = trace.replay();
        assertThat(text.toString()).isEqualTo(trace.endContent());
        assertThat(Text.load(text.save()).toString()).isEqualTo(trace.endContent());
    }

    /** {@code ../shared/data/traces} seen from the checkout, wherever in it the build runs. */
    private static Path traces() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory.getParent() != null && !Files.exists(directory.resolve("../shared/data/traces"))) {
            directory = directory.getParent();
        }
        return directory.resolve("../shared/data/traces").normalize();
    }
}
