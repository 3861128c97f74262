package dev.heph.sync.hub;

import dev.heph.runtime.Lines;
import dev.heph.sync.wire.Exchange;
import dev.heph.sync.wire.Listening;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells the devices that listen how far the hub has got. However many they are, the store is listened to once; each of them costs a
 * parked virtual thread and a socket.
 */
final class News implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(Exchange.HEARTBEAT_SECONDS);

    private final HubStore store;
    private final InstantSource clock;
    private final Latest latest = new Latest();
    private final Listening listening;

    News(HubStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.listening = Listening.to("log of the store", Duration.ofMillis(20), Duration.ofSeconds(2), this::listen);
    }

    /** Where a device hears news. */
    @FunctionalInterface
    interface Desk {
        /** The stream for a device that has everything up to that number. @param until when it ends: then the device shows again who it is */
        Lines.Source after(long number, Instant until);
    }

    /** As {@link Desk#after}. */
    Lines.Source after(long number, Instant until) {
        return lines -> feed(lines, number, until);
    }

    @Override
    public void close() {
        listening.close();
    }

    private void feed(Lines lines, long number, Instant until) throws IOException, InterruptedException {
        long told = number;
        lines.send("");
        while (clock.instant().isBefore(until)) {
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
