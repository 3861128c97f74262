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

    /** In one step, from a home with whatever name, and readers see it. */
    @Test
    void anotherDatabaseTakesItsPlace() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("o'brien & \u00e9toile"));
        Database other = Database.in(elsewhere);
        try (var connection = other.openWriter(elsewhere, Instant.EPOCH)) {
            Tx tx = new Tx(connection);
            tx.run("BEGIN");
            add(tx, "of the other");
            tx.run("COMMIT");
        }
        try (var connection = Database.in(directory).openReader()) {
            Tx reader = new Tx(connection);
            assertThat(reader.all("SELECT name FROM spaces ORDER BY num", row -> row.getString(1))).containsExactly("personal");
            writer.replace(tx -> other, tx -> tx.first("SELECT 1 FROM spaces WHERE name = 'of the other'", row -> true).isPresent());
            assertThat(reader.all("SELECT name FROM spaces ORDER BY num", row -> row.getString(1))).containsExactly("personal", "of the other");
        }
        assertThat(forgotten).isTrue();
        assertThat(spaces()).isEqualTo(2);
    }

    /** The driver does not say that there was no room. */
    @Test
    void withoutRoomEverythingIsAsItWas() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("other"));
        Database other = Database.in(elsewhere);
        try (var connection = other.openWriter(elsewhere, Instant.EPOCH)) {
            Tx tx = new Tx(connection);
            tx.run("BEGIN");
            for (int space = 0; space < 400; space++) {
                add(tx, space + "x".repeat(1_000));
            }
            tx.run("COMMIT");
        }
        writer.write(tx -> tx.first("PRAGMA max_page_count = 100", row -> row.getLong(1)));
        assertThatThrownBy(() -> writer.replace(tx -> other, tx -> tx.first("SELECT count(*) > 400 FROM spaces", row -> row.getBoolean(1)).orElseThrow()))
                .hasMessageContaining("there is no room");
        assertThat(spaces()).isEqualTo(1);
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

    @Test
    void aFullDiskIsKnownUntilSomethingIsWrittenAgain() {
        writer.write(tx -> tx.first("PRAGMA max_page_count = 60", row -> true));
        assertThat(writer.full()).isFalse();
        assertThatThrownBy(() -> writer.write(tx -> {
            add(tx, "x".repeat(1 << 20));
            return null;
        })).hasMessageContaining("the disk is full");
        assertThat(writer.full()).isTrue();

        writer.write(tx -> tx.first("PRAGMA max_page_count = 100000", row -> true));
        writer.write(tx -> {
            add(tx, "x".repeat(1 << 20));
            return null;
        });
        assertThat(writer.full()).isFalse();
    }

    /** A copy of the file alone has it then. */
    @Test
    void whatWasCommittedIsInTheDatabaseAfterAStop() throws Exception {
        writer.write(tx -> {
            add(tx, "last");
            return null;
        });
        writer.close();

        assertThat(directory.resolve("heph.db-wal")).doesNotExist();
        assertThat(namesIn(Files.copy(directory.resolve("heph.db"), directory.resolve("copy.db")))).contains("last");
    }

    /** Somebody who reads still is not waited for, and nothing is lost. */
    @Test
    void aStopDoesNotWaitForWhoReads() throws Exception {
        try (var connection = Database.in(directory).openReader()) {
            Tx reader = new Tx(connection);
            reader.run("BEGIN");
            reader.first("SELECT 1 FROM spaces", row -> true);
            writer.write(tx -> {
                add(tx, "last");
                return null;
            });
            long begun = System.nanoTime();
            writer.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(namesIn(directory.resolve("heph.db"))).contains("last");
    }

    /** The supervisor has no patience for more: what is left of a long log is read by the next start. */
    @Test
    void aLongLogIsBroughtHomeInTimeOrLeftWhole() throws Exception {
        for (int i = 0; i < 62; i++) {
            String name = i + "x".repeat(1 << 20);
            writer.write(tx -> {
                add(tx, name);
                return null;
            });
        }
        writer.finish();
        long begun = System.nanoTime();
        writer.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(namesIn(directory.resolve("heph.db"))).hasSize(63);
    }

    private List<String> namesIn(Path file) throws Exception {
        try (var connection = new Database(file).openReader()) {
            return new Tx(connection).all("SELECT name FROM spaces", row -> row.getString(1));
        }
    }
}
