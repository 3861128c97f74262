package dev.heph.simulator;

import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Digest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A real database that is used by one simulation after another. Each has it within a transaction that is undone in the end: so the next one
 * finds it empty, its statements are prepared already, and nothing is ever written to a disk. A transaction of the product is a savepoint in it.
 */
final class Store implements AutoCloseable {
    private static final String MARK = "work";

    private final Connection connection;
    private final Database database;
    private final Tx tx;

    Store(Path directory) {
        database = Database.in(directory);
        connection = database.openWriter(directory.resolve("backups"), Instant.EPOCH);
        tx = new Tx(connection);
        tx.run("PRAGMA temp_store = MEMORY");
        Digest.of(tx); // makes its own table, which is to stay
    }

    Database database() {
        return database;
    }

    Tx tx() {
        return tx;
    }

    /** Copies the log and what else does not follow from it. */
    void copyLog(Store empty) {
        for (String table : List.of("spaces", "devices", "bundles", "signatures", "identities", "parted")) {
            tx.each("SELECT * FROM " + table, row -> {
                Object[] values = new Object[row.getMetaData().getColumnCount()];
                for (int at = 0; at < values.length; at++) {
                    values[at] = row.getObject(at + 1);
                }
                empty.tx.run("INSERT OR REPLACE INTO " + table + " VALUES (?" + ", ?".repeat(values.length - 1) + ")", values);
            });
        }
    }

    void begin() {
        tx.run("BEGIN IMMEDIATE");
    }

    void undoAll() {
        tx.run("ROLLBACK");
    }

    /** Work of which all is kept, or nothing when it throws. */
    <T> T transact(Function<Tx, T> work) {
        boolean done = false;
        tx.run("SAVEPOINT " + MARK);
        try {
            T result = work.apply(tx);
            done = true;
            return result;
        } finally {
            if (!done) {
                tx.run("ROLLBACK TO " + MARK);
            }
            tx.run("RELEASE " + MARK);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }
}
