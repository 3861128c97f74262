package dev.heph.sync.device;

import dev.heph.sync.wire.Exchange;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How large a page to ask for: large ones cost less, and a slow line must get through with each ("pull" in docs/design/sync.md). */
final class Appetite {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(5);

    /** Less than that comes soon on any line. */
    private static final int TELLING_BYTES = 32 << 10;

    private final LongSupplier nanos;
    private int ops = Exchange.MAX_OPS;

    Appetite(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The most ops that the next page may have. */
    synchronized int ops() {
        return ops;
    }

    /** Fetches a page, and learns from how long that takes. */
    byte[] taken(Supplier<byte[]> fetch) {
        long begun = nanos.getAsLong();
        byte[] page;
        try {
            page = fetch.get();
        } catch (RuntimeException e) {
            learn(Exchange.MAX_OPS);
            throw e;
        }
        Duration took = Duration.ofNanos(nanos.getAsLong() - begun);
        if (took.compareTo(LATE) >= 0) {
            learn(ops() / 2);
        } else if (took.compareTo(SOON) <= 0 && page.length >= TELLING_BYTES) {
            learn(ops() * 2);
        }
        return page;
    }

    private synchronized void learn(int most) {
        ops = Math.clamp(most, Exchange.MAX_OPS, Exchange.MAX_PAGE_OPS);
    }
}
