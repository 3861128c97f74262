package dev.heph.store.db;

import dev.heph.error.Reason;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * A write-ahead log beside a database that is not its own: somebody put a backup in the place of the one that it belongs to. Nothing in a log
 * says whose it is, and SQLite would write its pages into whatever lies there. But a backup is no database with such a log, as its header
 * says, and one in use always is.
 */
final class ForeignLog {
    private static final System.Logger LOG = System.getLogger(ForeignLog.class.getName());

    /** Where the header says how the file is written: 2 with a write-ahead log, 1 without. */
    private static final int WRITTEN = 18;

    private static final int WITH_LOG = 2;

    private ForeignLog() {}

    /** Moves such a log to the backups, before anybody opens the database. */
    static void putAside(Path database, Path backups, Instant now) {
        Path log = database.resolveSibling(database.getFileName() + "-wal");
        try {
            if (Files.exists(log) && Files.size(log) > 0 && !writesWithLog(database)) {
                Files.createDirectories(backups);
                Path aside = backups.resolve("foreign-" + now.toEpochMilli() + ".db-wal");
                Files.move(log, aside, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(database.resolveSibling(database.getFileName() + "-shm"));
                LOG.log(System.Logger.Level.WARNING, "{0} was put there by hand, and the log beside it is another database''s: that was moved to {1}", database,
                        aside);
            }
        } catch (IOException e) {
            throw new StorageException(Reason.STORAGE, log + " is not the log of the database beside it and cannot be moved away ("
                    + IoReason.of(e) + "): move it by hand", e);
        }
    }

    private static boolean writesWithLog(Path database) throws IOException {
        if (!Files.exists(database)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(database)) {
            byte[] header = in.readNBytes(WRITTEN + 2);
            return header.length == WRITTEN + 2 && header[WRITTEN] == WITH_LOG && header[WRITTEN + 1] == WITH_LOG;
        }
    }
}
