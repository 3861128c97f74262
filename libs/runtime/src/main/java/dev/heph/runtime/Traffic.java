package dev.heph.runtime;

import java.time.Duration;

/**
 * Counts the requests under way, so that a stop can let them finish, and takes no longer than that: Helidon's own grace waits for
 * idle connections too when it meets them at the wrong moment.
 */
public final class Traffic {
    private int underWay;
    private boolean stopping;

    /** Whether a request may go on; then it {@link #leave leaves} when it is answered. */
    public synchronized boolean enter() {
        if (!stopping) {
            underWay++;
        }
        return !stopping;
    }

    /** The request is answered. */
    public synchronized void leave() {
        underWay--;
        notifyAll();
    }

    /** Lets nobody in any more and waits until everybody has left, at most that long. */
    public synchronized void stop(Duration grace) {
        stopping = true;
        long end = System.nanoTime() + grace.toNanos();
        try {
            for (long left = grace.toMillis(); underWay > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
