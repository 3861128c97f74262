package dev.heph.sync.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How much each of many may do: so much at once, and then so much a second. Whoever was not heard of for longest is forgotten first. */
final class Allowance {
    private static final int MOST_KNOWN = 10_000;

    private final double atOnce;
    private final double perSecond;
    private final LongSupplier nanos;
    private final Map<String, Left> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private record Left(double amount, long at) {}

    /** @param nanos a clock that only goes forward, in nanoseconds */
    Allowance(double atOnce, double perSecond, LongSupplier nanos) {
        this.atOnce = atOnce;
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Whether that one may do it once more; then it is done. */
    synchronized boolean take(String who) {
        long now = nanos.getAsLong();
        double amount = amount(who, now);
        known.put(who, new Left(amount >= 1 ? amount - 1 : amount, now));
        return amount >= 1;
    }

    /** Whether that one may not do it once more; nothing is done. */
    synchronized boolean spent(String who) {
        return amount(who, nanos.getAsLong()) < 1;
    }

    private double amount(String who, long now) {
        Left left = known.getOrDefault(who, new Left(atOnce, now));
        return Math.min(atOnce, left.amount() + (now - left.at()) / 1e9 * perSecond);
    }
}
