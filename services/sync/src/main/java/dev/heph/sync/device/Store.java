package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * This device's store, by the calls that an exchange makes. Each may throw {@link dev.heph.error.HephException}: {@code away}, or what
 * the store refuses. Each may be repeated.
 */
interface Store {
    /** {@code {device, pending, unapplied, conflicts, hub, skew, …}}; {@code hub} is null or {@code {url, n, joined_at, synced_at?}}. */
    JsonNode state();

    /** Keeps the hub's address and begins at its first bundle; the same address again changes nothing. */
    void join(URI hub);

    /** Forgets the hub and keeps all data. */
    void leave();

    /** What to ask the hub for next: {@code {device, known, epoch?, after, fresh?}}; {@code fresh}: a snapshot may take the place of all pages. */
    JsonNode cursor();

    /** Takes a page: {@code {applied, more, n, hub_n, rewound, own_differs}}. */
    JsonNode apply(byte[] page);

    /** Begins to take a snapshot, or goes on with it. @return how many of its bytes are here */
    long adoptBegin(JsonNode snapshot);

    /** Takes some bytes of it. @return how many are here now */
    long adoptPart(long from, byte[] bytes);

    /** Makes it what this device has, with what the device wrote itself. */
    void adopt();

    /** A parcel of the next own ops that the hub has not acknowledged; empty if there are none. */
    byte[] offer();

    /** A parcel of the next ops of anybody that these heads lack; empty if there are none. */
    byte[] offer(Heads heads);

    /**
     * Notes what the hub has of this device's ops, and how far it has got, if that is by nothing but them.
     *
     * @param answer the hub's to a push
     * @return {@code {pending, n}}, n being the hub's number up to which everything is here
     */
    JsonNode acknowledged(JsonNode answer);

    /** What this device makes of what it has, as {@link Hub#digest}. */
    JsonNode digest(boolean nodes);

    /** What a person calls a node; its id if it has no name. */
    String title(String id);

    /** Notes that a whole cycle succeeded now. */
    void synced();
}
