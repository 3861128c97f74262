package dev.heph.store.log;

import dev.heph.model.id.DeviceId;
import dev.heph.store.db.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** That this device writes under another id than before, because somebody else wrote under that too. */
public record NewId(DeviceId before, Instant since) {
    /** The id before, and since when in epoch milliseconds, of the last time. */
    public static final String LAST = "SELECT before, since FROM identities WHERE space = ? ORDER BY num DESC LIMIT 1";

    /** The last time that it took one. */
    public static Optional<NewId> last(Tx tx, Space space) {
        return tx.first(LAST, row -> new NewId(DeviceId.of(row.getBytes(1)), Instant.ofEpochMilli(row.getLong(2))), space.num());
    }

    /** For people. */
    @Override
    public String toString() {
        return "this device has a new id since " + since.truncatedTo(ChronoUnit.SECONDS) + ": it, or another one with the id before, "
                + before + ", was cloned or restored from a backup; nothing is lost";
    }
}
