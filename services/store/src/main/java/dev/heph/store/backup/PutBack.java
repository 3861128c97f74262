package dev.heph.store.backup;

import dev.heph.store.db.Database;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/** A backup that somebody put in the place of the data by hand, as a hub's person is restored: it still holds what only a backup holds. */
public final class PutBack {
    private PutBack() {}

    /** What the device's key is made of, which is in it: for a home that has no key any more. */
    public static Optional<byte[]> seed(Database database) {
        if (!Files.exists(database.file()) || database.schema().isEmpty()) { // whoever opens it for good says that it is none
            return Optional.empty();
        }
        try (Connection connection = database.openReader()) {
            return Keepsake.read(new Tx(connection)).map(keepsake -> HexFormat.of().parseHex(keepsake.key().strip()));
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /** Makes it a home's database again, so that the next backup can hold that of its own time. */
    public static void unpack(Tx tx) {
        Keepsake.remove(tx);
    }
}
