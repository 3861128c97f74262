package dev.heph.e2e;

/** What a test's chance starts from. Printed, because only with it can a failure be had again: {@code -Dheph.seed=N}. */
final class Seed {
    private Seed() {}

    static long next() {
        long seed = Long.getLong("heph.seed", System.nanoTime());
        System.out.println("heph.seed = " + seed);
        return seed;
    }
}
