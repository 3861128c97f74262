package dev.heph.store.api;

import dev.heph.runtime.Lines;
import java.io.IOException;
import java.util.function.Supplier;

/** Tells whoever streams {@code /log} that there may be more in the log, and how far it has got. */
final class Growth implements Lines.Source {
    private static final long HEARTBEAT_MILLIS = 10_000;

    private Supplier<String> how;
    private long times;

    /** @param how what to say */
    void of(Supplier<String> how) {
        this.how = how;
    }

    synchronized void happened() {
        times++;
        notifyAll();
    }

    @Override
    public void feed(Lines lines) throws IOException, InterruptedException {
        long seen = now();
        lines.send("");
        lines.send(how.get());
        while (true) {
            long next = after(seen);
            lines.send(next == seen ? "" : how.get());
            seen = next;
        }
    }

    private synchronized long now() {
        return times;
    }

    /** How often it has happened, waiting for a next time; the same number when nothing happens. */
    private synchronized long after(long seen) throws InterruptedException {
        if (times == seen) {
            wait(HEARTBEAT_MILLIS);
        }
        return times;
    }
}
