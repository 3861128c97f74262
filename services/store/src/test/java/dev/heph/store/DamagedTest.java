package dev.heph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A database that was damaged is called so by whoever comes upon it, and from then on by the store itself. */
class DamagedTest {
    private static final String WORDS = "the database is damaged: put back a backup with `heph backup restore FILE`";
    private static final int PAGE = 4096;

    @Test
    void oneWhoseHeaderIsGoneIsNotHealthy() throws Exception {
        try (RunningStore store = RunningStore.temporary()) {
            store.doc("Soup", "");
            store.restart();
            assertThat(store.health().detail()).startsWith("ready");
            assertThat(store.ready()).isTrue();
            overwrite(store, 0, PAGE);

            assertThat(store.health().up()).isFalse();
            assertThat(store.health().detail()).startsWith(WORDS);
            assertThat(store.ready()).isFalse();
        }
    }

    /** The header is sound: nobody knows before somebody reads there. */
    @Test
    void norOneInWhichSomebodyHasComeUponIt() throws Exception {
        try (RunningStore store = RunningStore.temporary()) {
            String id = store.doc("Soup", "hot\n".repeat(5_000));
            store.stop();
            overwrite(store, PAGE, Files.size(file(store)));
            try {
                store.start();
            } catch (HephException refused) {
                assertThat(refused.reason()).isEqualTo(Reason.DAMAGED);
                assertThat(refused.getMessage()).startsWith(WORDS);
                return;
            }
            assertThatThrownBy(() -> store.get(id)).isInstanceOfSatisfying(HephException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
                    .hasMessageStartingWith(WORDS);
            assertThat(store.health().detail()).startsWith(WORDS);
            assertThat(store.ready()).isFalse();
        }
    }

    /** While it runs, below what it holds in memory. */
    @Test
    void norOneThatIsDamagedWhileItRuns() throws Exception {
        try (RunningStore store = RunningStore.temporary()) {
            for (int i = 0; i < 50; i++) {
                store.doc("Note " + i, "text of the note\n".repeat(500));
            }
            store.restart();
            overwrite(store, Files.size(file(store)) / 2 / PAGE * PAGE, Files.size(file(store)));
            assertThat(store.ready()).as("what is read to look is sound").isTrue();
            assertThatThrownBy(() -> store.call("export.page", "{}")).isInstanceOfSatisfying(HephException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
            assertThat(store.health().up()).isFalse();
            assertThat(store.health().detail()).startsWith(WORDS);
            assertThat(store.ready()).isFalse();
        }
    }

    private static Path file(RunningStore store) {
        return store.home.data().resolve("heph.db");
    }

    private static void overwrite(RunningStore store, long from, long to) throws IOException {
        byte[] noise = new byte[(int) (to - from)];
        new Random(1).nextBytes(noise);
        try (var file = new RandomAccessFile(file(store).toFile(), "rw")) {
            file.seek(from);
            file.write(noise);
        }
    }
}
