package dev.heph.store.log;

/** How many ops of the log took no effect, and why. */
public final class Unapplied {
    /** Those that wait for a newer heph, also in bundles that this one cannot read at all. Parameters: the space, twice. */
    public static final String LATER = "SELECT (SELECT count(*) FROM ops o JOIN devices d ON d.space = o.space AND d.num = o.device"
            + " WHERE o.space = ? AND o.applied = 0 AND (d.revoked_seq IS NULL OR o.bundle <= d.revoked_seq))"
            + " + (SELECT coalesce(sum(count), 0) FROM bundles WHERE space = ? AND applied = 0)";

    /** Those that a device wrote when its right to had ended. Parameter: the space. */
    public static final String REVOKED = "SELECT count(*) FROM ops o JOIN devices d ON d.space = o.space AND d.num = o.device"
            + " WHERE o.space = ? AND o.applied = 0 AND o.bundle > d.revoked_seq";

    private Unapplied() {}
}
