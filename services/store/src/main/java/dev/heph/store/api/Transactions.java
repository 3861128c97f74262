package dev.heph.store.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.model.id.Id;
import dev.heph.store.db.Database;
import dev.heph.store.db.Tx;
import dev.heph.store.db.Writer;
import dev.heph.store.query.Db;
import dev.heph.store.query.FreshLists;
import dev.heph.store.query.OpenTasks;
import dev.heph.store.replica.Change;
import dev.heph.store.replica.Replica;
import dev.heph.store.replica.Replica.Taken;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** One transaction for each thing a surface asks for; who listens is told when it is durable. */
final class Transactions {
    /** Who made a change that came from elsewhere, as the subscribers are told. */
    private static final String ELSEWHERE = "sync";

    private static final System.Logger LOG = System.getLogger(Transactions.class.getName());
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private final Writer writer;
    private final Replica replica;
    private final Changes changes;
    private final OpenTasks open;
    private final FreshLists lists;
    private final Db db;
    private final Growth growth;

    /** Whether something may wait to be shown; after a start nobody knows. */
    private final AtomicBoolean unshown = new AtomicBoolean(true);

    private final AtomicBoolean showing = new AtomicBoolean();
    private volatile long lastTaken = System.nanoTime();

    Transactions(Writer writer, Replica replica, Changes changes, OpenTasks open, FreshLists lists, Db db, Growth growth) {
        this.growth = growth;
        this.lists = lists;
        this.db = db;
        this.open = open;
        this.writer = writer;
        this.replica = replica;
        this.changes = changes;
    }

    private record Written<T>(T result, Set<Id> changed) {}

    /** Runs {@code work} as an action of its own. @param client the surface that asks for it */
    <T> T write(String client, Function<Change, T> work) {
        return run(client, tx -> replica.change(tx).ticking(lists::occurrenceOf), (tx, change) -> work.apply(change));
    }

    /**
     * Runs {@code work} as an action of its own and reads what it has led to, before anybody else can change that.
     *
     * @param answer reads the answer, given the result of {@code work}
     */
    <T> JsonNode write(String client, Function<Change, T> work, Function<T, JsonNode> answer) {
        return write(client, Optional.empty(), work, answer);
    }

    /** @param with a node: what is done belongs to the action in which it was made here */
    <T> JsonNode write(String client, Optional<Id> with, Function<Change, T> work, Function<T, JsonNode> answer) {
        return written(client, tx -> {
            Change change = with.map(node -> replica.changeWith(tx, node)).orElseGet(() -> replica.change(tx)).ticking(lists::occurrenceOf);
            T result = work.apply(change);
            Set<Id> changed = change.commit();
            return new Written<>(answer.apply(result), changed);
        });
    }

    /** Runs {@code work} as a part of a larger action. @param last whether the action ends with it */
    <T> T write(String client, Id action, boolean last, Function<Change, T> work) {
        return run(client, tx -> replica.change(tx, action, last), (tx, change) -> work.apply(change));
    }

    /** A change that ticks the boxes of a text themselves, also where a text is the list of a recurring task. */
    Change plain(Tx tx) {
        return replica.change(tx);
    }

    /** Runs {@code work} as the change that {@code begin} makes. */
    <T> T run(String client, Function<Tx, Change> begin, BiFunction<Tx, Change, T> work) {
        return written(client, tx -> {
            Change change = begin.apply(tx);
            T result = work.apply(tx, change);
            return new Written<>(result, change.commit());
        });
    }

    /**
     * Takes what others wrote.
     *
     * @param later whether it shows after {@link #show} only
     */
    Taken taken(boolean later, Function<Tx, Taken> work) {
        Taken taken = written(ELSEWHERE, tx -> {
            Taken took = work.apply(tx);
            return new Written<>(took, took.shown());
        });
        lastTaken = System.nanoTime();
        if (later) {
            unshown.set(true); // not before: whoever shows what waits could miss this
            showWhenNoMoreComes();
        }
        return taken;
    }

    /** Shows whatever was taken and does not show yet, in short transactions. */
    void show() {
        show(Duration.ofNanos(Long.MAX_VALUE));
    }

    /**
     * Runs {@code looking} while all that was taken shows and nobody writes; however fast more comes, most of it is shown before, in short
     * transactions.
     */
    void still(Runnable looking) {
        show(A_WHILE);
        Set<Id> shown = writer.writeThen(tx -> db.within(tx, () -> {
            Set<Id> all = new HashSet<>();
            for (Set<Id> some = replica.show(tx); !some.isEmpty(); some = replica.show(tx)) {
                all.addAll(some);
            }
            return all;
        }), looking);
        tell(shown, ELSEWHERE);
    }

    /** @param most after about that long it is left to others: more may come faster than it is shown */
    synchronized void show(Duration most) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < most.toNanos() && unshown.getAndSet(false)) {
            boolean more = true;
            try {
                more = written(ELSEWHERE, tx -> {
                    Set<Id> shown = replica.show(tx);
                    return new Written<>(!shown.isEmpty(), shown);
                });
            } finally {
                if (more) {
                    unshown.set(true);
                }
            }
        }
    }

    /** Whoever brought it may be gone before the end: what came shows nevertheless. */
    private void showWhenNoMoreComes() {
        if (showing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("shows what was taken").start(() -> {
                try {
                    awaitQuiet(A_WHILE);
                    showing.set(false);
                    show();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException stopping) {
                    LOG.log(System.Logger.Level.DEBUG, "left for the next start", stopping);
                }
            });
        }
    }

    /** Puts another database in the place of this one: everything shows otherwise. */
    void replace(Function<Tx, Database> prepare, Predicate<Tx> there) {
        writer.replace(tx -> db.within(tx, () -> prepare.apply(tx)), there);
        changed(db.read(tx -> new HashSet<>(tx.all("SELECT id FROM nodes", row -> Id.of(row.getBytes(1))))));
    }

    /** Tells who listens that these nodes show otherwise. */
    void changed(Set<Id> ids) {
        unshown.set(true);
        open.changed(ids);
        changes.publish(ids, ELSEWHERE);
        growth.happened();
    }

    /** Returns when nothing was taken for so long. */
    void awaitQuiet(Duration quiet) throws InterruptedException {
        for (long left = left(quiet); left > 0; left = left(quiet)) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    private long left(Duration quiet) {
        return quiet.toNanos() - (System.nanoTime() - lastTaken);
    }

    /** Says something of devices, which no node shows and others are to hear of. */
    void said(String client, Consumer<Tx> work) {
        written(client, tx -> {
            work.accept(tx);
            return new Written<>(true, Set.of());
        });
    }

    /** Whether somebody waits for the transaction that runs to end. */
    boolean areAwaited() {
        return writer.queue() > 0;
    }

    /** Work that shows nowhere. */
    <T> T inside(Function<Tx, T> work) {
        return writer.write(work);
    }

    /** Whatever {@code work} reads, it reads within the transaction. */
    private <T> T written(String client, Function<Tx, Written<T>> work) {
        Written<T> written = writer.write(tx -> db.within(tx, () -> work.apply(tx)));
        tell(written.changed(), client);
        return written.result();
    }

    private void tell(Set<Id> changed, String client) {
        growth.happened();
        if (!changed.isEmpty()) {
            open.changed(changed);
            changes.publish(changed, client);
        }
    }
}
