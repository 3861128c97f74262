package dev.heph.store.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundnessTest {
    @TempDir
    Path tmp;

    private Database database;
    private Connection writer;
    private Soundness soundness;

    @BeforeEach
    void open() {
        database = Database.in(tmp);
        writer = database.openWriter(tmp.resolve("backups"), Instant.EPOCH);
        soundness = Soundness.of(database);
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    @Test
    void aDatabaseInUseIsSound() throws Exception {
        try (var statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE"); // also while somebody writes
            assertThat(soundness.holds()).isTrue();
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void oneThatIsGoneIsNot() throws Exception {
        Files.delete(database.file());

        assertThat(soundness.holds()).isFalse();
        assertThat(database.file()).as("looking makes no new one").doesNotExist();
    }

    @Test
    void norAnotherOneInItsPlace() throws Exception {
        Path other = Files.copy(database.file(), tmp.resolve("other"));
        Files.move(other, database.file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(soundness.holds()).isFalse();
    }

    @Test
    void norOneThatWasOverwritten() throws Exception {
        try (var file = new RandomAccessFile(database.file().toFile(), "rw")) {
            file.write(new byte[4096]);
        }

        assertThat(soundness.holds()).isFalse();
    }
}
