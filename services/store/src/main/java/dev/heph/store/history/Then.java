package dev.heph.store.history;

import dev.heph.model.id.Id;

/** To when a node is to be brought back. */
public sealed interface Then {
    /** After a row of its history. @param number from 1, the oldest first */
    record Row(int number) implements Then {}

    /** After what an action did to it. */
    record Action(Id id) implements Then {}

    /** As of a moment, whoever did something since. */
    record Moment(long epochMillis) implements Then {}

    /** Before it was deleted, with all that was done since. */
    record Undeleted() implements Then {}
}
