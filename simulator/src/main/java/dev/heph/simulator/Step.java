package dev.heph.simulator;

/**
 * A step of a plan. What exactly it does follows from the seed, its number, and what is there by then.
 *
 * @param peer whose step it is
 */
record Step(int number, int peer, Act act) {
    /** The true time: some minutes of activity, then a pause in which days may begin. */
    long millis() {
        return FIRST + number * 40_000L + number / IN_A_ROW * PAUSE;
    }

    /** 2026-11-21T08:00 UTC. */
    static final long FIRST = 1_795_248_000_000L;

    private static final int IN_A_ROW = 6;
    private static final long PAUSE = 7 * 3_600_000L;
}
