package dev.heph.bench;

import java.util.Arrays;
import java.util.Locale;

/** How long each of many equal calls took, in nanoseconds, the shortest first. */
record Samples(long[] sorted) {

    /** Something that may throw whatever it likes: a benchmark ends with what goes wrong in it. */
    @FunctionalInterface
    interface Work {
        void run(int round) throws Exception;
    }

    /**
     * Runs {@code work} once per round, the first rounds uncounted.
     *
     * @param warmUp how many rounds are not counted; they have the numbers below 0
     */
    static Samples of(int warmUp, int rounds, Work work) throws Exception {
        for (int round = -warmUp; round < 0; round++) {
            work.run(round);
        }
        long[] nanos = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            long begun = System.nanoTime();
            work.run(round);
            nanos[round] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return new Samples(nanos);
    }

    /** Like {@link #of}, but only {@code work} is timed, not what goes before it each time. */
    static Samples ofSecond(int warmUp, int rounds, Work before, Work work) throws Exception {
        long[] nanos = new long[rounds];
        for (int round = -warmUp; round < rounds; round++) {
            before.run(round);
            long begun = System.nanoTime();
            work.run(round);
            if (round >= 0) {
                nanos[round] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(nanos);
        return new Samples(nanos);
    }

    /** How long one run takes, in nanoseconds. */
    static long once(Work work) throws Exception {
        return of(0, 1, work).median();
    }

    long median() {
        return quantile(0.5);
    }

    long p99() {
        return quantile(0.99);
    }

    long max() {
        return sorted[sorted.length - 1];
    }

    long quantile(double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    /** Nanoseconds for people: two digits where they matter. */
    static String words(long nanos) {
        double ms = nanos / 1e6;
        String format = ms >= 1_000 ? "%.2f s" : ms >= 100 ? "%.0f ms" : ms >= 10 ? "%.1f ms" : "%.2f ms";
        return String.format(Locale.ROOT, format, ms >= 1_000 ? ms / 1_000 : ms);
    }
}
