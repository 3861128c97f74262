package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The exchange with a hub, from beginning to end:
 *
 * <pre>
 * push own ops, if what the hub has was compared before: what a person writes goes out at once
 * snapshot, on a fresh device, if the hub has one
 * pull, a page at a time, until there is no more
 *   own bundles differ    the same page with them as bytes; the store takes a new id
 * if the hub lost something, or is another, and once in the life of this process
 *   vector, then push whatever it lacks, of anybody, until there is nothing
 * push own ops after the acknowledgement until there are none
 * synced, if anything was moved, or now and then
 * </pre>
 *
 * Where it was cut off the store's cursor and acknowledgement say where to go on. Only that the vectors are to be compared is kept here: until it
 * is done, and because a process may be killed before, each begins with it. A conflict on the hub's side means that it changed between two
 * requests; then the exchange begins anew, once.
 */
final class Cycle {
    /** Of the cycles that move nothing, one every half minute, so many pass between two notes: a machine at rest is let rest. */
    private static final int QUIET = 20;

    private final Store store;
    private final Hub hub;
    private final Progress progress;

    private final FirstCopy firstCopy;

    private boolean compare = true;
    private int unnoted = QUIET;
    private long pushed;
    private long pulled;

    Cycle(Store store, Hub hub, Progress progress) {
        this.store = store;
        this.hub = hub;
        this.progress = progress;
        this.firstCopy = new FirstCopy(store, hub, progress);
    }

    /** @throws HephException where it cannot go on; what has been moved until then is kept on both sides */
    Moved run() {
        pushed = 0;
        pulled = 0;
        try {
            exchange(!compare);
        } catch (HubTrouble trouble) {
            if (trouble.kind() != HubTrouble.Kind.CONFLICT) {
                throw trouble;
            }
            exchange(false);
        }
        return new Moved(pushed, pulled);
    }

    private void exchange(boolean pushFirst) {
        if (pushFirst) {
            pushWhatIsWritten();
        }
        if (compare && store.cursor().path("fresh").asBoolean()) {
            firstCopy.take();
        }
        pull();
        if (compare) {
            restoreHub();
            compare = false;
        }
        push(store::offer, new Heads());
        unnoted++;
        if (pushed + pulled > 0 || unnoted > QUIET) {
            store.synced();
            unnoted = 0;
        }
    }

    /** A hub that cannot take it has changed since; what comes next finds out how. */
    private void pushWhatIsWritten() {
        try {
            push(store::offer, new Heads());
        } catch (HubTrouble trouble) {
            if (trouble.kind() == HubTrouble.Kind.OFFLINE) {
                throw trouble;
            }
        }
    }

    private void pull() {
        boolean ownAsBytes = false;
        JsonNode last = null;
        for (boolean more = true; more;) {
            JsonNode cursor = store.cursor();
            if (cursor.equals(last)) {
                throw HubTrouble.refused("it says that there is more and sends the same again and again");
            }
            byte[] page = hub.pull(cursor, ownAsBytes ? 0 : cursor.path("known").asLong());
            boolean before = compare;
            compare = true; // until the answer says otherwise: the page may be taken and the answer lost
            JsonNode taken = take(page);
            compare = before || taken.path("rewound").asBoolean();
            if (taken.path("own_differs").asBoolean()) {
                if (ownAsBytes) {
                    throw HubTrouble.refused("it has other changes under this device's id, and does not send them");
                }
                ownAsBytes = true;
                continue;
            }
            ownAsBytes = false;
            last = cursor;
            more = taken.path("more").asBoolean();
            note(taken, more);
        }
    }

    private JsonNode take(byte[] page) {
        try {
            return store.apply(page);
        } catch (HephException e) {
            if (e.reason() == Reason.INVALID_PARAMS) {
                throw HubTrouble.refused("what it sent cannot be taken: " + e.getMessage());
            }
            throw e;
        }
    }

    private void note(JsonNode taken, boolean more) {
        long applied = taken.path("applied").asLong();
        pulled += applied;
        if (applied > 0) {
            progress.moved();
        }
        if (more || applied > 0) {
            progress.moving();
        }
        progress.reached(taken.path("n").asLong(), taken.path("hub_n").asLong());
    }

    private void restoreHub() {
        Heads heads = Heads.of(hub.vector().path("heads"));
        push(() -> store.offer(heads), heads);
    }

    private void push(Supplier<byte[]> offer, Heads heads) {
        byte[] last = {};
        for (byte[] parcel = offer.get(); parcel.length > 0; parcel = offer.get()) {
            if (Arrays.equals(parcel, last)) {
                throw HubTrouble.refused("it takes what it is sent and does not keep it");
            }
            progress.moving();
            JsonNode answer = hub.push(parcel);
            pushed += answer.path("applied").asLong();
            progress.moved();
            heads.update(answer.path("heads"));
            long n = store.acknowledged(answer).path("n").asLong();
            progress.reached(n, Math.max(n, answer.path("n").asLong()));
            last = parcel;
        }
    }
}
