package dev.heph.store.facts;

import dev.heph.model.id.Id;
import dev.heph.model.op.Version;
import dev.heph.model.text.Text;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts of one space: read when first needed, written back once per transaction, the recently used ones kept for the
 * next edit. Owned by the writer's thread.
 */
public final class Texts {
    /** A text and which edits it holds. */
    public record Held(Text text, Version version) {}

    private record Place(Id entity, String field) {}

    /** Kept between transactions; a longer text is read again each time. */
    private static final int KEPT = 64;

    /** Kept within a transaction that reads more texts than it changes. */
    private static final int KEPT_WITHIN = 512;

    private static final int KEPT_LENGTH = 512 * 1024;

    private final Space space;
    private final Map<Place, Held> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Place, Held> changed = new LinkedHashMap<>();

    public Texts(Space space) {
        this.space = space;
    }

    /** Forgets what may belong to an undone transaction. */
    public void forget() {
        kept.clear();
        changed.clear();
    }

    public Held get(Tx tx, Id entity, String field) {
        Place place = new Place(entity, field);
        Held held = changed.get(place);
        if (held == null) {
            held = kept.computeIfAbsent(place, missing -> load(tx, missing));
            if (kept.size() > KEPT_WITHIN) {
                trim();
            }
        }
        return held;
    }

    void put(Id entity, String field, Text text, Version version) {
        changed.put(new Place(entity, field), new Held(text, version));
    }

    /** Writes the changed texts. */
    public void flush(Tx tx) {
        changed.forEach((place, held) -> {
            tx.run("INSERT INTO texts (space, entity, field, state, version) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT DO UPDATE SET state = excluded.state, version = excluded.version",
                    space.num(), place.entity(), place.field(), held.text().save(), held.version().bytes());
            kept.put(place, held);
        });
        changed.clear();
    }

    /** Lets go of what the next transaction will hardly need. */
    public void trim() {
        var eldestFirst = kept.values().iterator();
        while (eldestFirst.hasNext()) {
            Held held = eldestFirst.next();
            if (kept.size() > KEPT || held.text().length() > KEPT_LENGTH) {
                eldestFirst.remove();
            }
        }
    }

    private Held load(Tx tx, Place place) {
        return tx.first("SELECT state, version FROM texts WHERE space = ? AND entity = ? AND field = ?",
                        row -> new Held(Text.load(row.getBytes(1)), Version.of(row.getBytes(2)).orElseThrow()),
                        space.num(), place.entity(), place.field())
                .orElseGet(() -> new Held(new Text(), Version.EMPTY));
    }
}
