package dev.heph.store.backup;

import dev.heph.settings.Version;
import dev.heph.store.db.Tx;
import java.time.Instant;
import java.util.Optional;

/**
 * What a backup holds beside the database: a table of its own, which goes when it is restored.
 *
 * @param key the device's, as its file has it
 */
record Keepsake(Instant made, String key) {

    /** Puts it into a copy. */
    void write(Tx tx) {
        tx.run("CREATE TABLE backup (made INTEGER NOT NULL, version TEXT NOT NULL, key TEXT NOT NULL)");
        tx.run("INSERT INTO backup (made, version, key) VALUES (?, ?, ?)", made.toEpochMilli(), Version.CURRENT, key);
    }

    /** That of a copy; empty if it was not made as a backup. */
    static Optional<Keepsake> read(Tx tx) {
        return tx.first("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'backup'", row -> true)
                .flatMap(there -> tx.first("SELECT made, key FROM backup",
                        row -> new Keepsake(Instant.ofEpochMilli(row.getLong(1)), row.getString(2))));
    }

    static void remove(Tx tx) {
        tx.run("DROP TABLE IF EXISTS backup");
    }

    /** A key is not for logs. */
    @Override
    public String toString() {
        return "Keepsake[" + made + "]";
    }
}
