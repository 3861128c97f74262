package dev.heph.store.db;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** The database refused; the transaction is undone and nothing was written. */
public final class StorageException extends HephException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and what to do. */
    public static final String DAMAGED = "the database is damaged: put back a backup with `heph backup restore FILE`, which keeps what is here; "
            + "those without a place of their own are in data/backups";

    StorageException(Reason reason, String message, Throwable cause) {
        super(reason, message, cause);
    }

    static StorageException foreign(Path file, Throwable cause) {
        return new StorageException(Reason.STORAGE,
                file + " is not a heph database: move it away, or set HEPH_HOME to another directory", cause);
    }

    public static StorageException of(SQLException e) {
        int primary = e.getErrorCode() & 0xFF;
        if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
            return new StorageException(Reason.NO_SPACE, "the disk is full: nothing was written; free some space and try again", e);
        }
        if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new StorageException(Reason.DAMAGED, DAMAGED, e);
        }
        return new StorageException(Reason.STORAGE, "the database refused: " + e.getMessage()
                + "; nothing was written", e);
    }
}
