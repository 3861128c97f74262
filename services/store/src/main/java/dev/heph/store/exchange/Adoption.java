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
import java.io.BufferedInputStream;
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

/**
 * A fresh device takes a snapshot of its hub, a piece at a time, and makes it its own database. The log in it is checked before, as that of
 * pages is: every chain, every device's signature at the end, and that it is all of the hub's order up to that place. What was made of the
 * log is believed for now: the store makes it anew beside and compares.
 */
public final class Adoption {
    /** More than a database of repeated words comes to. */
    private static final int MOST_ZIPPED_TIMES = 100;

    private static final long LEAST_BYTES = 64L << 20;

    private final Path directory;
    private final Snapshot snapshot;

    /** @param directory of its own; what came of the same snapshot before is in it, or nothing */
    public Adoption(Path directory, Snapshot snapshot) {
        this.directory = directory;
        this.snapshot = snapshot;
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
        if (from > have || have + bytes.length > snapshot.bytes()) {
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
            Folder.delete(unpacked());
            Files.createDirectory(unpacked());
            unzip();
            try (Connection connection = database().openReader()) {
                Tx tx = new Tx(connection);
                if (!schema(tx).equals(schema)) {
                    throw new WireException("its tables are not those of this version of heph");
                }
                checkLog(tx);
            }
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
        MessageDigest digest = Bytes32.sha256();
        try (InputStream in = new BufferedInputStream(new DigestInputStream(Files.newInputStream(zipped()), digest), 1 << 16)) {
            try (InputStream unzipped = new GZIPInputStream(in, 1 << 16); OutputStream out = Files.newOutputStream(database().file())) {
                long left = Math.max(LEAST_BYTES, MOST_ZIPPED_TIMES * snapshot.bytes());
                byte[] buffer = new byte[1 << 18];
                for (int read = unzipped.read(buffer); read >= 0; read = unzipped.read(buffer)) {
                    left -= read;
                    if (left < 0) {
                        throw new WireException("it unzips to more than any database would");
                    }
                    out.write(buffer, 0, read);
                }
            }
        }
        if (!Bytes32.of(digest.digest()).equals(snapshot.hash())) {
            throw new WireException("its bytes are not those that were signed");
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
     * @param own enters what this device wrote, given the other database
     */
    public Database with(Tx live, Consumer<Tx> own) {
        try (Connection connection = database().openCopy()) {
            Tx tx = new Tx(connection);
            tx.run("BEGIN IMMEDIATE");
            record Link(String url, long joined) {}
            Link link = live.first("SELECT url, joined FROM hubs", row -> new Link(row.getString(1), row.getLong(2)))
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

    public void forget() {
        Folder.delete(directory);
    }

    private Path zipped() {
        return directory.resolve(snapshot.hash() + ".gz");
    }

    private Path unpacked() {
        return directory.resolve("unpacked");
    }

    private Database database() {
        return Database.in(unpacked());
    }

    private static HephException failed(IOException e) {
        return new HephException(Reason.STORAGE, "the hub's snapshot cannot be kept: " + e.getMessage(), e);
    }
}
