package dev.heph.store.db;

import dev.heph.model.id.Id;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Hlc;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thread's connection within a transaction: plain JDBC with every statement prepared once (RATIONALE.md says why not
 * DbClient). Parameters are bound by position and type: ids, hashes and stamps as their bytes.
 */
public final class Tx {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private long writes;

    public Tx(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** How many statements that write were run since {@link #forgetWrites}. */
    long writes() {
        return writes;
    }

    void forgetWrites() {
        writes = 0;
    }

    /** @return how many rows it changed */
    public int run(String sql, Object... params) {
        writes++;
        try {
            return bound(sql, params).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    public <T> List<T> all(String sql, Row<T> row, Object... params) {
        try (ResultSet rows = bound(sql, params).executeQuery()) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(row.read(rows));
            }
            return read;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Takes each row as it comes, keeping none. */
    public interface Each {
        void take(ResultSet row) throws SQLException;
    }

    /** Every row, one at a time. */
    public void each(String sql, Each each, Object... params) {
        try (ResultSet rows = bound(sql, params).executeQuery()) {
            while (rows.next()) {
                each.take(rows);
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first row, if any. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... params) {
        try (ResultSet rows = bound(sql, params).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The driver closes some statements that failed (on a full disk), so none is used again. */
    private StorageException failed(String sql, SQLException e) {
        PreparedStatement statement = statements.remove(sql);
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException alreadyClosed) {
            e.addSuppressed(alreadyClosed);
        }
        return StorageException.of(e);
    }

    private PreparedStatement bound(String sql, Object[] params) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int at = 0; at < params.length; at++) {
            bind(statement, at + 1, params[at]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int at, Object param) throws SQLException {
        switch (param) {
            case null -> statement.setObject(at, null);
            case String text -> statement.setString(at, text);
            case Integer number -> statement.setInt(at, number);
            case Long number -> statement.setLong(at, number);
            case Boolean yes -> statement.setInt(at, yes ? 1 : 0);
            case byte[] bytes -> statement.setBytes(at, bytes);
            case Id id -> statement.setBytes(at, id.bytes());
            case Bytes32 hash -> statement.setBytes(at, hash.bytes());
            case Hlc stamp -> statement.setBytes(at, stamp.bytes());
            default -> throw new IllegalArgumentException("cannot bind a " + param.getClass().getName());
        }
    }
}
