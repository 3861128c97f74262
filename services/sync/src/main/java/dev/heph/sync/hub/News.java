package dev.heph.sync.hub;

import dev.heph.runtime.Lines;
import dev.heph.sync.wire.Exchange;
import dev.heph.sync.wire.Listening;
import java.io.IOException;
import java.time.Duration;

/**
 * Tells the devices that listen how far the hub has got. However many they are, the store is listened to once; each of them costs a
 * parked virtual thread and a socket.
 */
final class News implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(Exchange.HEARTBEAT_SECONDS);

    private final HubStore store;
    private final Latest latest = new Latest();
    private final Listening listening;

    News(HubStore store) {
        this.store = store;
        this.listening = Listening.to("log of the store", Duration.ofMillis(20), Duration.ofSeconds(2), this::listen);
    }

    /** The stream for a device that has everything up to that number. */
    Lines.Source after(long number) {
        return lines -> feed(lines, number);
    }

    @Override
    public void close() {
        listening.close();
    }

    private void feed(Lines lines, long number) throws IOException, InterruptedException {
        long told = number;
        lines.send("");
        while (true) {
            long now = latest.past(told, HEARTBEAT);
            lines.send(now > told ? Long.toString(now) : "");
            told = Math.max(told, now);
        }
    }

    /** What the log grew by while nobody listened is asked for; once it is open nothing is missed. */
    private void listen(Runnable opened) {
        store.log(
                () -> {
                    opened.run();
                    latest.is(store.state().path("n").asLong());
                },
                grown -> latest.is(grown.path("n").asLong()));
    }
}
