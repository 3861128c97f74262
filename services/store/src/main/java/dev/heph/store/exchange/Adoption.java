package dev.heph.store.exchange;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.merge.Merge;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Snapshot;
import dev.heph.model.op.WireException;
import dev.heph.store.db.Database;
import dev.heph.store.db.Folder;
import dev.heph.store.db.StorageException;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Chains;
import dev.heph.store.log.Space;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A fresh device takes a snapshot of its hub, a piece at a time, and makes it its own database. The log in it is checked before, as that of
 * pages is: every chain, every device's signature at the end, and that it is all of the hub's order up to that place. What was made of the
 * log is believed for now: the store makes it anew beside and compares.
 */
public final class Adoption {
    /** More than a database of repeated words comes to. */
    private static final int MOST_ZIPPED_TIMES = 100;

    private static final int BUFFER = 1 << 18;

    private static final long LEAST_BYTES = 64L << 20;

    private static final String UNPACKED = "unpacked";

    private final Path directory;
    private final Snapshot snapshot;

    /** @param directory of its own; what came of the same snapshot before is in it, or nothing */
    public Adoption(Path directory, Snapshot snapshot) {
        this.directory = directory;
        this.snapshot = snapshot;
    }

    /** Removes what is of no use any more. @param fresh whether what has come of a snapshot may still be gone on with */
    public static void tidy(Path directory, boolean fresh) {
        Folder.delete(fresh ? directory.resolve(UNPACKED) : directory);
    }

    /** @throws HephException {@link Reason#CONFLICT} when it is of another version of heph: then the log tells the same */
    public void require() {
        if (snapshot.schema() != Database.latestSchema() || snapshot.mergeVersion() != Merge.VERSION) {
            throw new HephException(Reason.CONFLICT, "the hub's snapshot is of another version of heph");
        }
        snapshot.verify();
    }

