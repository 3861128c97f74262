package dev.heph.simulator;

import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Digest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
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
