package dev.heph.model.recur;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import java.time.LocalDateTime;

/**
 * One occurrence of a recurring task. Its id is computed, so it is the same on devices that never met.
 *
 * @param start when it is due, on the wall
 */
public record Occurrence(Id id, LocalDateTime start) {
    /** That of a fixed date, and the first of those counted from completion: derived from the definition and the date. */
    static Occurrence on(Id definition, LocalDateTime start) {
        return new Occurrence(DerivedId.occurrence(definition, start.toString()), start);
    }

    /** The one after {@code predecessor} when counted from completion: derived from both, whenever it is due. */
    static Occurrence after(Id definition, Id predecessor, LocalDateTime start) {
        return new Occurrence(DerivedId.occurrence(definition, predecessor.toString()), start);
    }
}
