package dev.heph.store.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The last thing done with a database: the log moves into it whole and is empty. */
final class Checkpoint {
    private static final System.Logger LOG = System.getLogger(Checkpoint.class.getName());

    /** Whoever reads the log still, such as a doctor, is not waited for longer. */
    private static final int READERS_MILLIS = 200;

    private Checkpoint() {}

    /**
     * Ends early rather than late: nothing is lost by that.
     *
     * @return whether nothing is left in the log
     */
    static boolean whole(Connection connection, Duration most) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + READERS_MILLIS);
            CompletableFuture<Void> done = new CompletableFuture<>();
            CompletableFuture<Void> watched = done.orTimeout(most.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> cancel(statement));
            try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return result.next() && result.getInt(1) == 0;
            } finally {
                done.complete(null);
                watched.join(); // nothing is cancelled any more after this
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "the log stays beside the database", e);
            return false;
        }
    }

    /** Also what SQLite would do by itself at the close that follows. */
    private static Void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException over) {
            LOG.log(System.Logger.Level.DEBUG, "it was done", over);
        }
        return null;
    }
}
