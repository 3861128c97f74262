package dev.heph.store.db;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;

/**
 * Whether what is on the disk is still the database that was opened. The connections that are open would not notice for a while: they have
 * pages in memory, and a file that was removed stays theirs.
 */
public final class Soundness {
    private static final System.Logger LOG = System.getLogger(Soundness.class.getName());

    /** The first bytes of the file format. */
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Database database;
    private final Object file;
    private volatile boolean damaged;

    private Soundness(Database database, Object file) {
        this.database = database;
        this.file = file;
    }

    /** Of a database that is open. */
    public static Soundness of(Database database) {
        try {
            return new Soundness(database, identity(database.file()));
        } catch (IOException e) {
            throw new StorageException(Reason.STORAGE, "the database " + database.file() + " is not there: " + e.getMessage(), e);
        }
    }

    /** Somebody came upon this; damage does not pass. */
    public void noticed(HephException e) {
        damaged |= e.reason() == Reason.DAMAGED;
    }

    /** Looks; takes about a millisecond. */
    public boolean holds() {
        try {
            return !damaged && Objects.equals(file, identity(database.file())) && begins() && read();
        } catch (IOException | SQLException | StorageException e) {
            LOG.log(System.Logger.Level.WARNING, "the database {0} cannot be read: {1}", database.file(), e.getMessage());
            return false;
        }
    }

    /** How many bytes are left on its disk, for whoever is no administrator. */
    public long room() {
        return database.file().toFile().getUsableSpace();
    }

    private boolean begins() throws IOException {
        try (InputStream in = Files.newInputStream(database.file())) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    private boolean read() throws SQLException {
        try (Connection connection = database.openReader();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            return rows.next();
        }
    }

    private static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
