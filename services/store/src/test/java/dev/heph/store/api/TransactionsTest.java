package dev.heph.store.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heph.model.id.IdMint;
import dev.heph.model.op.DeviceKey;
import dev.heph.model.op.Hlc;
import dev.heph.store.db.Database;
import dev.heph.store.db.Writer;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.doctor.Doctor.Check;
import dev.heph.store.log.Space;
import dev.heph.store.query.Dates;
import dev.heph.store.query.Db;
import dev.heph.store.query.FreshLists;
import dev.heph.store.query.Nodes;
import dev.heph.store.query.OpenTasks;
import dev.heph.store.query.Recurring;
import dev.heph.store.replica.Identity;
import dev.heph.store.replica.Replica;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The moment in which all that was taken shows and nobody writes. */
class TransactionsTest {
    private static final Space SPACE = Space.PERSONAL;

    @TempDir
    Path directory;

    private final IdMint mint = new IdMint(System::currentTimeMillis, () -> 7L);
    private Database database;
    private Replica replica;
    private Writer writer;
    private Db db;
    private Transactions transactions;

    @BeforeEach
    void open() {
        database = Database.in(directory);
        Clock clock = Clock.systemUTC();
        replica = new Replica(SPACE, new Identity(new DeviceKey(new byte[32]), "laptop"), clock, mint, () -> 7L);
        writer = new Writer(database.openWriter(directory.resolve("backups"), clock.instant()), replica::forget, tx -> false);
        db = new Db(database);
        Dates dates = new Dates(ZoneOffset.UTC, LocalTime.MIDNIGHT, clock);
        Recurring recurring = new Recurring(db, SPACE.num(), dates);
        Nodes nodes = new Nodes(db, SPACE.num(), dates, recurring);
        transactions = new Transactions(writer, replica, new Changes(ids -> db.read(() -> nodes.revs(ids))), new OpenTasks(db, SPACE.num(), dates, recurring),
                new FreshLists(db, SPACE.num(), recurring), db, new Growth());
        transactions.show();
    }

    @AfterEach
    void close() {
        writer.close();
        db.close();
    }

    private long unshown() {
        return db.read(tx -> tx.first("SELECT count(*) FROM unshown", row -> row.getLong(1)).orElseThrow());
    }

    /** As when a parcel comes right after the last that was shown. */
    private void takeSomethingThatWaits() {
        transactions.inside(tx -> tx.run("INSERT INTO unshown (space, entity, least, greatest, body) VALUES (?, ?, ?, ?, 0)", SPACE.num(), mint.mint(),
                Hlc.ZERO, Hlc.ZERO));
    }

    @Test
    void everythingShowsAndWhoWantsToWriteWaits() {
        takeSomethingThatWaits();
        assertThat(unshown()).isEqualTo(1);
        var later = new FutureTask<>(() -> transactions.inside(tx -> true));
        transactions.still(() -> {
            assertThat(unshown()).isZero();
            Thread.ofPlatform().start(later);
            await().until(() -> writer.queue() == 1);
            assertThat(later).isNotDone();
        });
        await().until(later::isDone);
    }

    /** What is written right after the moment is not seen, however late one looks: neither as missing nor as too much. */
    @Test
    void whatADoctorLooksAtIsOfThatMoment() {
        var doctor = new Doctor(database, SPACE);
        for (Check check : doctor.run(true, looking -> {
            transactions.still(looking);
            transactions.inside(tx -> tx.run("INSERT INTO nodes (space, id, tail, kind, title, created, modified) VALUES (?, ?, '', 'doc', 'Nobody wrote this', ?, ?)",
                    SPACE.num(), mint.mint(), Hlc.ZERO, Hlc.ZERO));
        })) {
            assertThat(check.ok()).as(check.toString()).isTrue();
        }
        assertThat(doctor.run(true, transactions::still)).as("once it is written it is").anyMatch(check -> !check.ok());
    }
}
