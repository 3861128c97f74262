package dev.heph.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a plan that fails small: leaves out what it fails without (Zeller's delta debugging, ever smaller parts at a time). */
final class Shrink {
    private Shrink() {}

    /** @param fails whether a plan still does */
    static Plan of(Plan plan, Predicate<Plan> fails) {
        Plan least = plan;
        int parts = 2;
        while (least.steps().size() > 1) {
            int length = Math.max(1, least.steps().size() / parts);
            Plan smaller = without(least, length, fails);
            if (smaller.steps().size() < least.steps().size()) {
                least = smaller;
            } else if (length == 1) {
                return least;
            }
            parts = Math.min(parts * 2, least.steps().size());
        }
        return least;
    }

    private static Plan without(Plan plan, int length, Predicate<Plan> fails) {
        Plan least = plan;
        for (int at = plan.steps().size(); at > 0; at -= length) {
            int end = Math.min(at, least.steps().size());
            List<Step> some = new ArrayList<>(least.steps());
            some.subList(Math.max(0, end - length), end).clear();
            if (fails.test(least.with(some))) {
                least = least.with(some);
            }
        }
        return least;
    }
}
