package dev.heph.store.backup;

import dev.heph.store.db.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * What is in a copy.
 *
 * @param at when it was made; empty for a copy that was not made as a backup
 */
public record Summary(long notes, long ops, long devices, long bytes, Optional<Instant> at) {

    static Summary of(Tx tx, long bytes) {
        return new Summary(
                count(tx, "SELECT count(*) FROM nodes WHERE kind = 'doc' AND tombstoned = 0 AND context = 0"),
                count(tx, "SELECT coalesce(sum(count), 0) FROM bundles"),
                count(tx, "SELECT count(*) FROM devices WHERE seq > 0"),
                bytes,
                Keepsake.read(tx).map(Keepsake::made));
    }

    private static long count(Tx tx, String sql) {
        return tx.first(sql, row -> row.getLong(1)).orElse(0L);
    }
}
