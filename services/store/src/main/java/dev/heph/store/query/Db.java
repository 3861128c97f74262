package dev.heph.store.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The readers: a few read-only connections behind Helidon's DbClient, used on platform threads only, since a call into SQLite
 * would pin a virtual thread to its carrier. Each query sees the latest commit and never waits for the writer.
 */
public final class Db implements AutoCloseable {
    private static final int READERS = 3;

    private final HikariDataSource pool;
    private final DbClient client;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().name("store-reader-", 0).factory());

    public Db(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.readerProperties());
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setReadOnly(true);
        config.setPoolName("store-readers");
        pool = new HikariDataSource(config);
        client = JdbcClientBuilder.create().connectionPool(new Pool(pool)).build();
    }

    private record Pool(HikariDataSource source) implements JdbcConnectionPool {
        @Override
        public Connection connection() {
            try {
                return source.getConnection();
            } catch (SQLException e) {
                throw StorageException.of(e);
            }
        }
    }

    /** Turns a row into a value. */
    interface Row<T> {
        T read(Cells row);
    }

    /** A row whose cells are read by position from 1; SQLite gives whole numbers as Integer or Long by size. */
    record Cells(DbRow row) {
        String text(int at) {
            return row.column(at).get(String.class);
        }

        Optional<String> maybe(int at) {
            return Optional.ofNullable(text(at));
        }

        byte[] bytes(int at) {
            return row.column(at).get(byte[].class);
        }

        long number(int at) {
            return row.column(at).get(Number.class).longValue();
        }

        double real(int at) {
            return row.column(at).get(Number.class).doubleValue();
        }

        boolean yes(int at) {
            return number(at) != 0;
        }
    }

    /** Runs queries on a reader's thread. */
    public <T> T read(Supplier<T> work) {
        try {
            return threads.submit(work::get).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HephException(Reason.AWAY, "the store is stopping: try again in a moment", e);
        } catch (RejectedExecutionException e) {
            throw new HephException(Reason.AWAY, "the store is stopping: try again in a moment", e);
        }
    }

    <T> List<T> all(String sql, Row<T> row, Object... params) {
        // An unconsumed stream would keep its connection.
        try (Stream<DbRow> rows = client.execute().createQuery(sql).params(params).execute()) {
            return rows.map(cells -> row.read(new Cells(cells))).toList();
        } catch (DbClientException e) {
            throw e.getCause() instanceof SQLException cause ? StorageException.of(cause) : e;
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, Object... params) {
        return all(sql, row, params).stream().findFirst();
    }

    long count(String sql, Object... params) {
        return first(sql, row -> row.number(1), params).orElse(0L);
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
        client.close();
        pool.close();
    }
}
