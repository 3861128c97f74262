package dev.heph.model.rank;

import dev.heph.model.id.Id;
import java.time.Instant;
import java.util.List;

/** An open task that is not among the rows, and why. */
public sealed interface Hidden {
    Candidate task();

    /** @param position its place among all that could be offered, from 1 */
    record BeyondLimit(Candidate task, int position) implements Hidden {}

    /** It is to be done now, but something else first; that is offered instead, or what that waits for in its turn. */
    record Blocked(Candidate task, List<Id> by) implements Hidden {}

    /** Its do-date has not come. */
    record Future(Candidate task, Instant doFrom) implements Hidden {}

    /** It is on deck. */
    record Blue(Candidate task) implements Hidden {}
}
