package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Snapshot;
import dev.heph.model.op.WireException;
import dev.heph.runtime.Answer;
import dev.heph.runtime.Answers;
import dev.heph.runtime.Json;
import dev.heph.store.command.Params;
import dev.heph.store.db.Tx;
import dev.heph.store.doctor.Doctor;
import dev.heph.store.exchange.Adoption;
import dev.heph.store.exchange.HubLink;
import dev.heph.store.exchange.SnapshotJson;
import dev.heph.store.exchange.Snapshots;
import dev.heph.store.query.Db;
import dev.heph.store.replica.Rebuild;
import dev.heph.store.replica.Replica;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The methods by which a hub gives a snapshot and a fresh device takes it. */
final class SnapshotCalls {
    private static final System.Logger LOG = System.getLogger(SnapshotCalls.class.getName());

    /** A device that wrote more than this before it joined replays the hub's log: that asks for no more, and does not stop it writing. */
    private static final int MOST_OWN_OPS = 5_000;

    private static final int MOST_PART_BYTES = 2 << 20;

    /** A snapshot is made when for so long nothing came; what is shown is compared with the log so long after it came. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(10);

    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final Replica replica;
    private final Db db;
    private final Doctor doctor;
    private final Snapshots snapshots;
    private final Path incoming;
    private final Runnable keep;
    private final HubLink link;
    private final AtomicBoolean making = new AtomicBoolean();
    private volatile long failed = System.nanoTime();
    private Optional<Begun> begun = Optional.empty();

    /** @param joined when the hub was joined that it is of */
    private record Begun(Adoption adoption, long joined) {}

    /**
     * @param incoming a directory for what comes of a snapshot; it need not be there
     * @param keep copies the database to a safe place
     */
    SnapshotCalls(Transactions transactions, Replica replica, Db db, Doctor doctor, Snapshots snapshots, Path incoming, Runnable keep) {
        this.keep = keep;
        this.link = new HubLink(replica.space());
        this.transactions = transactions;
        this.replica = replica;
        this.db = db;
        this.doctor = doctor;
        this.snapshots = snapshots;
        this.incoming = incoming;
    }

    Answers answering(Answers answers) {
        return answers.call("exchange.snapshot", request -> Answer.of(snapshot()))
                .call("exchange.snapshot_part", request -> Answer.raw(part(new Params(request.params()))))
                .call("exchange.adopt_begin", request -> Answer.of(begin(request.params())))
                .call("exchange.adopt_part", request -> Answer.of(add(request.body())))
                .call("exchange.adopt", request -> Answer.of(adopt()));
    }

    /** On a hub: makes a snapshot when it is time to, and nobody pushes. */
    void taken() {
        if (!making.get() && System.nanoTime() - failed > 0 && db.read(snapshots::due) && making.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("store-snapshot").start(() -> {
                try {
                    transactions.awaitQuiet(QUIET);
                    transactions.show();
                    Snapshot made = snapshots.make();
                    LOG.log(System.Logger.Level.INFO, "a snapshot of {0} bundles was made: {1} bytes", made.at().n(), made.bytes());
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    failed = System.nanoTime() + AFTER_A_FAILURE.toNanos();
                    LOG.log(System.Logger.Level.WARNING, "no snapshot was made; devices that join replay the log: " + e.getMessage());
                } finally {
                    making.set(false);
                }
            });
        }
    }

    private ObjectNode snapshot() {
        ObjectNode answer = Json.object();
        db.read(snapshots::latest).ifPresent(snapshot -> answer.set("snapshot", SnapshotJson.of(snapshot)));
        return answer;
    }

    private byte[] part(Params params) {
        Bytes32 hash;
        try {
            hash = Bytes32.parse(params.text("sha256"));
        } catch (IllegalArgumentException e) {
            throw new HephException(Reason.INVALID_PARAMS, "'sha256' has 64 hexadecimal digits", e);
        }
        return snapshots.part(hash, params.number("from", 0, 0, Long.MAX_VALUE), MOST_PART_BYTES);
    }

    private synchronized JsonNode begin(JsonNode description) {
        Adoption adoption = new Adoption(incoming, SnapshotJson.read(description));
        refusing(adoption::require);
        long joined = db.read(tx -> {
            requireFresh(tx);
            return link.require(tx).joined();
        });
        if (adoption.have() == 0) {
            adoption.forget(); // what came of another
        }
        begun = Optional.of(new Begun(adoption, joined));
        return Json.object().put("have", adoption.have());
    }

