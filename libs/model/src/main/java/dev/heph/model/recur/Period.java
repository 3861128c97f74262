package dev.heph.model.recur;

import java.util.List;

/**
 * The dates of one unit of a rule: of one week, say. They are every offset after every base, computed when asked for, because one year can
 * hold 31 million of them. All times are seconds on the wall since 1970-01-01T00:00.
 *
 * @param picks the places that BYSETPOS leaves, sorted; null for all
 */
record Period(long[] bases, int[] offsets, int[] picks) {
    static final Period EMPTY = new Period(new long[0], new int[0], null);
    private static final int[] NOTHING = {};

    Period(long[] bases, int[] offsets) {
        this(bases, offsets, null);
    }

    /** Whether BYSETPOS may leave anything of a period with up to {@code most} dates. */
    static boolean mayPick(List<Integer> positions, int most) {
        return positions.isEmpty() || positions.stream().anyMatch(position -> Math.abs(position) <= most);
    }

    /** With only the places that BYSETPOS names. */
    Period picking(List<Integer> positions) {
        if (positions.size() == 1) { // as mostly: without the machinery for several
            int place = place(positions.getFirst());
            return new Period(bases, offsets, isPlace(place) ? new int[] {place} : NOTHING);
        }
        return positions.isEmpty() ? this : new Period(bases, offsets, positions.stream()
                .mapToInt(this::place).filter(this::isPlace).sorted().distinct().toArray());
    }

    private int place(int position) {
        return position > 0 ? position - 1 : size() + position;
    }

    private boolean isPlace(int place) {
        return 0 <= place && place < size();
    }

    int size() {
        return picks == null ? bases.length * offsets.length : picks.length;
    }

    long get(int index) {
        int place = picks == null ? index : picks[index];
        return bases[place / offsets.length] + offsets[place % offsets.length];
    }

    /** How many of its dates are before {@code second}. */
    int before(long second) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle) < second) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
