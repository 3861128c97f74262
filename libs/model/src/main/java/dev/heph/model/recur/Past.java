package dev.heph.model.recur;

import java.util.Optional;

/** A line of the history. One without an outcome was missed. */
public record Past(Occurrence occurrence, Optional<Closed> closed) {
    /** {@code x} done, {@code -} dropped, {@code >} skipped, {@code .} missed. */
    public char mark() {
        return closed.map(Closed::outcome).map(outcome -> switch (outcome) {
            case DONE -> 'x';
            case DROPPED -> '-';
            case SKIPPED -> '>';
        }).orElse('.');
    }
}
