package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A device whose key is gone: under another id what waits in its log would never reach anybody. */
class MissingKeyTest {
    @Test
    void itDoesNotStartAndMakesNoOther() throws IOException {
        try (RunningStore store = RunningStore.temporary()) {
            String soup = store.doc("Soup", "hot\n");
            store.stop();
            Path key = store.home.data().resolve("device.key");
            byte[] seed = Files.readAllBytes(key);
            Files.delete(key);

            assertThatThrownBy(store::start).isInstanceOf(HephException.class).hasMessageContaining("device.key is missing").hasMessageContaining("heph backup restore FILE");

            assertThat(key).doesNotExist();
            Files.write(key, seed);
            store.start();
            assertThat(store.get(soup).path("body").asText()).isEqualTo("hot\n");
        }
    }
}
