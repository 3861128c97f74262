package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.id.IdMint;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Segment;
import dev.heph.store.Temporary;
import dev.heph.store.db.Database;
import dev.heph.store.db.Tx;
import dev.heph.store.db.Writer;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.log.Space;
import dev.heph.store.query.Db;
import dev.heph.store.query.FreshLists;
import dev.heph.store.view.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** A replica on a database of its own, with a clock and a randomness that a test decides. */
public final class TestReplica implements AutoCloseable {
    private final Temporary directory;
    private final int number;
    private final Random random;
    private final Connection connection;
    private final Keys keys;
    private final Writer writer;
    private final Replica replica;
    private final Database database;
    private long now;

    /** @param number makes the key, so that two runs have the same device */
    public TestReplica(int number, long startMillis) {
        this(Temporary.directory(), number, 0, startMillis, Bundle::ops);
    }

    /** @param salt 0 in the first life of this device, so that two runs do the same */
    private TestReplica(Temporary directory, int number, long salt, long startMillis, Reading reading) {
        this(directory, number, "device " + number, salt, startMillis, reading);
    }

    private TestReplica(Temporary directory, int number, String name, long salt, long startMillis, Reading reading) {
        this.directory = directory;
        this.number = number;
        now = startMillis;
        Path path = directory.path();
        Path keyFile = path.resolve("device.key");
        random = new Random(number + salt);
        keys = KeyFile.open(keyFile, () -> seed(number), () -> seed(random.nextInt()));
        database = Database.in(path);
        connection = database.openWriter(path.resolve("backups"), Instant.ofEpochMilli(startMillis));
        replica = new Replica(Space.PERSONAL, new Identity(keys, name), () -> Instant.ofEpochMilli(now++),
                new IdMint(() -> now, random::nextLong), random::nextLong, reading);
        writer = new Writer(connection, replica::forget, Words::tidy);
    }

    /** A replica whose heph reads less than this one. */
    static TestReplica older(int number, long startMillis, Reading reading) {
        return new TestReplica(Temporary.directory(), number, 0, startMillis, reading);
    }

