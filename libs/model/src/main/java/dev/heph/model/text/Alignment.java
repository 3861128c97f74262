package dev.heph.model.text;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which elements of one list are still there in another: a longest common subsequence where that is affordable, less where
 * it is not. Stretches of up to {@value #MOST_ELEMENTS} elements are given to Myers' algorithm, whose cost is quadratic;
 * longer ones, up to {@value #MOST_TO_CUT}, are first cut at elements that occur exactly once on both sides, and one without
 * any is taken to be entirely different. All calls together are held to {@value #MOST_STEPS} steps of Myers' algorithm, about a second.
 */
final class Alignment {
    private static final int MOST_ELEMENTS = 2_000;
    private static final long MOST_STEPS = 40_000_000;
    private static final int MOST_CUTS = 32;
    private static final int MOST_TO_CUT = 500_000;

    /** What is left for all further lists. */
    private long steps = MOST_STEPS;

    /** For each element of {@code base} the index of its counterpart in {@code saved}, ascending, or -1. */
    int[] of(List<String> base, List<String> saved) {
        Pass pass = new Pass(base, saved);
        pass.align(0, base.size(), 0, saved.size(), 0);
        return pass.counterparts;
    }

    /** The work on one pair of lists. */
    private final class Pass {
        private final List<String> base;
        private final List<String> saved;
        private final int[] counterparts;

        Pass(List<String> base, List<String> saved) {
            this.base = base;
            this.saved = saved;
            this.counterparts = new int[base.size()];
            Arrays.fill(counterparts, -1);
        }

        private void align(int baseFrom, int baseTo, int savedFrom, int savedTo, int cuts) {
            int from = baseFrom;
            int otherFrom = savedFrom;
            while (from < baseTo && otherFrom < savedTo && base.get(from).equals(saved.get(otherFrom))) {
                counterparts[from++] = otherFrom++;
            }
            int to = baseTo;
            int otherTo = savedTo;
            while (from < to && otherFrom < otherTo && base.get(to - 1).equals(saved.get(otherTo - 1))) {
                counterparts[--to] = --otherTo;
            }
            if (from == to || otherFrom == otherTo) {
                return;
            }
            long size = (long) to - from + otherTo - otherFrom;
            if (size <= MOST_ELEMENTS) {
                if (size * size <= steps) {
                    steps -= size * size;
                    myers(from, to, otherFrom, otherTo);
                }
            } else if (size <= MOST_TO_CUT && cuts < MOST_CUTS) {
                cut(from, to, otherFrom, otherTo, cuts + 1);
            }
        }

        private void myers(int from, int to, int otherFrom, int otherTo) {
            List<Change> changes = new ArrayList<>(new MyersDiffWithLinearSpace<String>()
                    .computeDiff(base.subList(from, to), saved.subList(otherFrom, otherTo), null));
            int next = from;
            int other = otherFrom;
            for (Change change : changes) {
                while (next < from + change.startOriginal) {
                    counterparts[next++] = other++;
                }
                next = from + change.endOriginal;
                other = otherFrom + change.endRevised;
            }
            while (next < to) {
                counterparts[next++] = other++;
            }
        }

        /** Pairs the elements that are unique on both sides and in the same order, then looks between them. */
        private void cut(int from, int to, int otherFrom, int otherTo, int cuts) {
            List<int[]> anchors = ascending(uniquePairs(from, to, otherFrom, otherTo));
            if (anchors.isEmpty()) {
                return;
            }
            int next = from;
            int other = otherFrom;
            for (int[] anchor : anchors) {
                counterparts[anchor[0]] = anchor[1];
                align(next, anchor[0], other, anchor[1], cuts);
                next = anchor[0] + 1;
                other = anchor[1] + 1;
            }
            align(next, to, other, otherTo, cuts);
        }

        private List<int[]> uniquePairs(int from, int to, int otherFrom, int otherTo) {
            Map<String, Integer> once = once(saved, otherFrom, otherTo);
            Map<String, Integer> onceHere = once(base, from, to);
            List<int[]> pairs = new ArrayList<>();
            for (int i = from; i < to; i++) {
                int other = once.getOrDefault(base.get(i), -1);
                if (other >= 0 && onceHere.get(base.get(i)) >= 0) {
                    pairs.add(new int[] {i, other});
                }
            }
            return pairs;
        }
    }

    /** The index of each element that occurs once in the range; -1 for the others. */
    private static Map<String, Integer> once(List<String> list, int from, int to) {
        Map<String, Integer> once = new HashMap<>();
        for (int i = from; i < to; i++) {
            once.merge(list.get(i), i, (first, second) -> -1);
        }
        return once;
    }

    /** The longest part of the pairs that ascends on both sides, by patience sorting. */
    private static List<int[]> ascending(List<int[]> pairs) {
        int[] piles = new int[pairs.size()];
        int[] before = new int[pairs.size()];
        int length = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (pairs.get(piles[middle])[1] < pairs.get(i)[1]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : piles[low - 1];
            piles[low] = i;
            length = Math.max(length, low + 1);
        }
        List<int[]> ascending = new ArrayList<>(length);
        for (int i = length == 0 ? -1 : piles[length - 1]; i >= 0; i = before[i]) {
            ascending.add(pairs.get(i));
        }
        return ascending.reversed();
    }
}
