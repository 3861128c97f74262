package dev.heph.store.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One transaction at a time, whole or not at all. */
class WriterTest {
    @TempDir
    Path directory;

    private final AtomicBoolean forgotten = new AtomicBoolean();
    private final List<Long> spacesAtChore = new CopyOnWriteArrayList<>();
    private Writer writer;

    @BeforeEach
    void open() {
        Database database = Database.in(directory);
        writer = new Writer(database.openWriter(directory.resolve("backups"), Instant.EPOCH), () -> forgotten.set(true), tx -> {
            spacesAtChore.add(tx.first("SELECT count(*) FROM spaces", row -> row.getLong(1)).orElseThrow());
            return spacesAtChore.size() < 3;
        });
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private long spaces() {
        return writer.write(tx -> tx.first("SELECT count(*) FROM spaces", row -> row.getLong(1)).orElseThrow());
    }

    private static void add(Tx tx, String name) {
        tx.run("INSERT INTO spaces (name) VALUES (?)", name);
    }

    @Test
    void whatFailsLeavesNothingBehind() {
        long before = spaces();
        assertThatThrownBy(() -> writer.write(tx -> {
            add(tx, "half");
            throw new IllegalStateException("no");
        })).hasMessage("no");
        assertThat(spaces()).isEqualTo(before);
        assertThat(forgotten).isTrue();
    }

    @Test
    void whatWasCommittedMovesIntoTheDatabaseWhenNobodyWaits() throws Exception {
        long before = Files.size(directory.resolve("heph.db"));
        for (int space = 0; space < 400; space++) {
            String name = space + "x".repeat(1_000);
            writer.write(tx -> {
                add(tx, name);
                return null;
            });
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.size(directory.resolve("heph.db")) > before + 400_000);
        assertThat(spacesAtChore).as("the chore is done to its end, after the last write").hasSize(3).containsOnly(spaces());
    }
}
