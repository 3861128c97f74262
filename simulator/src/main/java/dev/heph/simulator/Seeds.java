package dev.heph.simulator;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Runs many seeds, on every processor: each seed in one thread. */
final class Seeds {
    /** Enough to see what is wrong. */
    private static final int MOST_FAILURES = 5;

    private final long first;
    private final long count;
    private final boolean isLong;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong ops = new AtomicLong();
    private final AtomicLong applied = new AtomicLong();
    private final Tally tally = new Tally();
    private final ConcurrentSkipListMap<Long, String> failures = new ConcurrentSkipListMap<>();

    private Seeds(long first, long count, boolean isLong) {
        this.first = first;
        this.count = count;
        this.isLong = isLong;
    }

    /** @param isLong whether more is to happen in it than suits a check of some minutes */
    static Plan plan(long seed, boolean isLong) {
        return isLong ? Plan.of(seed, 70, 140) : Plan.of(seed, 15, 50);
    }

    /** How much was done, and the first failures in the order of their seeds. */
    record Report(long seeds, long steps, long ops, long applied, long seconds, Tally tally, List<String> failures) {
        @Override
        public String toString() {
            return String.format("%,d seeds, %,d steps, %,d ops written, %,d applied, %d s, %d failed", seeds, steps, ops, applied, seconds, failures.size());
        }
    }

    static Report run(long first, long count, boolean isLong) {
        return new Seeds(first, count, isLong).run();
    }

    private Report run() {
        long begun = System.nanoTime();
        int workers = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            for (Future<?> part : IntStream.range(0, workers).mapToObj(worker -> threads.submit(() -> part(worker, workers))).toList()) {
                part.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a simulation could not be run", e);
        }
        return new Report(done.get(), steps.get(), ops.get(), applied.get(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun), tally,
                List.copyOf(failures.values()));
    }

    private void part(int worker, int workers) {
        try (Stores stores = new Stores()) {
            for (long seed = first + worker; seed < first + count && failures.size() < MOST_FAILURES; seed += workers) {
                Simulation.Outcome outcome = Simulation.run(plan(seed, isLong), stores, Meddling.NONE);
                done.incrementAndGet();
                tally.add(outcome.tally());
                steps.addAndGet(outcome.plan().steps().size());
                ops.addAndGet(outcome.ops());
                applied.addAndGet(outcome.applied());
                if (!outcome.isWell()) {
                    failures.put(seed, Main.failure(outcome, stores, Meddling.NONE));
                }
            }
        }
    }
}
