package dev.heph.store.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a database is made, brought up to date, and what is refused untouched. */
class DatabaseTest {
    private static final String SHIPPED = Integer.toString(Migrations.shipped().latest());

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("heph.db");
    }

    private Connection open() {
        return Database.in(directory).openWriter(directory.resolve("backups"), Instant.EPOCH);
    }

    private Connection open(List<String> more) {
        return Database.in(directory).openWriter(directory.resolve("backups"), Instant.EPOCH, Migrations.shippedAnd(more));
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    @Test
    void aNewDatabaseIsPrivateInWalModeAndSyncsEveryCommit() throws Exception {
        try (Connection connection = open()) {
            assertThat(one(connection, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(one(connection, "PRAGMA synchronous")).isEqualTo("2");
            assertThat(one(connection, "PRAGMA user_version")).isEqualTo(SHIPPED);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
    }

    @Test
    void aMigrationKeepsACopyThatIsTheWayDown() throws Exception {
        open().close();
        try (Connection connection = open(List.of("CREATE TABLE later (x); INSERT INTO later VALUES (1);"))) {
            assertThat(one(connection, "PRAGMA user_version")).isEqualTo(Integer.toString(Migrations.shipped().latest() + 1));
            assertThat(one(connection, "SELECT x FROM later")).isEqualTo("1");
        }
        assertThatThrownBy(this::open).isInstanceOf(HephException.class).hasMessageContaining("newer heph");

        Path copy;
        try (var copies = Files.list(directory.resolve("backups"))) {
            copy = copies.findFirst().orElseThrow();
        }
        Files.delete(file());
        Files.deleteIfExists(directory.resolve("heph.db-wal"));
        Files.deleteIfExists(directory.resolve("heph.db-shm"));
        Files.move(copy, file());
        try (Connection connection = open()) {
            assertThat(one(connection, "PRAGMA user_version")).isEqualTo(SHIPPED);
            assertThat(one(connection, "SELECT name FROM spaces")).isEqualTo("personal");
        }
    }

    @Test
    void aMigrationThatFailsLeavesTheDatabaseAsItWas() throws Exception {
        open().close();
        assertThatThrownBy(() -> open(List.of("CREATE TABLE later (x); INSERT INTO nowhere VALUES (1);"))).isInstanceOf(HephException.class);
        try (Connection connection = open()) {
            assertThat(one(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'later'")).isEqualTo("0");
        }
    }

    /** As SQLite does by itself when the disk is full. */
    @Test
    void whyAMigrationFailedIsSaidAlsoIfItsTransactionEndedWithIt() {
        assertThatThrownBy(() -> open(List.of("ROLLBACK; INSERT INTO nowhere VALUES (1)"))).hasMessageContaining("nowhere");
    }

    @Test
    void aForeignDatabaseIsRefusedUntouched() throws Exception {
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file()); Statement statement = foreign.createStatement()) {
            statement.executeUpdate("CREATE TABLE photos (x)");
        }
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(this::open).isInstanceOf(HephException.class).hasMessageContaining("is not a heph database");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedUntouched() throws IOException {
        Files.writeString(file(), "dear diary, ".repeat(1000));
        assertThatThrownBy(this::open).isInstanceOf(HephException.class).hasMessageContaining("is not a heph database");
        assertThat(Files.readString(file())).isEqualTo("dear diary, ".repeat(1000));
    }

    /** What is found beside a database that was put back by hand: SQLite would write it into that. */
    @Test
    void theLogOfAnotherDatabaseIsPutAside() throws Exception {
        Path backup = directory.resolve("backup.db");
        try (Connection connection = open()) {
            Database.in(directory).copyTo(backup);
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO spaces (name) VALUES ('since')");
            }
            leaveBehind();
        }
        Files.copy(backup, file(), StandardCopyOption.REPLACE_EXISTING);
        putBack();

        try (Connection connection = open()) {
            assertThat(one(connection, "SELECT group_concat(name ORDER BY num) FROM spaces")).isEqualTo("personal");
            assertThat(one(connection, "PRAGMA integrity_check")).isEqualTo("ok");
        }
        assertThat(directory.resolve("backups").resolve("foreign-0.db-wal")).hasSameBinaryContentAs(directory.resolve("left"));
    }

    @Test
    void theLogThatAKilledStoreLeftIsReadOfCourse() throws Exception {
        try (Connection connection = open(); Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO spaces (name) VALUES ('last')");
            leaveBehind();
            Files.copy(file(), directory.resolve("killed.db"));
        }
        Files.copy(directory.resolve("killed.db"), file(), StandardCopyOption.REPLACE_EXISTING);
        putBack();

        try (Connection connection = open()) {
            assertThat(one(connection, "SELECT group_concat(name ORDER BY num) FROM spaces")).isEqualTo("personal,last");
        }
        assertThat(directory.resolve("backups")).doesNotExist();
    }

    @Test
    void aCopyIsWholeInItsOneFileOrNone() throws Exception {
        try (Connection connection = open(); Connection reader = Database.in(directory).openReader()) {
            reader.setAutoCommit(false);
            one(reader, "SELECT count(*) FROM spaces"); // what it sees must not go away from under it
            connection.createStatement().execute("CREATE TABLE late (x)");
            assertThatThrownBy(() -> Database.endLog(connection)).isInstanceOf(StorageException.class);
            reader.rollback();
        }
        try (Connection connection = open()) {
            connection.createStatement().execute("INSERT INTO late VALUES (7)");
            Database.endLog(connection);
            Path alone = Files.copy(file(), Files.createDirectory(directory.resolve("alone")).resolve("heph.db"));
            try (Connection copy = new Database(alone).openReader()) {
                assertThat(one(copy, "SELECT x FROM late")).isEqualTo("7");
            }
        }
    }

    /** As after a kill: the log stays. */
    private void leaveBehind() throws IOException {
        Files.copy(log(), directory.resolve("left"));
    }

    private void putBack() throws IOException {
        Files.copy(directory.resolve("left"), log());
    }

    private Path log() {
        return directory.resolve("heph.db-wal");
    }
}
