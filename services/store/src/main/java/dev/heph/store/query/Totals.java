package dev.heph.store.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heph.model.id.DeviceId;
import dev.heph.runtime.Json;
import dev.heph.store.log.NewId;
import dev.heph.store.log.Unapplied;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How much is in the database, and what in it waits for somebody or something. */
public final class Totals {
    private static final Duration DAY = Duration.ofDays(1);

    private final Db db;
    private final int space;

    public Totals(Db db, int space) {
        this.db = db;
        this.space = space;
    }

    public ObjectNode json() {
        return Json.object()
                .put("conflict_count", ConflictList.count(db, space))
                .put("note_count", db.count("SELECT count(*) FROM nodes WHERE space = ? AND kind = 'doc' AND tombstoned = 0"
                        + " AND context = 0", space))
                .put("unapplied_count", unapplied());
    }

    /** Since when nothing was synced, if that is a day or more although there is a hub: the last success, or when it was joined. */
    public Optional<Instant> notSyncedSince(Instant now) {
        return db.first("SELECT coalesce(synced, joined) FROM hubs WHERE space = ?", row -> Instant.ofEpochMilli(row.number(1)), space)
                .filter(since -> Duration.between(since, now).compareTo(DAY) >= 0);
    }

    /** Whether this device had to take another id, the last time. */
    public Optional<NewId> newId() {
        return db.first(NewId.LAST, row -> new NewId(DeviceId.of(row.bytes(1)), Instant.ofEpochMilli(row.number(2))), space);
    }

    /** Ops of a later version, and those in bundles that this version cannot read at all. */
    private long unapplied() {
        return db.count(Unapplied.LATER, space, space);
    }
}