    /** How many of its bytes are here. */
    public long have() {
        try {
            return Files.exists(zipped()) ? Files.size(zipped()) : 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Takes the bytes from {@code from} on; those that are here already are passed over. @return how many are here now */
    public long add(long from, byte[] bytes) {
        long have = have();
        if (from > have || from + bytes.length > snapshot.bytes()) {
            throw new HephException(Reason.CONFLICT, "this is not the next part of the snapshot");
        }
        try {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (from == have) {
                Files.write(zipped(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            return have();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Makes a database of what came and checks its log.
     *
     * @param schema everything that the schema of this version says
     * @throws WireException when it is not what the snapshot says, or its log does not hold
     */
    public void check(List<String> schema) {
        try {
            if (!hash().equals(snapshot.hash())) {
                throw new WireException("its bytes are not those that were signed");
            }
            Folder.delete(unpacked());
            Files.createDirectory(unpacked());
            unzip();
            try (Connection connection = database().openReader()) {
                checkDatabase(new Tx(connection), schema);
            }
        } catch (ZipException e) {
            throw new WireException("it cannot be unzipped");
        } catch (IOException e) {
            throw failed(e);
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /** What the tables, indexes, views and triggers of a database are. */
    public static List<String> schema(Tx tx) {
        return tx.all("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name", row -> row.getString(1));
    }

    private void unzip() throws IOException {
        try (InputStream unzipped = new GZIPInputStream(Files.newInputStream(zipped()), 1 << 16);
                OutputStream out = Files.newOutputStream(database().file())) {
            long left = Math.max(LEAST_BYTES, MOST_ZIPPED_TIMES * snapshot.bytes());
            byte[] buffer = new byte[BUFFER];
            for (int read = unzipped.read(buffer); read >= 0; read = unzipped.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw new WireException("it unzips to more than any database would");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private Bytes32 hash() throws IOException {
        MessageDigest digest = Bytes32.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(zipped()), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Bytes32.of(digest.digest());
    }

    private void checkDatabase(Tx tx, List<String> schema) {
        tx.all("PRAGMA mmap_size = 0", row -> row.getLong(1));
        tx.run("PRAGMA cell_size_check = ON");
        if (!schema(tx).equals(schema)) {
            throw new WireException("its tables are not those of this version of heph");
        }
        if (!tx.all("PRAGMA quick_check(1)", row -> row.getString(1)).equals(List.of("ok"))) {
            throw new WireException("it is damaged");
        }
        requireNothingElse(tx);
        checkLog(tx);
    }

    /** Of everything that is not copied there is what a fresh database has, and all else is of the one space. */
    private static void requireNothingElse(Tx tx) {
        boolean own = Extract.NOT_COPIED.stream().filter(table -> !List.of("spaces", "words").contains(table))
                .anyMatch(table -> tx.first("SELECT 1 FROM " + table + " LIMIT 1", row -> true).isPresent());
        boolean others = Extract.copied(tx).stream()
                .anyMatch(table -> tx.first("SELECT 1 FROM " + table + " WHERE space <> ? LIMIT 1", row -> true, Space.PERSONAL.num()).isPresent());
        boolean one = tx.first("SELECT count(*) = 1 AND max(num = ? AND name = ? AND merge_version = ? AND epoch IS NULL AND restored = 0 AND unchecked = 0)"
                + " FROM spaces", row -> row.getBoolean(1), Space.PERSONAL.num(), Space.PERSONAL.name(), Merge.VERSION).orElseThrow();
        if (own || others || !one) {
            throw new WireException("it holds what is no part of a snapshot");
        }
    }

    private void checkLog(Tx tx) {
        Chains chains = new Chains();
        tx.each("SELECT b.header, b.payload, d.id, b.seq, b.count, b.hlc, b.action FROM bundles b LEFT JOIN devices d ON d.space = b.space AND d.num = b.device"
                + " ORDER BY b.arrival", row -> {
                    Bundle bundle = Bundle.read(row.getBytes(1), row.getBytes(2));
                    var header = bundle.header();
                    if (!header.space().equals(Space.PERSONAL.name()) || !Arrays.equals(header.device().id().bytes(), row.getBytes(3)) || header.firstSeq() != row.getLong(4)
                            || header.count() != row.getInt(5) || !Arrays.equals(header.hlc().bytes(), row.getBytes(6))
                            || !Arrays.equals(header.action().id().bytes(), row.getBytes(7))) {
                        throw new WireException(bundle + " is entered as what it is not");
                    }
                    chains.requireSeen(bundle);
                    chains.take(bundle);
                });
        if (!chains.at().equals(snapshot.at()) || chains.ops() != snapshot.ops()) {
            throw new WireException("its log is not the hub's up to " + snapshot.at().n());
        }
        if (tx.first("SELECT count(*) FROM devices", row -> row.getInt(1)).orElseThrow() != chains.lasts().size()) {
            throw new WireException("it names devices that wrote nothing");
        }
        chains.lasts().forEach((device, last) -> {
            byte[] signature = tx.first("SELECT g.signature FROM devices d JOIN signatures g ON g.space = d.space AND g.device = d.num"
                                    + " WHERE d.id = ? AND d.seq = ? AND d.chain = ? AND g.seq = d.seq",
                            row -> row.getBytes(1), device.id(), last.head().seq(), last.chain())
                    .orElseThrow(() -> new WireException("the last of device " + device + " is not signed"));
            chains.verify(device, signature);
        });
    }

    /**
     * The database, with what is this device's own in it.
     *
     * @param live this device's, in a transaction in which nobody else writes
     * @param joined when the hub was joined that the snapshot is of
     * @param own enters what this device wrote, given the other database
     */
    public Database with(Tx live, long joined, Consumer<Tx> own) {
        try (Connection connection = database().openCopy()) {
            Tx tx = new Tx(connection);
            tx.run("BEGIN IMMEDIATE");
            record Link(String url, long joined) {}
            Link link = live.first("SELECT url, joined FROM hubs", row -> new Link(row.getString(1), row.getLong(2))).filter(now -> now.joined() == joined)
                    .orElseThrow(() -> new HephException(Reason.CONFLICT, "the snapshot is of a hub that was left meanwhile"));
            tx.run("INSERT INTO hubs (space, url, epoch, n, chain, joined) VALUES (?, ?, ?, ?, ?, ?)", Space.PERSONAL.num(), link.url(), snapshot.epoch(),
                    snapshot.at().n(), snapshot.at().chain(), link.joined());
            tx.run("UPDATE spaces SET unchecked = 1");
            new HubLink(Space.PERSONAL).keep(tx, snapshot.at());
            own.accept(tx);
            tx.run("COMMIT");
            return database();
        } catch (SQLException e) {
            throw StorageException.of(e);
        }
    }

    /** Whether this is the database that {@link #with} made. */
    public boolean isIn(Tx tx) {
        return new HubLink(Space.PERSONAL).require(tx).at().equals(snapshot.at());
    }

    public void forget() {
        Folder.delete(directory);
    }

    private Path zipped() {
        return directory.resolve(snapshot.hash() + ".gz");
    }

    private Path unpacked() {
        return directory.resolve(UNPACKED);
    }

    private Database database() {
        return Database.in(unpacked());
    }

    private static HephException failed(IOException e) {
        return new HephException(Reason.STORAGE, "the hub's snapshot cannot be kept: " + e.getMessage(), e);
    }
}