    private synchronized JsonNode add(byte[] body) {
        try {
            ByteBuffer from = ByteBuffer.wrap(body);
            return Json.object().put("have", begun().adoption().add(from.getLong(), Arrays.copyOfRange(body, from.position(), body.length)));
        } catch (BufferUnderflowException e) {
            throw new HephException(Reason.INVALID_PARAMS, "a part begins with its place, in eight bytes", e);
        }
    }

    private synchronized JsonNode adopt() {
        long joined = begun().joined();
        Adoption adoption = begun().adoption();
        begun = Optional.empty();
        try {
            refusing(() -> adoption.check(db.read(Adoption::schema)));
            transactions.replace(live -> {
                requireFresh(live);
                List<Bundle> own = replica.log().range(live, replica.device(live), 1, Integer.MAX_VALUE);
                if (!own.isEmpty()) {
                    keep.run();
                }
                return adoption.with(live, joined, copy -> {
                    requireNotIn(copy, replica.device());
                    Rebuild.add(copy, replica.space(), replica.device(), own);
                });
            }, adoption::isIn);
        } finally {
            adoption.forget();
        }
        checkBehind();
        return Json.object().put("ok", true);
    }

    private Begun begun() {
        return begun.orElseThrow(() -> new HephException(Reason.CONFLICT, "no snapshot is being taken: begin again"));
    }

    private static void refusing(Runnable check) {
        try {
            check.run();
        } catch (WireException e) {
            throw new HephException(Reason.INVALID_PARAMS, "the hub's snapshot cannot be taken: " + e.getMessage(), e);
        }
    }

    /** Whether nothing is here yet but a little that this device wrote. */
    static boolean isFresh(Tx tx, int space, DeviceId own) {
        return tx.first("SELECT coalesce(sum(seq), 0) <= ? AND coalesce(max(id <> ?), 0) = 0 FROM devices WHERE space = ? AND seq > 0",
                        row -> row.getBoolean(1), MOST_OWN_OPS, own.id(), space).orElseThrow()
                && tx.first("SELECT 1 FROM hubs WHERE space = ? AND n = 0", row -> true, space).isPresent();
    }

    private void requireFresh(Tx tx) {
        if (!isFresh(tx, replica.space().num(), replica.device())) {
            throw new HephException(Reason.CONFLICT, "this device is not a fresh one: what it has is merged with the hub's, bundle by bundle");
        }
    }

    private static void requireNotIn(Tx copy, DeviceId own) {
        if (copy.first("SELECT 1 FROM devices WHERE id = ?", row -> true, own.id()).isPresent()) {
            throw new HephException(Reason.CONFLICT, "the hub has what this device wrote before it lost it: that comes bundle by bundle");
        }
    }

    /** Compares what a hub made of the log with what this device makes of it, once, when nobody waits any more. */
    private void checkBehind() {
        if (db.read(tx -> tx.first("SELECT 1 FROM spaces WHERE unchecked = 1", row -> true)).isEmpty()) {
            return;
        }
        Thread.ofPlatform().daemon().name("store-check").start(() -> {
            try {
                Thread.sleep(SETTLED);
                check();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "what the hub's snapshot shows is compared at the next start: " + e.getMessage());
            }
        });
    }

    private void check() throws InterruptedException {
        List<Doctor.Check> wrong = compared();
        if (wrong.stream().anyMatch(check -> !check.name().equals(Doctor.REBUILD))) {
            LOG.log(System.Logger.Level.ERROR, "the database that came from the hub is damaged: {0}", wrong);
            return;
        }
        if (!wrong.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "what the hub''s snapshot shows is not what the log says, so it is made anew from the log: {0}", wrong);
            transactions.changed(transactions.inside(replica::again));
        }
        transactions.inside(tx -> tx.run("UPDATE spaces SET unchecked = 0"));
    }

    private List<Doctor.Check> compared() throws InterruptedException {
        transactions.awaitQuiet(QUIET);
        return doctor.run(true, transactions::still).stream().filter(check -> !check.ok()).toList();
    }

    /** At the start: what was under way is looked at. */
    void begin() {
        snapshots.tidy();
        Adoption.tidy(incoming, db.read(tx -> isFresh(tx, replica.space().num(), replica.device())));
        checkBehind();
    }
}
