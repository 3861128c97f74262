package dev.heph.gateway.socket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that long lines may take, all clients together. One client's limit cannot be small, for a body may be
 * large; without a common one, a few clients at once would take all there is.
 */
final class LineBudget {
    private final AtomicLong freeBytes;

    LineBudget(long bytes) {
        this.freeBytes = new AtomicLong(bytes);
    }

    /** @return false if there is not that much left; then nothing is taken */
    boolean take(long bytes) {
        if (freeBytes.addAndGet(-bytes) >= 0) {
            return true;
        }
        freeBytes.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        freeBytes.addAndGet(bytes);
    }

    long freeBytes() {
        return freeBytes.get();
    }
}
