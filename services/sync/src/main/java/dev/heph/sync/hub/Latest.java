package dev.heph.sync.hub;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last number the hub has given. Any number of threads can wait for it to grow. */
final class Latest {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private long n;

    /** Wakes who waits for less. The number may also fall: a restored hub has got less far. */
    void is(long number) {
        lock.lock();
        try {
            n = number;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long now() {
        lock.lock();
        try {
            return n;
        } finally {
            lock.unlock();
        }
    }

    /** The number as soon as it is past {@code after}, or whatever it is when nothing has come for so long. */
    long past(long after, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = patience.toNanos(); n <= after && left > 0;) {
                left = grown.awaitNanos(left);
            }
            return n;
        } finally {
            lock.unlock();
        }
    }
}
