package dev.heph.model.recur;

import dev.heph.model.id.Id;
import java.time.LocalDateTime;
import java.util.Comparator;

/**
 * An occurrence that a person was through with.
 *
 * @param start its date, as {@link Occurrence#start}
 * @param at    when, on the wall of the person; what is counted from completion is counted from here, so it is kept, not converted
 */
public record Closed(Id id, LocalDateTime start, Outcome outcome, LocalDateTime at) {
    static final Comparator<Closed> BY_DATE = Comparator.comparing(Closed::start).thenComparing(Closed::at).thenComparing(Closed::id);
    static final Comparator<Closed> BY_TIME = Comparator.comparing(Closed::at).thenComparing(BY_DATE);
}
