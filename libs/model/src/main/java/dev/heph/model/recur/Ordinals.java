package dev.heph.model.recur;

import java.util.BitSet;
import java.util.Collection;

/** Which of the things in a row are picked, by their place from the start, 1 the first, or from the end, -1 the last. */
record Ordinals(BitSet fromStart, BitSet fromEnd) {
    /** No row here is longer: the days of a year. */
    private static final int LONGEST = 366;
    static final Ordinals ALL = all();
    static final Ordinals NONE = new Ordinals(new BitSet(), new BitSet());

    static Ordinals of(Collection<Integer> places) {
        Ordinals ordinals = new Ordinals(new BitSet(), new BitSet());
        for (int place : places) {
            (place < 0 ? ordinals.fromEnd : ordinals.fromStart).set(Math.abs(place));
        }
        return ordinals;
    }

    private static Ordinals all() {
        BitSet every = new BitSet();
        every.set(0, LONGEST + 1);
        return new Ordinals(every, new BitSet());
    }

    /** The first place from {@code from} on that may be picked; {@code size + 1} if there is none. */
    int next(int from, int size) {
        if (this == ALL) {
            return Math.min(from, size + 1);
        } else if (fromEnd.isEmpty()) {
            int place = fromStart.nextSetBit(from);
            return place < 0 || place > size ? size + 1 : place;
        }
        int place = from;
        while (place <= size && !pick(place, size)) {
            place++;
        }
        return Math.min(place, size + 1);
    }

    /** Whether it picks the one at {@code place} of {@code size} of them. */
    boolean pick(int place, int size) {
        return this == ALL || fromStart.get(place) || fromEnd.get(size - place + 1);
    }
}
