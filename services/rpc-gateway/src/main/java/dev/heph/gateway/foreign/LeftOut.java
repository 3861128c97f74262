package dev.heph.gateway.foreign;

import java.util.Map;
import java.util.TreeMap;

/** Counts what is said of tasks and has no place in heph, so that each is told once and not a thousand times. */
final class LeftOut {
    private final Map<String, Integer> tasks = new TreeMap<>();

    /** @param what for a person: {@code attribute estimate} */
    void of(String what) {
        tasks.merge(what, 1, Integer::sum);
    }

    void tell(Findings findings) {
        tasks.forEach((what, count) -> findings.skipped(what, "kept out: " + count + (count == 1 ? " task has it" : " tasks have it")));
    }
}
