package dev.heph.sync.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What a fresh device does first: it takes the hub's snapshot instead of every page, if there is one and it holds. */
final class FirstCopy {
    private static final Logger LOG = System.getLogger(FirstCopy.class.getName());

    /** A hub that so often did not give it, and nothing of it came, is asked for pages. */
    private static final int MOST_FAILURES = 3;

    private final Store store;
    private final Hub hub;
    private final Progress progress;
    private int failures;
    private boolean refused;

    FirstCopy(Store store, Hub hub, Progress progress) {
        this.store = store;
        this.hub = hub;
        this.progress = progress;
    }

    /**
     * Takes it. What the store does not want comes in pages, which tell the same.
     *
     * @throws HubTrouble when the hub is not reached, or has another by now; where it was cut off it goes on
     */
    void take() {
        if (refused) {
            return;
        }
        try {
            hub.snapshot().ifPresent(this::take);
        } catch (HubTrouble trouble) {
            failures++;
            refused = trouble.kind() == HubTrouble.Kind.REFUSED || failures == MOST_FAILURES;
            throw trouble;
        } catch (HephException e) {
            if (e.reason() == Reason.AWAY) {
                throw e;
            }
            refused = true;
            LOG.log(Level.WARNING, "everything is taken page by page: {0}", e.getMessage());
        }
    }

    private void take(JsonNode snapshot) {
        String sha256 = snapshot.path("sha256").asText();
        long bytes = snapshot.path("bytes").asLong();
        for (long have = store.adoptBegin(snapshot); have < bytes;) {
            progress.moving();
            byte[] part = hub.snapshotPart(sha256, have);
            if (part.length == 0) {
                throw HubTrouble.refused("it sends nothing of its snapshot");
            }
            have = store.adoptPart(have, part);
            failures = 0;
            progress.moved();
        }
        store.adopt();
        LOG.log(Level.INFO, "the hub''s snapshot of {0} bundles was taken: {1} bytes", snapshot.path("n").asLong(), bytes);
        progress.reached(snapshot.path("n").asLong(), snapshot.path("n").asLong());
    }
}
