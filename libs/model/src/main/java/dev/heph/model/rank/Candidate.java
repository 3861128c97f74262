package dev.heph.model.rank;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.Optional;

/**
 * A committed, outstanding task as ranking sees it.
 *
 * @param doFrom when it may be done at the earliest; not a deadline
 * @param lateFrom when it is late
 */
public record Candidate(Id id, Attention attention, Optional<Instant> doFrom, Optional<Instant> lateFrom, Instant created) {
    /** Whether it may be offered at {@code now}: put off tasks and the backlog are not. */
    public boolean isActionable(Instant now) {
        return attention != Attention.BLUE && (doFrom.isEmpty() || !doFrom.get().isAfter(now));
    }

    public boolean isLate(Instant now) {
        return lateFrom.isPresent() && !lateFrom.get().isAfter(now);
    }
}
