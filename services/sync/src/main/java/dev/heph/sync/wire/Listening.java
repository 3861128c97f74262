package dev.heph.sync.wire;

import dev.heph.error.HephException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Keeps a stream open: opens it again whenever it ends, after a pause that grows for as long as it cannot be opened. */
public final class Listening implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Listening.class.getName());

    private final Stream stream;
    private final Duration firstPause;
    private final Duration longestPause;
    private final Thread thread;
    private volatile Duration pause;
    private volatile boolean closed;

    private Listening(String name, Duration firstPause, Duration longestPause, Stream stream) {
        this.stream = stream;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.pause = firstPause;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::listen);
    }

    /** A stream that blocks its thread for as long as it is open, and ends when that is interrupted. */
    @FunctionalInterface
    public interface Stream {
        /**
         * @param opened to be run once it is open
         * @throws HephException why it cannot be opened, or broke
         * @throws InterruptedException told to end
         */
        void read(Runnable opened) throws InterruptedException;
    }

    public static Listening to(String name, Duration firstPause, Duration longestPause, Stream stream) {
        var listening = new Listening(name, firstPause, longestPause, stream);
        listening.thread.start();
        return listening;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void listen() {
        try {
            while (!closed) {
                once();
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(longestPause) < 0 ? pause.multipliedBy(2) : longestPause;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() throws InterruptedException {
        try {
            stream.read(() -> pause = firstPause);
        } catch (HephException e) {
            LOG.log(Level.DEBUG, "{0}: {1}", thread.getName(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, thread.getName() + " failed", e);
        }
    }
}
