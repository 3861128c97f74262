package dev.heph.store.db;

import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalInt;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * One SQLite file: how it is opened for the writer and for readers.
 *
 * @param cacheKib what a connection may keep of changed pages before it spills them
 */
public record Database(Path file, int cacheKib) {
    private static final int BUSY_MILLIS = 5_000;

    /** Pages are read through the map where the file fits in it. */
    private static final String MMAP_BYTES = "268435456";

    /** At this length, 64 MiB, a commit moves what the write-ahead log holds into the database. {@link Writer} does before, if it can. */
    private static final int LOG_PAGES = 16 * 1024;

    private static final int CACHE_KIB = 16 * 1024;
    private static final int SMALL_CACHE_KIB = 2 * 1024;

    public Database(Path file) {
        this(file, CACHE_KIB);
    }

    /** A database in a directory that the caller owns. */
    public static Database in(Path directory) {
        return new Database(directory.resolve("heph.db"));
    }

    /** The same where many are open at a time. */
    public static Database ofMany(Path directory) {
        return new Database(directory.resolve("heph.db"), SMALL_CACHE_KIB);
    }

    /**
     * The writer's connection, the schema brought up to date. Transactions are begun by hand.
     *
     * @throws StorageException when the file is not ours, newer than we are, or cannot be opened
     */
    public Connection openWriter(Path backups, Instant now) {
        return openWriter(backups, now, Migrations.shipped());
    }

    /** Moves away a log that is another database's, which SQLite would read into this one. For whoever reads it before it is opened. */
    public void ownLogOnly(Path backups, Instant now) {
        ForeignLog.putAside(file, backups, now);
    }

    Connection openWriter(Path backups, Instant now, Migrations migrations) {
        ownLogOnly(backups, now);
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            SQLiteConfig config = config();
            // What was acknowledged is on disk: FULL syncs the log at every commit.
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            Connection connection = DriverManager.getConnection(url(), config.toProperties());
            try {
                migrations.check(connection, file, backups);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA journal_mode = WAL");
                    statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
                }
                migrations.run(connection, backups, now);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageException(Reason.STORAGE, "the database " + file + " cannot be made: "
                    + e.getMessage(), e);
        } catch (SQLException e) {
            throw (e.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_NOTADB.code
                    ? StorageException.foreign(file, e)
                    : StorageException.of(e);
        }
    }

    /**
     * Copies the database as it is now: the way back from whatever is about to be done to it.
     *
     * @param backups where the copy goes; made when needed
     * @param what begins its name
     */
    public Path copy(Path backups, String what, Instant now) {
        try (Connection connection = openReader()) {
            return copy(connection, backups, what, now);
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /** As {@link #copy(Path, String, Instant)}. @param to a file that is not there, or is empty */
    public void copyTo(Path to) {
        try (Connection connection = openReader()) {
            copyTo(connection, to);
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    private static void copyTo(Connection connection, Path to) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + to.toString().replace("'", "''") + "'");
        }
    }

    static Path copy(Connection connection, Path backups, String what, Instant now) throws SQLException {
        try {
            Files.createDirectories(backups);
            Path copy = backups.resolve(what + "-" + now.toEpochMilli() + ".db");
            copyTo(connection, copy);
            return copy;
        } catch (IOException e) {
            throw new StorageException(Reason.STORAGE, "no backup could be made in " + backups + " (" + e.getMessage()
                    + "): the database was left as it was", e);
        }
    }

    /**
     * A read-only connection. It sees one moment of the database, however long it is used within a transaction, and waits rather than
     * fails in the moments when the writer resets the log.
     */
    public Connection openReader() {
        try {
            return reader();
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    private Connection reader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return DriverManager.getConnection(url(), config.toProperties());
    }

    /**
     * A connection that writes and leaves everything else as it finds it: for a copy that nobody has open. What a write-ahead log
     * beside it holds is in it afterwards.
     */
    public Connection openCopy() {
        try {
            Connection connection = DriverManager.getConnection(url(), config().toProperties());
            try (Statement statement = connection.createStatement()) {
                endLog(connection);
                statement.execute("PRAGMA secure_delete = ON");
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /**
     * Moves what the write-ahead log holds into the file and does without a log from then on, so that the file alone is the database.
     * Closing does so, too, but keeps to itself when the disk is full.
     */
    public static void endLog(Connection connection) {
        try (Statement statement = connection.createStatement(); ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
            if (!mode.next() || !mode.getString(1).equals("delete") || mode.next()) { // only the step after the row commits it
                throw new IllegalStateException("SQLite goes on with a write-ahead log");
            }
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /** Of which version its schema is; empty if it is no database, or not one of ours. */
    public OptionalInt schema() {
        try (Connection connection = reader()) {
            return Migrations.schema(connection);
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_NOTADB.code) {
                return OptionalInt.empty();
            }
            throw StorageException.of(e);
        }
    }

    /** Whether there is a log in it. */
    public boolean isWritten() {
        if (!Files.exists(file) || schema().isEmpty()) {
            return false;
        }
        try (Connection connection = reader()) {
            return new Tx(connection).first("SELECT 1 FROM bundles LIMIT 1", row -> true).isPresent();
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /** The schema that this version writes. */
    public static int latestSchema() {
        return Migrations.shipped().latest();
    }

    private String url() {
        return "jdbc:sqlite:" + file;
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, MMAP_BYTES);
        config.setCacheSize(-cacheKib);
        config.setGetGeneratedKeys(false); // the driver would ask for one after every INSERT
        return config;
    }
}
