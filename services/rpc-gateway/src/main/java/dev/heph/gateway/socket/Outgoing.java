package dev.heph.gateway.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is on its way to one client: a bounded queue that a thread of its own writes out, so that a client that reads
 * slowly, or not at all, holds up nobody but itself.
 */
final class Outgoing {
    private static final int BUFFER_BYTES = 32 << 10;

    private final WritableByteChannel channel;
    private final long maxBytes;
    private final Duration patience;

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean finishing;
    private boolean ended;

    /** @param patience how long the client may take to make room for an answer */
    Outgoing(WritableByteChannel channel, long maxBytes, Duration patience) {
        this.channel = channel;
        this.maxBytes = maxBytes;
        this.patience = patience;
    }

    /** Sends a line, waiting until there is room. @throws IOException if the client is gone or does not read */
    void send(byte[] line) throws IOException {
        locked(() -> {
            long left = patience.toNanos();
            while (!ended && !fits(line, maxBytes)) {
                if (left <= 0) {
                    throw new IOException("the client does not read what it is sent");
                }
                left = changed.awaitNanos(left);
            }
            if (ended) {
                throw new IOException("the client is gone");
            }
            add(line);
        });
    }

    /** Sends a line if there is room for it now, counting only the given share of the queue. */
    boolean offer(byte[] line, long bytes) {
        lock.lock();
        try {
            if (ended || !fits(line, Math.min(bytes, maxBytes))) {
                return false;
            }
            add(line);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Writes until {@link #finish} and all is written, or the client is gone. */
    void write() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            for (byte[] line = next(); line != null; line = next()) {
                put(line, buffer);
                put(NEWLINE, buffer);
                if (written(line)) {
                    flush(buffer);
                }
            }
        } catch (IOException | InterruptedException clientIsGone) {
            // whoever has something for it finds out
        } finally {
            end();
        }
    }

    /** Waits until everything is written. @throws IOException if the client does not read it */
    void finish() throws IOException {
        locked(() -> {
            finishing = true;
            changed.signalAll();
            long left = patience.toNanos();
            while (!ended) {
                if (left <= 0) {
                    throw new IOException("the client does not read what it is sent");
                }
                left = changed.awaitNanos(left);
            }
        });
    }

    private static final byte[] NEWLINE = {'\n'};

    /** An empty queue takes any line, however long. */
    private boolean fits(byte[] line, long bytes) {
        return queuedBytes == 0 || queuedBytes + line.length <= bytes;
    }

    private void add(byte[] line) {
        queue.add(line);
        queuedBytes += line.length;
        changed.signalAll();
    }

    /** The next line, null when there will be none. It counts as queued until it is written. */
    private byte[] next() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !finishing && !ended) {
                changed.await();
            }
            return ended ? null : queue.poll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether nothing follows, so that the buffer has to go out now */
    private boolean written(byte[] line) {
        lock.lock();
        try {
            queuedBytes -= line.length;
            changed.signalAll();
            return queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void put(byte[] bytes, ByteBuffer buffer) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            if (!buffer.hasRemaining()) {
                flush(buffer);
            }
            int count = Math.min(buffer.remaining(), bytes.length - from);
            buffer.put(bytes, from, count);
            from += count;
        }
    }

    private void flush(ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Step step) throws IOException {
        lock.lock();
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }
}
