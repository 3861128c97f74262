package dev.heph.model.id;

import java.util.function.LongSupplier;

/**
 * Mints UUIDv7 ids (RFC 9562 §5.7, method 1: the 12 bits after the version are a counter within the millisecond). Ids of one
 * mint strictly increase, also when the clock stands still or goes back. Safe for many threads.
 */
public final class IdMint {
    private static final int COUNTER_BITS = 12;

    private final LongSupplier epochMillis;
    private final LongSupplier randomBits;
    private long lastTick;

    /** @param randomBits 64 unpredictable bits a call; injected so that a test can repeat a run */
    public IdMint(LongSupplier epochMillis, LongSupplier randomBits) {
        this.epochMillis = epochMillis;
        this.randomBits = randomBits;
    }

    public Id mint() {
        long random = randomBits.getAsLong();
        long tick = nextTick();
        long high = (tick >>> COUNTER_BITS) << 16 | 0x7000L | (tick & ((1 << COUNTER_BITS) - 1));
        long low = random & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new Id(high, low);
    }

    /** Milliseconds and counter as one number, so that a full counter spills into the next millisecond. */
    private synchronized long nextTick() {
        lastTick = Math.max(epochMillis.getAsLong() << COUNTER_BITS, lastTick + 1);
        return lastTick;
    }
}
