package dev.heph.sync.device;

/** Told how a cycle gets on. */
interface Progress {
    /** There is something to move. */
    void moving();

    /** Something was moved, and stays: whatever fails next, it was worth trying. */
    void moved();

    /**
     * A page was taken.
     *
     * @param n the hub's number up to which everything is here
     * @param hubN the last that the hub has
     */
    void reached(long n, long hubN);
}
