package dev.heph.model.op;

/**
 * The clock of one replica. Its stamps strictly increase, whatever the wall clock does, and follow every stamp it received, but those
 * that are more than {@link #MAX_LEAD_MILLIS} past its own wall clock: one device whose clock is wrong must not move everybody's. Not
 * thread-safe: the single writer owns it.
 */
public final class HlcClock {
    /** How far a remote clock may pull this one ahead of its own wall clock. */
    public static final long MAX_LEAD_MILLIS = 5 * 60 * 1000;

    private Hlc last;

    /** @param last the greatest stamp this replica wrote or received before */
    public HlcClock(Hlc last) {
        this.last = last;
    }

    public Hlc last() {
        return last;
    }

    /** A stamp for a local bundle, greater than every one before. */
    public Hlc tick(long wallMillis) {
        last = wallMillis > last.millis() ? new Hlc(wallMillis, 0) : successor(last);
        return last;
    }

    /** Takes note of a remote stamp, so that the next tick follows it, unless it is from too far ahead to be believed. */
    public void receive(Hlc remote, long wallMillis) {
        if (remote.millis() <= wallMillis + MAX_LEAD_MILLIS && remote.compareTo(last) > 0) {
            last = remote;
        }
    }

    private static Hlc successor(Hlc stamp) {
        return stamp.counter() == Integer.MAX_VALUE
                ? new Hlc(stamp.millis() + 1, 0)
                : new Hlc(stamp.millis(), stamp.counter() + 1);
    }
}
