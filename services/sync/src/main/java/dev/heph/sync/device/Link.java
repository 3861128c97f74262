package dev.heph.sync.device;

import dev.heph.runtime.Json;
import dev.heph.runtime.ServiceClient;
import dev.heph.sync.wire.Listening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** All that runs while this device has a hub: the loop, and what wakes it: the store's log and the hub's news. */
final class Link implements AutoCloseable {
    private final HubAddress address;
    private final Hub hub;
    private final SyncLoop loop;
    private final Listening log;
    private final Listening news;

    private Link(HubAddress address, Hub hub, SyncLoop loop, ServiceClient store) {
        this.address = address;
        this.hub = hub;
        this.loop = loop;
        this.log = Listening.to("log of the store", Duration.ofMillis(20), Duration.ofSeconds(2), opened -> log(store, opened));
        this.news = Listening.to("news of the hub", Duration.ofSeconds(1), Pace.LONGEST_BACK_OFF, this::news);
    }

    static Link start(HubAddress address, Hub hub, SyncLoop loop, ServiceClient store) {
        loop.start();
        return new Link(address, hub, loop, store);
    }

    HubAddress address() {
        return address;
    }

    Hub hub() {
        return hub;
    }

    SyncLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        log.close();
        news.close();
        loop.close();
    }

    /** What came from the hub makes the log grow too, but not by anything of this device's own. */
    private void log(ServiceClient store, Runnable opened) {
        store.stream(
                "/log",
                () -> {
                    opened.run();
                    loop.wanted(); // what was written while nobody listened
                },
                line -> loop.written(Json.read(line.getBytes(StandardCharsets.UTF_8)).path("seq").asLong()));
    }

    /** A hub that is away is not asked for news as well; a stream that breaks is often the first to say that it is. */
    private void news(Runnable opened) throws InterruptedException {
        loop.awaitOnline();
        try {
            hub.news(loop.standing().n(), opened, loop::heard);
        } finally {
            loop.wanted();
        }
    }
}
