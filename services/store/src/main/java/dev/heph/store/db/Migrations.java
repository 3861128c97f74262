package dev.heph.store.db;

import dev.heph.error.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * Brings a database to this version's schema: an ordered, append-only list, each migration in its own transaction, a copy of
 * the database before each one. The copy is the way down: stop heph, put it in the database's place, start the older heph.
 */
final class Migrations {
    /** "heph" in ASCII: tells our files from other SQLite databases. */
    static final int APPLICATION_ID = 0x68657068;

    private static final List<String> SHIPPED = List.of("1.sql", "2.sql", "3.sql", "4.sql", "5.sql");

    private final List<String> scripts;

    private Migrations(List<String> scripts) {
        this.scripts = scripts;
    }

    static Migrations shipped() {
        return new Migrations(SHIPPED.stream().map(Migrations::resource).toList());
    }

    /** The shipped migrations and, for tests of the mechanism, some more. */
    static Migrations shippedAnd(List<String> more) {
        List<String> scripts = new java.util.ArrayList<>(shipped().scripts);
        scripts.addAll(more);
        return new Migrations(scripts);
    }

    int latest() {
        return scripts.size();
    }

    /**
     * Refuses a database that is not ours or that a newer version wrote, before anything in it is touched.
     *
     * @param file the database's file, named in errors
     */
    void check(Connection connection, Path file, Path backups) throws SQLException {
        int version = pragma(connection, "user_version");
        int application = pragma(connection, "application_id");
        if (application != APPLICATION_ID && !(application == 0 && isEmpty(connection))) {
            throw StorageException.foreign(file, null);
        }
        if (version > latest()) {
            throw new StorageException(Reason.STORAGE, file + " was written by a newer heph (schema " + version
                    + ", this one knows " + latest() + "): use that heph, or a copy from " + backups, null);
        }
    }

    /** The version of a database of ours; empty for another's. */
    static OptionalInt schema(Connection connection) throws SQLException {
        return pragma(connection, "application_id") == APPLICATION_ID
                ? OptionalInt.of(pragma(connection, "user_version"))
                : OptionalInt.empty();
    }

    /** @param backups where the copies go; made when needed */
    void run(Connection connection, Path backups, Instant now) throws SQLException {
        int version = pragma(connection, "user_version");
        boolean empty = isEmpty(connection);
        for (int next = version + 1; next <= latest(); next++) {
            if (!empty) {
                Database.copy(connection, backups, "schema-" + (next - 1), now);
            }
            migrate(connection, next);
        }
    }

    private void migrate(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                statement.executeUpdate(scripts.get(version - 1));
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + version);
                statement.execute("COMMIT");
            } catch (SQLException e) {
                rollBack(statement, e);
                throw e;
            }
        }
    }

    /** A disk that is full ends a transaction by itself; that there is none to end is not what is to be said. */
    private static void rollBack(Statement statement, SQLException cause) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getInt(1);
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            return row.getInt(1) == 0;
        }
    }

    private static String resource(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the migration " + name + " is missing from the jar", e);
        }
    }
}
