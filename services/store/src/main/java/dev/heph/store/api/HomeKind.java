package dev.heph.store.api;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A home is a device's or a hub's for good: a device's notes would be everybody's who syncs with the hub that it is started as by mistake, and
 * what a hub numbers as it arrives a device would write on without a number.
 */
final class HomeKind {
    /** Hubs came with this schema. */
    private static final int FIRST_WITH_HUBS = 4;

    private HomeKind() {}

    /**
     * Before anything in it is touched.
     *
     * @param hub as what it is to be opened
     * @throws HephException {@link Reason#CONFLICT} if it is of the other kind
     */
    static void require(Database database, boolean hub) {
        if (!Files.exists(database.file())) {
            return;
        }
        int schema = database.schema().orElse(0);
        if (schema == 0 || schema > Database.latestSchema()) { // opening it says what is wrong
            return;
        }
        Path data = database.file().getParent();
        try (Connection connection = database.openReader()) {
            var tx = new Tx(connection);
            boolean isHub = schema >= FIRST_WITH_HUBS
                    && (holds(tx, "SELECT 1 FROM spaces WHERE epoch IS NOT NULL") || holds(tx, "SELECT 1 FROM arrivals"));
            if (isHub && !hub) {
                throw new HephException(Reason.CONFLICT, data + " is a hub's, and nothing was changed: start it as one (heph hub up), or give the device"
                        + " a home of its own: HEPH_HOME=DIR heph up");
            }
            if (!isHub && hub && holds(tx, "SELECT 1 FROM bundles")) {
                throw new HephException(Reason.CONFLICT, data + " is a device's, with its notes, and nothing was changed: unset mode = hub (HEPH_MODE), or"
                        + " give the hub a home of its own: HEPH_HOME=DIR heph hub up");
            }
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    private static boolean holds(Tx tx, String sql) {
        return tx.first(sql + " LIMIT 1", row -> true).isPresent();
    }
}
