package dev.heph.store.query;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The readers: a few platform threads (a call into SQLite would pin a virtual one), each with a read-only connection of its own. The
 * queries of one {@link #read} see one moment of the database, the latest commit, and never wait for the writer.
 */
public final class Db implements AutoCloseable {
    private static final int READERS = 3;

    private final Database database;
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Tx> writing = new ThreadLocal<>();
    private final ThreadLocal<Boolean> reading = ThreadLocal.withInitial(() -> false);
    private final ThreadLocal<Tx> reader = ThreadLocal.withInitial(this::open);
    private final ExecutorService threads = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().name("store-reader-", 0).factory());

    public Db(Database database) {
        this.database = database;
    }

    private Tx open() {
        Connection connection = database.openReader();
        connections.add(connection);
        return new Tx(connection);
    }

    /** Turns a row into a value. */
    interface Row<T> {
        T read(Cells row);
    }

    /** A row whose cells are read by position from 1. */
    record Cells(ResultSet row) {
        String text(int at) {
            return cell(() -> row.getString(at));
        }

        Optional<String> maybe(int at) {
            return Optional.ofNullable(text(at));
        }

        byte[] bytes(int at) {
            return cell(() -> row.getBytes(at));
        }

        long number(int at) {
            return cell(() -> row.getLong(at));
        }

        double real(int at) {
            return cell(() -> row.getDouble(at));
        }

        boolean yes(int at) {
            return number(at) != 0;
        }

        private interface Cell<T> {
            T get() throws SQLException;
        }

        private static <T> T cell(Cell<T> cell) {
            try {
                return cell.get();
            } catch (SQLException e) {
                throw StorageException.of(e);
            }
        }
    }

    /** Runs queries on a reader's thread, in one transaction; within another one, or one of the writer, in that. */
    public <T> T read(Supplier<T> work) {
        if (writing.get() != null || reading.get()) { // a reader that waited for another one could wait for ever
            return work.get();
        }
        try {
            return threads.submit(() -> transact(work)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY, "the store is stopping: try again in a moment", e);
        } catch (RejectedExecutionException e) {
            throw new HephException(Reason.AWAY, "the store is stopping: try again in a moment", e);
        }
    }

    /** As {@link #read(Supplier)}, for who reads the log itself. */
    public <T> T read(Function<Tx, T> work) {
        return read(() -> work.apply(writing.get() == null ? reader.get() : writing.get()));
    }

    /** Runs queries within a transaction of the writer, on its thread: what it wrote is seen before anybody else sees it. */
    public <T> T within(Tx tx, Supplier<T> work) {
        writing.set(tx);
        try {
            return work.get();
        } finally {
            writing.remove();
        }
    }

    private <T> T transact(Supplier<T> work) {
        Tx tx = reader.get();
        tx.run("BEGIN");
        reading.set(true);
        try {
            return work.get();
        } finally {
            reading.set(false);
            tx.run("COMMIT");
        }
    }

    <T> List<T> all(String sql, Row<T> row, Object... params) {
        Tx tx = writing.get() == null ? reader.get() : writing.get();
        return tx.all(sql, cells -> row.read(new Cells(cells)), params);
    }

    <T> Optional<T> first(String sql, Row<T> row, Object... params) {
        return all(sql, row, params).stream().findFirst();
    }

    long count(String sql, Object... params) {
        return first(sql, row -> row.number(1), params).orElse(0L);
    }

    /** Makes or fills a temporary table of the connection's own. */
    void define(String sql, Object... params) {
        (writing.get() == null ? reader.get() : writing.get()).run(sql, params);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(Db::close);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }
}
