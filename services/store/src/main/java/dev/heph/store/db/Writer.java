package dev.heph.store.db;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The single writer: one platform thread (a call into SQLite would pin a virtual one), one connection, one transaction at a
 * time. What it returned is on disk; what it threw has left nothing behind.
 */
public final class Writer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Writer.class.getName());

    /** SQLite by itself makes a checkpoint at 1,000 pages; a statement changes one or two. */
    private static final int WRITES_WORTH_TIDYING = 300;

    private static final long IDLE_MILLIS = 200;

    /** How long a stop may take to move the log into the database: the supervisor waits no longer than 7 s for all of a service. */
    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(2);

    private final Connection connection;
    private final Tx tx;
    private final Runnable onRollback;
    private final Chore chore;
    private final AtomicInteger queue = new AtomicInteger();
    private volatile boolean full;
    private boolean tidyingPlanned;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("store-writer").factory());

    /** Work that can wait until nobody does, in short steps. */
    public interface Chore {
        /** Does a step, in a transaction of its own. @return whether there is more to do */
        boolean step(Tx tx);
    }

    /**
     * @param onRollback forgets whatever was kept in memory of the transaction; runs on the writer's thread
     * @param chore what is to be done after many writes
     */
    public Writer(Connection connection, Runnable onRollback, Chore chore) {
        this.connection = connection;
        this.tx = new Tx(connection);
        this.onRollback = onRollback;
        this.chore = chore;
    }

    /** Runs {@code work} in one transaction and answers when it is durable. */
    public <T> T write(Function<Tx, T> work) {
        return onThread(() -> transact(work));
    }

    /** As {@link #write}, and then {@code after}, before anybody writes again. */
    public <T> T writeThen(Function<Tx, T> work, Runnable after) {
        return onThread(() -> {
            T result = transact(work);
            after.run();
            return result;
        });
    }

    /**
     * Puts another database in the place of this one, whole or not at all. Readers see the one or the other. Nobody writes meanwhile.
     *
     * @param prepare makes the other one ready, knowing what is here by now, and says where it is
     * @param there whether this is the other one
     * @throws HephException {@link Reason#NO_SPACE} when there is no room for it
     */
    public void replace(Function<Tx, Database> prepare, Predicate<Tx> there) {
        onThread(() -> {
            Database other = transact(prepare);
            onRollback.run(); // nothing that was kept in memory is true any more
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("restore from \"" + other.file() + "\""); // a command of the driver: it knows no escapes
            }
            if (!transact(there::test)) { // the driver does not say that there was no room
                throw new HephException(Reason.NO_SPACE, "there is no room for another database: what was here is as it was");
            }
            return null;
        });
    }

    /** How many wait for their turn. */
    public int queue() {
        return queue.get();
    }

    /** Whether the last write found no room. */
    public boolean full() {
        return full;
    }

    private <T> T onThread(Callable<T> work) {
        queue.incrementAndGet();
        try {
            return thread.submit(() -> {
                queue.decrementAndGet();
                return work.call();
            }).get();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case SQLException failure -> StorageException.of(failure);
                default -> new IllegalStateException(e.getCause());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY,
                    "the store is stopping; the change may or may not be saved: look before you repeat it", e);
        } catch (RejectedExecutionException e) {
            queue.decrementAndGet();
            throw new HephException(Reason.AWAY, "the store is stopping: try again in a moment", e);
        }
    }

    private <T> T transact(Function<Tx, T> work) {
        T result = committed(work);
        if (!tidyingPlanned && tx.writes() >= WRITES_WORTH_TIDYING) {
            tidyIn(IDLE_MILLIS);
        }
        return result;
    }

    private <T> T committed(Function<Tx, T> work) {
        boolean done = false;
        try {
            tx.run("BEGIN IMMEDIATE");
            T result = work.apply(tx);
            tx.run("COMMIT");
            done = true;
            full = false;
            return result;
        } catch (HephException e) {
            full |= e.reason() == Reason.NO_SPACE;
            throw e;
        } finally {
            if (!done) {
                rollback();
            }
        }
    }

    /** Plans what a commit would have to do some time later for a time when nobody waits. */
    private void tidyIn(long millis) {
        long seen = tx.writes();
        try {
            thread.schedule(() -> tidyUnlessBusy(seen), millis, TimeUnit.MILLISECONDS);
            tidyingPlanned = true;
        } catch (RejectedExecutionException stopping) {
            tidyingPlanned = false; // close() moves the log into the database, and the rest can wait
        }
    }

    private void tidyUnlessBusy(long seen) {
        tidyingPlanned = false;
        if (tx.writes() != seen) {
            tidyIn(IDLE_MILLIS);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (committed(chore::step)) {
                tidyIn(0); // whoever came meanwhile goes first
                return;
            }
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            tx.forgetWrites();
        } catch (SQLException | StorageException laterThen) {
            LOG.log(System.Logger.Level.DEBUG, "tidying up failed", laterThen);
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

    /** Takes no more work; what is under way ends, within 5 s. */
    public void finish() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Finishes, and moves the log into the database, so that the one file is all there is. For that the readers have to be closed
     * before; while somebody reads still, and after two seconds, what is left of the log stays beside it, and the next start reads it.
     */
    @Override
    public void close() {
        finish();
        try {
            Checkpoint.whole(connection, LAST_CHECKPOINT);
            connection.close();
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }
}
