package dev.heph.store.db;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The single writer: one platform thread (a call into SQLite would pin a virtual one), one connection, one transaction at a
 * time. What it returned is on disk; what it threw has left nothing behind.
 */
public final class Writer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Writer.class.getName());

    /** SQLite makes a checkpoint at 1,000 pages; a statement changes one or two. */
    private static final int WRITES_WORTH_A_CHECKPOINT = 300;

    private static final long IDLE_MILLIS = 200;

    private final Connection connection;
    private final Tx tx;
    private final Runnable onRollback;
    private boolean checkpointPlanned;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("store-writer").factory());

    /** @param onRollback forgets whatever was kept in memory of the transaction; runs on the writer's thread */
    public Writer(Connection connection, Runnable onRollback) {
        this.connection = connection;
        this.tx = new Tx(connection);
        this.onRollback = onRollback;
    }

    /** Runs {@code work} in one transaction and answers when it is durable. */
    public <T> T write(Function<Tx, T> work) {
        try {
            return thread.submit(() -> transact(work)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY,
                    "the store is stopping; the change may or may not be saved: look before you repeat it", e);
        } catch (RejectedExecutionException e) {
            throw new HephException(Reason.AWAY, "the store is stopping: try again in a moment", e);
        }
    }

    private <T> T transact(Function<Tx, T> work) {
        boolean done = false;
        try {
            tx.run("BEGIN IMMEDIATE");
            T result = work.apply(tx);
            tx.run("COMMIT");
            done = true;
            checkpointWhenIdle();
            return result;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    /** Does what a commit would have to do some time later, while nobody waits. */
    private void checkpointWhenIdle() {
        if (!checkpointPlanned && tx.writes() >= WRITES_WORTH_A_CHECKPOINT) {
            checkpointPlanned = true;
            long seen = tx.writes();
            try {
                thread.schedule(() -> checkpointUnlessBusy(seen), IDLE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopping) {
                checkpointPlanned = false; // SQLite makes one when the last connection closes
            }
        }
    }

    private void checkpointUnlessBusy(long seen) {
        checkpointPlanned = false;
        if (tx.writes() != seen) {
            checkpointWhenIdle();
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            tx.forgetWrites();
        } catch (SQLException laterThen) {
            LOG.log(System.Logger.Level.DEBUG, "a checkpoint failed", laterThen);
        }
    }

    private void rollback() {
        onRollback.run();
        try {
            // SQLite may have rolled back by itself (a full disk), which makes this fail.
            tx.run("ROLLBACK");
        } catch (StorageException alreadyRolledBack) {
            LOG.log(System.Logger.Level.DEBUG, "nothing left to roll back", alreadyRolledBack);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }
}
