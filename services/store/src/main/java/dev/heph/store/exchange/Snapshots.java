package dev.heph.store.exchange;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Merge;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Head;
import dev.heph.model.op.Point;
import dev.heph.model.op.Segment;
import dev.heph.model.op.Snapshot;
import dev.heph.runtime.Json;
import dev.heph.store.backup.Disk;
import dev.heph.store.db.Database;
import dev.heph.store.db.Folder;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Arrivals;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A hub's snapshot of a space: a gzipped database file, and beside it what it says of itself. There is one at a time. */
public final class Snapshots {
    /** What comes after a snapshot is replayed: it is made anew when that is so many ops, and a tenth of all. */
    private static final int WORTH_MAKING = 5_000;

    private static final int SHARE = 10;

    private static final String DRAFT = "draft";

    private final Space space;
    private final Path directory;
    private final Extract extract;
    private final Supplier<DeviceKey> key;
    private final Arrivals arrivals;

    /** @param directory of its own; it need not be there */
    public Snapshots(Database live, Space space, Path directory, Supplier<DeviceKey> key) {
        this.space = space;
        this.directory = directory;
        this.extract = new Extract(live, space);
        this.key = key;
        this.arrivals = new Arrivals(space);
    }

    /** Removes what one left behind that was killed. */
    public void tidy() {
        try (Stream<Path> files = Files.exists(directory) ? Files.list(directory) : Stream.empty()) {
            files.filter(file -> file.getFileName().toString().startsWith(DRAFT)).forEach(Folder::delete);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, directory + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** The one there is, if this order of arrival and this version of heph can go on from it. */
    public Optional<Snapshot> latest(Tx tx) {
        return onDisk().filter(snapshot -> snapshot.schema() == Database.latestSchema() && snapshot.mergeVersion() == Merge.VERSION
                && Optional.of(snapshot.epoch()).equals(arrivals.epoch(tx)) && arrivals.holds(tx, snapshot.at()));
    }

    /** Whether it is time to make one. */
    public boolean due(Tx tx) {
        long ops = ops(tx, space);
        if (ops < WORTH_MAKING) {
            return false;
        }
        return ops - latest(tx).map(Snapshot::ops).orElse(0L) >= Math.max(WORTH_MAKING, ops / SHARE);
    }

    /** Makes one of how things stand. Takes seconds, and holds up nobody. */
    public Snapshot make() {
        Path draft = null;
        try {
            Files.createDirectories(directory);
            draft = Files.createTempDirectory(directory, DRAFT);
            Made made = extract.into(draft, this::finish);
            Path zipped = draft.resolve("snapshot.gz");
            Bytes32 hash = zip(Database.in(draft).file(), zipped);
            Snapshot snapshot = Snapshot.signed(made.key(), Database.latestSchema(), Merge.VERSION, made.epoch(), made.at(), made.ops(), Files.size(zipped), hash);
            Path description = Files.write(draft.resolve("snapshot.json"), Json.bytes(SnapshotJson.of(snapshot)));
            Disk.force(zipped);
            Disk.force(description);
            Files.move(zipped, data(hash), StandardCopyOption.REPLACE_EXISTING);
            Optional<Snapshot> before = onDisk();
            Files.move(description, description(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Disk.force(directory);
            if (before.isPresent() && !before.get().hash().equals(hash)) {
                Files.deleteIfExists(data(before.get().hash()));
            }
            return snapshot;
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "no snapshot could be made in " + directory + ": " + e.getMessage(), e);
        } finally {
            if (draft != null) {
                Folder.delete(draft);
            }
        }
    }

    private record Made(DeviceKey key, Id epoch, Point at, long ops) {}

    /** In the copy's transaction, so of the same moment. */
    private Made finish(Tx tx) {
        DeviceKey own = key.get();
        Log log = new Log(Space.PERSONAL, new Devices(Space.PERSONAL));
        Head head = new Devices(Space.PERSONAL).head(tx, own.device());
        if (!head.equals(Head.START)) {
            log.sign(tx, own.device(), head, Segment.sign(List.of(log.last(tx, own.device())), own).signature());
        } else {
            tx.run("DELETE FROM main.devices WHERE id = ?", own.device().id());
        }
        Id epoch = tx.first("SELECT epoch FROM live.spaces WHERE num = ?", row -> Id.of(row.getBytes(1)), space.num()).orElseThrow();
        Point at = tx.first("SELECT n, chain FROM live.arrivals WHERE space = ? ORDER BY n DESC LIMIT 1",
                row -> new Point(row.getLong(1), Bytes32.of(row.getBytes(2))), space.num()).orElse(Point.START);
        return new Made(own, epoch, at, ops(tx, Space.PERSONAL));
    }

    private static long ops(Tx tx, Space space) {
        return tx.first("SELECT coalesce(sum(seq), 0) FROM devices WHERE space = ?", row -> row.getLong(1), space.num()).orElseThrow();
    }

    private static Bytes32 zip(Path from, Path to) throws IOException {
        MessageDigest digest = Bytes32.sha256();
        try (OutputStream out = new GZIPOutputStream(new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(to)), digest), 1 << 16)) {
            Files.copy(from, out);
        }
        return Bytes32.of(digest.digest());
    }

    /**
     * Some of its bytes.
     *
     * @param from the first, from 0
     * @throws HephException {@link Reason#CONFLICT} when there is another by now
     */
    public byte[] part(Bytes32 hash, long from, int most) {
        Snapshot snapshot = onDisk().filter(found -> found.hash().equals(hash) && from <= found.bytes())
                .orElseThrow(() -> new HephException(Reason.CONFLICT, "that snapshot is not here any more: ask for the one that is"));
        try (RandomAccessFile file = new RandomAccessFile(data(hash).toFile(), "r")) {
            byte[] part = new byte[(int) Math.min(most, snapshot.bytes() - from)];
            file.seek(from);
            file.readFully(part);
            return part;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Snapshot> onDisk() {
        try {
            Snapshot snapshot = SnapshotJson.read(Json.read(Files.readAllBytes(description())));
            return Files.size(data(snapshot.hash())) == snapshot.bytes() ? Optional.of(snapshot) : Optional.empty();
        } catch (IOException | HephException none) {
            return Optional.empty();
        }
    }

    private Path data(Bytes32 hash) {
        return directory.resolve(hash + ".gz");
    }

    private Path description() {
        return directory.resolve("snapshot.json");
    }
}
