package dev.heph.model.merge;

import dev.heph.model.op.OpId;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Two edits of one text that knew nothing of each other and meddled with the same words.
 *
 * @param one the lesser of the two ops
 * @param settled whether somebody who had seen both has worked on these words since
 */
public record Race(OpId one, OpId other, boolean settled) implements Comparable<Race> {
    /** Whose registers say of single races that they are settled, or are not after all. */
    public static final String SETTLED = "settled";

    private static final Comparator<Race> ORDER = Comparator.comparing(Race::one).thenComparing(Race::other);

    static Race between(OpId one, OpId other) {
        return one.compareTo(other) < 0 ? new Race(one, other, false) : new Race(other, one, false);
    }

    public Stream<OpId> ops() {
        return Stream.of(one, other);
    }

    @Override
    public int compareTo(Race race) {
        return ORDER.compare(this, race);
    }
}
