package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A hub behind another one, for a test to change what passes. */
abstract class HubAround implements Hub {
    private final Hub hub;

    HubAround(Hub hub) {
        this.hub = hub;
    }

    @Override
    public byte[] pull(JsonNode cursor, long known) {
        return hub.pull(cursor, known);
    }

    @Override
    public JsonNode push(byte[] parcel) {
        return hub.push(parcel);
    }

    @Override
    public JsonNode vector() {
        return hub.vector();
    }

    @Override
    public JsonNode digest(boolean nodes) {
        return hub.digest(nodes);
    }

    @Override
    public Optional<JsonNode> snapshot() {
        return hub.snapshot();
    }

    @Override
    public byte[] snapshotPart(String sha256, long from) {
        return hub.snapshotPart(sha256, from);
    }

    @Override
    public boolean greet() {
        return hub.greet();
    }

    @Override
    public void news(long after, Runnable opened, LongConsumer n) {
        hub.news(after, opened, n);
    }

    @Override
    public Optional<Duration> skew() {
        return hub.skew();
    }

    @Override
    public void close() {
        hub.close();
    }
}