    /** The copies of the database that were made. */
    List<Path> backups() {
        try (var files = Files.list(directory.path().resolve("backups"))) {
            return files.toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends everything it has, of whomever, in such pieces as it came in; to the other itself also what that has, or should have, written. */
    void tell(TestReplica other) {
        Map<DeviceId, Long> told = new HashMap<>();
        boolean more = true;
        while (more) {
            more = false;
            for (DeviceId device : devices()) {
                boolean own = device.equals(other.replica.device());
                long known = own ? told.getOrDefault(device, 0L) : other.writer.write(tx -> other.replica.devices().head(tx, device).seq());
                Optional<Segment> piece = piece(device, known + 1);
                if (piece.isPresent() && other.takes(piece.get())) {
                    told.put(device, piece.get().head().seq());
                    more = true;
                }
            }
        }
    }

    private Optional<Segment> piece(DeviceId device, long firstSeq) {
        return writer.write(tx -> device.equals(replica.device()) ? replica.segment(tx, firstSeq, 1) : replica.forward(tx, device, firstSeq));
    }

    private boolean takes(Segment segment) {
        try {
            receive(segment);
            return true;
        } catch (HephException needsAnotherFirst) {
            return false;
        }
    }

    private List<DeviceId> devices() {
        return writer.write(tx -> tx.all("SELECT id FROM devices WHERE seq > 0 ORDER BY num", row -> DeviceId.of(row.getBytes(1))));
    }

    /** Passes on what it has of a third one's. */
    void forwardTo(TestReplica other, TestReplica of) {
        for (Optional<Segment> piece = piece(of.replica.device(), 1); piece.isPresent(); piece = piece(of.replica.device(), piece.get().head().seq() + 1)) {
            other.receive(piece.get());
        }
    }

    /** Goes on in a new process; this object is done with. */
    TestReplica restarted() {
        writer.close();
        return new TestReplica(directory, number, random.nextInt(), now, Bundle::ops);
    }

    /** A copy of all its files: a clone, or the backup that is restored one day. */
    TestReplica copy() {
        return copy("device " + number);
    }

    /** A copy on a machine of another name. */
    TestReplica copy(String name) {
        try {
            Temporary other = Temporary.directory();
            Files.move(database.copy(other.path(), "copy", Instant.EPOCH), other.path().resolve("heph.db"));
            for (String key : List.of("device.key", "device.key.next")) {
                if (Files.exists(directory.path().resolve(key))) {
                    Files.copy(directory.path().resolve(key), other.path().resolve(key));
                }
            }
            return new TestReplica(other, number, name, random.nextInt(), now + 500, Bundle::ops);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] seed(int of) {
        byte[] seed = new byte[DeviceKey.SEED_BYTES];
        Arrays.fill(seed, (byte) of);
        seed[0] ^= (byte) (of >> 8);
        seed[1] ^= (byte) (of >> 16);
        return seed;
    }

    /** Goes on with this version of heph; this object is done with. */
    TestReplica upgraded() {
        TestReplica upgraded = restarted();
        Upgrade.run(upgraded.writer, upgraded.replica, () -> upgraded.database.copy(directory.path().resolve("backups"), "merge", Instant.EPOCH));
        return upgraded;
    }

    public <T> T change(Function<Change, T> work) {
        return writer.write(tx -> {
            Change change = replica.change(tx);
            T result = work.apply(change);
            change.commit();
            return result;
        });
    }

    /** What the store reads by. */
    public Db db() {
        return new Db(database);
    }

    /** As {@link #change}, but as the store does it for a person: what is read is read within, and ticks belong to the occurrence that shows. */
    public <T> T change(Db db, FreshLists lists, Function<Change, T> work) {
        return writer.write(tx -> db.within(tx, () -> {
            Change change = replica.change(tx).ticking(lists::occurrenceOf);
            T result = work.apply(change);
            change.commit();
            return result;
        }));
    }

    public <T> T read(Function<Tx, T> work) {
        return writer.write(work);
    }

    public Replica replica() {
        return replica;
    }

    /** Everything this device wrote from a number on, signed. */
    public Optional<Segment> segment(long firstSeq) {
        return writer.write(tx -> replica.segment(tx, firstSeq, 10_000));
    }

    public void receive(Segment segment) {
        writer.write(tx -> replica.receive(tx, segment));
    }

    /** How far this replica knows another's chain. */
    public long knows(TestReplica other) {
        return writer.write(tx -> replica.devices().head(tx, other.replica.device()).seq());
    }

    /** Takes everything new from the other. */
    public void pull(TestReplica other) {
        other.segment(knows(other) + 1).ifPresent(this::receive);
    }

    public String body(Id id) {
        return writer.write(tx -> tx.first("SELECT body FROM nodes WHERE id = ?", row -> row.getString(1), id).orElseThrow());
    }

    public String title(Id id) {
        return writer.write(tx -> tx.first("SELECT title FROM nodes WHERE id = ?", row -> row.getString(1), id).orElseThrow());
    }

    /** The shown state of every table, without this device's local numbers. */
    public java.util.Map<String, String> digest() {
        index();
        return new Doctor(database, Space.PERSONAL).digest();
    }

    /** What the doctor finds where there is no room to show what was taken. */
    public List<Doctor.Check> examineWithoutRoom() {
        return new Doctor(database, Space.PERSONAL, () -> Optional.of(replica.device())).run(true, looking -> {
            throw new HephException(Reason.NO_SPACE, "the disk is full");
        });
    }

    public List<Doctor.Check> examine() {
        index();
        return new Doctor(database, Space.PERSONAL, () -> Optional.of(replica.device())).examine(true);
    }

    private void index() {
        writer.write(tx -> {
            Words.catchUp(tx);
            return null;
        });
    }

    /** As after a restart. */
    void forget() {
        replica.forget();
    }

    /** Sets this replica's wall clock. */
    public void now(long millis) {
        now = millis;
    }

    /** Takes everything of several others at once, as a new device does. */
    void takeAll(TestReplica... others) {
        boolean more = true;
        while (more) {
            more = false;
            for (TestReplica other : others) {
                for (Segment bundle : other.bundles(knows(other) + 1)) {
                    try {
                        receive(bundle);
                        more = true;
                    } catch (HephException needsAnotherFirst) {
                        break;
                    }
                }
            }
        }
    }

    /** Signs bundles that a test made as this device's. */
    Segment sign(List<Bundle> bundles) {
        return Segment.sign(bundles, keys.inUse());
    }

    /** Each bundle of this device from a number on, in a segment of its own. */
    private List<Segment> bundles(long firstSeq) {
        return segment(firstSeq).map(segment -> segment.bundles().stream()
                        .map(bundle -> sign(List.of(bundle)))
                        .toList())
                .orElse(List.of());
    }

    public void pragma(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA " + sql);
        }
    }

    @Override
    public void close() {
        writer.close();
        directory.close();
    }
}
