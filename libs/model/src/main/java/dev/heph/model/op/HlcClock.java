package dev.heph.model.op;

/**
 * The clock of one replica. Its stamps strictly increase, whatever the wall clock does, and follow every stamp it received,
 * except that a remote stamp never drags it more than {@link #MAX_LEAD_MILLIS} past its own wall clock. Not thread-safe:
 * the single writer owns it.
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

    /** Takes note of a remote stamp, so that the next tick follows it. */
    public void receive(Hlc remote, long wallMillis) {
        long limit = wallMillis + MAX_LEAD_MILLIS;
        Hlc bounded = remote.millis() <= limit ? remote : new Hlc(Math.max(limit, 0), 0);
        if (bounded.compareTo(last) > 0) {
            last = bounded;
        }
    }

    private static Hlc successor(Hlc stamp) {
        return stamp.counter() == Integer.MAX_VALUE
                ? new Hlc(stamp.millis() + 1, 0)
                : new Hlc(stamp.millis(), stamp.counter() + 1);
    }
}
