package dev.heph.sync.device;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs one cycle after the other, on a thread of its own, each when {@link Pace} says. */
final class SyncLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SyncLoop.class.getName());

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration WORTH_WAITING = Duration.ofSeconds(10);

    /** How often this machine's surroundings are looked at. */
    static final Duration LOOK = Duration.ofSeconds(10);

    private final Hub hub;
    private final Cycle cycle;
    private final Clock clock;
    private final LongSupplier nanos;
    private final BooleanSupplier elsewhere;
    private final Duration look;
    private final Thread thread = Thread.ofVirtual().name("sync").unstarted(this::run);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pace pace;
    private List<CompletableFuture<Moved>> asking = new ArrayList<>();
    private Standing standing;
    private long lastWritten;

    /** How far the hub said that it has got, since a cycle succeeded last. */
    private long heardN;

    private boolean closed;

    /**
     * @param nanos a clock that only goes forward, in nanoseconds; the one that {@code pace} goes by
     * @param elsewhere whether something has changed that may have brought the hub back, since it was asked last
     * @param look how often that is asked
     */
    SyncLoop(Store store, Hub hub, Standing standing, Pace pace, Clock clock, LongSupplier nanos, BooleanSupplier elsewhere, Duration look) {
        this.elsewhere = elsewhere;
        this.look = look;
        this.hub = hub;
        this.cycle = new Cycle(store, hub, new Shown());
        this.standing = standing;
        this.pace = pace;
        this.clock = clock;
        this.nanos = nanos;
    }

    void start() {
        thread.start();
    }

    Standing standing() {
        return locked(() -> standing);
    }

    /** There is something to move, or may be. */
    void wanted() {
        locked(() -> {
            pace.wanted(nanos.getAsLong());
            changed.signalAll();
            return null;
        });
    }

    /** This device's log ends with that op of its own. */
    void written(long seq) {
        locked(() -> {
            if (seq != lastWritten) {
                lastWritten = seq;
                pace.wanted(nanos.getAsLong());
                changed.signalAll();
            }
            return null;
        });
    }

    /** The hub says how far it has got. */
    void heard(long hubN) {
        locked(() -> {
            standing = standing.heard(hubN);
            heardN = hubN;
            if (!pace.running()) { // a cycle under way may be what the hub has grown by
                wantWhatWasHeard();
            }
            return null;
        });
    }

    private void wantWhatWasHeard() {
        if (heardN > standing.n()) {
            pace.wanted(nanos.getAsLong());
            changed.signalAll();
        }
    }

    /** A whole cycle that begins after this, as soon as the hub lets us; completed with its outcome, or with the {@link HephException} that stopped it. */
    CompletableFuture<Moved> now() {
        return locked(() -> {
            var moved = new CompletableFuture<Moved>();
            if (closed) {
                moved.completeExceptionally(stopped());
            } else if (heldLong()) {
                long seconds = pace.held(nanos.getAsLong()).toSeconds();
                moved.completeExceptionally(HubTrouble.offline("it asked to be left alone for another " + seconds + " s", null));
            } else {
                asking.add(moved);
                pace.asked(nanos.getAsLong());
                changed.signalAll();
            }
            return moved;
        });
    }

    /** Returns once the hub has answered and for as long as it does. */
    void awaitOnline() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!standing.online()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the loop; a call to the store that is under way is waited for, so that nothing of this hub comes after what follows. */
    @Override
    public void close() {
        List<CompletableFuture<Moved>> left = locked(() -> {
            closed = true;
            changed.signalAll();
            return takeAsking();
        });
        left.forEach(moved -> moved.completeExceptionally(stopped()));
        hub.close();
        try {
            if (!thread.join(STOP_PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (awaitTurn()) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitTurn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long left = pace.until(nanos.getAsLong()).toNanos();
                if (left <= 0) {
                    pace.begins();
                    standing = standing.attempted(clock.instant());
                    return true;
                }
                if (changed.awaitNanos(Math.min(left, look.toNanos())) <= 0) {
                    lookAround();
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Without the lock: to be told of the network may take its time. */
    private void lookAround() {
        lock.unlock();
        boolean other;
        try {
            other = elsewhere.getAsBoolean();
        } finally {
            lock.lock();
        }
        if (other) {
            LOG.log(Level.DEBUG, "this machine has slept or moved");
            pace.afresh(nanos.getAsLong());
        }
    }

    private void attempt() {
        List<CompletableFuture<Moved>> waiting = locked(this::takeAsking);
        try {
            Moved moved = cycle.run();
            locked(() -> {
                pace.succeeded(nanos.getAsLong());
                wantWhatWasHeard();
                heardN = 0;
                standing = standing.succeeded(clock.instant(), untilNext());
                return null;
            });
            waiting.forEach(one -> one.complete(moved));
        } catch (HephException e) {
            failed(e, waiting);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a cycle failed", e);
            failed(new HephException(Reason.INTERNAL, "syncing failed; see: heph logs sync", e), waiting);
        }
    }

    private void failed(HephException e, List<CompletableFuture<Moved>> waiting) {
        LOG.log(Level.DEBUG, "not synced: {0}", e.getMessage());
        boolean refused = e instanceof HubTrouble trouble && trouble.kind() != HubTrouble.Kind.OFFLINE;
        boolean revoked = e.reason() == Reason.REVOKED && !refused; // a hub may say so before it has told why
        Duration retryAfter = e instanceof HubTrouble trouble ? trouble.retryAfter() : Duration.ZERO;
        locked(() -> {
            if (revoked) {
                pace.ended(nanos.getAsLong());
                untilNext();
                standing = standing.revoked(e.getMessage(), clock.instant());
            } else {
                pace.failed(nanos.getAsLong(), retryAfter);
                standing = standing.failed(refused ? State.REFUSED : State.OFFLINE, e.getMessage(), clock.instant(), untilNext());
            }
            return heldLong() ? waiting.addAll(takeAsking()) : waiting.isEmpty();
        });
        if (revoked) {
            hub.close(); // it is not listened to either
        }
        waiting.forEach(one -> one.completeExceptionally(e));
    }

    /** Also wakes who waits for the state; who asked meanwhile wants a cycle that begins after the question. */
    private Duration untilNext() {
        changed.signalAll();
        if (!asking.isEmpty()) {
            pace.asked(nanos.getAsLong());
        }
        return pace.until(nanos.getAsLong());
    }

    /** Whether the hub wants to be left alone for longer than somebody who asked can be kept waiting. */
    private boolean heldLong() {
        return pace.held(nanos.getAsLong()).compareTo(WORTH_WAITING) > 0;
    }

    private List<CompletableFuture<Moved>> takeAsking() {
        List<CompletableFuture<Moved>> all = asking;
        asking = new ArrayList<>();
        return all;
    }

    private static HephException stopped() {
        return new HephException(Reason.AWAY, "syncing was stopped; what was moved until then is kept");
    }

    private <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** What a running cycle shows of itself. */
    private final class Shown implements Progress {
        @Override
        public void moving() {
            locked(() -> standing = standing.moving(clock.instant()));
        }

        @Override
        public void moved() {
            locked(() -> {
                pace.gotOn();
                return null;
            });
        }

        @Override
        public void reached(long n, long hubN) {
            locked(() -> standing = standing.reached(n, hubN));
        }
    }
}
