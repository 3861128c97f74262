package dev.heph.store.replica;

import dev.heph.error.HephException;
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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** A replica on a database of its own, with a clock and a randomness that a test decides. */
public final class TestReplica implements AutoCloseable {
    private final Temporary directory = Temporary.directory();
    private final Connection connection;
    private final DeviceKey key;
    private final Writer writer;
    private final Replica replica;
    private final Database database;
    private long now;

    /** @param number makes the key, so that two runs have the same device */
    public TestReplica(int number, long startMillis) {
        now = startMillis;
        Path path = directory.path();
        byte[] seed = new byte[DeviceKey.SEED_BYTES];
        Arrays.fill(seed, (byte) number);
        Random random = new Random(number);
        database = Database.in(path);
        connection = database.openWriter(path.resolve("backups"), Instant.ofEpochMilli(startMillis));
        key = new DeviceKey(seed);
        replica = new Replica(Space.PERSONAL, new Identity(key, "device " + number), () -> Instant.ofEpochMilli(now++),
                new IdMint(() -> now, random::nextLong), random::nextLong);
        writer = new Writer(connection, replica::forget, Words::tidy);
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

    public List<Doctor.Check> examine() {
        index();
        return new Doctor(database, Space.PERSONAL).examine(true);
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
        return Segment.sign(bundles, key);
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
