package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The hub, by what a device asks it. Each request may be repeated, and may block for a minute. */
interface Hub extends AutoCloseable {
    /**
     * A page of what comes after the cursor.
     *
     * @param cursor as the store told it
     * @param known up to which number the device's own ops may come as mere hashes
     * @throws HubTrouble as with every other request
     */
    byte[] pull(JsonNode cursor, long known);

    /** Hands over a parcel: {@code {applied, n, chain, epoch, heads}}. */
    JsonNode push(byte[] parcel);

    /** What the hub has of everybody: {@code {epoch, n, chain, heads}}. */
    JsonNode vector();

    /** What the hub makes of what it has, in hashes: {@code {heads, tables, nodes?}}. @param nodes whether of each node too */
    JsonNode digest(boolean nodes);

    /** What the hub's snapshot says of itself, with its {@code sha256} and how many {@code bytes} it has; empty if there is none. */
    Optional<JsonNode> snapshot();

    /** Some bytes of that snapshot, from that one on; a conflict if the hub has another by now. */
    byte[] snapshotPart(String sha256, long from);

    /** Asks whether a hub that this version can talk to answers there. @return whether it lets us in; if not somebody has to log in */
    boolean greet();

    /**
     * Listens until the stream ends or breaks, or is silent for 30 s.
     *
     * @param after the number up to which everything is known
     * @param opened run once the hub has accepted
     * @param n given each number the hub tells
     */
    void news(long after, Runnable opened, LongConsumer n);

    /** By how much this device's clock is ahead of the hub's, as the last answer told it: to a second. Empty if none did. */
    Optional<Duration> skew();

    /** Breaks off what is under way. */
    @Override
    void close();
}
