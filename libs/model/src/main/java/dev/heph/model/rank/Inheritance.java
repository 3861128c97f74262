package dev.heph.model.rank;

import dev.heph.model.id.Id;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tasks take over from those that wait for them. Only tasks that block or are blocked are looked at closely. */
final class Inheritance {
    private static final int NOT_OPEN = -1;

    /** The tasks that a block names, and all others. */
    private final List<Candidate> named = new ArrayList<>();
    private final List<Candidate> others = new ArrayList<>();

    /** Of each named task those that wait for it, by their places in the list. */
    private final int[][] waiting;
    private final Cycles cycles;

    Inheritance(Collection<Candidate> open, Collection<Blocks> blocks) {
        Map<Id, Integer> places = new HashMap<>();
        for (Blocks each : blocks) {
            places.put(each.blocker(), NOT_OPEN);
            places.put(each.blocked(), NOT_OPEN);
        }
        for (Candidate task : open) {
            if (!places.isEmpty() && places.replace(task.id(), named.size()) != null) {
                named.add(task);
            } else {
                others.add(task);
            }
        }
        this.waiting = waiting(places, blocks);
        this.cycles = new Cycles(waiting);
    }

    /** The open tasks that no block names. */
    List<Candidate> others() {
        return others;
    }

    /** The standing of each open task that a block names, after those of all that wait for it. */
    List<Standing> standings(Instant now) {
        List<List<Id>> blockedBy = blockedBy();
        Standing[] standings = new Standing[named.size()];
        List<Standing> ordered = new ArrayList<>(standings.length);
        for (int place : cycles.order()) {
            List<Standing> blocks = new ArrayList<>();
            for (int blocked : waiting[place]) {
                if (!cycles.together(place, blocked)) {
                    blocks.add(standings[blocked]);
                }
            }
            standings[place] = new Standing(named.get(place), now, cycles.contains(place), blocks, blockedBy.get(place));
            ordered.add(standings[place]);
        }
        return ordered;
    }

    /** With those of a cycle, and of a task with itself: both are left out where it is known what is together. */
    private int[][] waiting(Map<Id, Integer> places, Collection<Blocks> blocks) {
        List<List<Integer>> waiting = new ArrayList<>();
        named.forEach(task -> waiting.add(new ArrayList<>()));
        for (Blocks each : blocks) {
            int blocker = places.get(each.blocker());
            int blocked = places.get(each.blocked());
            if (blocker != NOT_OPEN && blocked != NOT_OPEN) {
                waiting.get(blocker).add(blocked);
            }
        }
        return waiting.stream().map(each -> each.stream().mapToInt(place -> place).distinct().toArray()).toArray(int[][]::new);
    }

    private List<List<Id>> blockedBy() {
        List<List<Id>> blockedBy = new ArrayList<>();
        named.forEach(task -> blockedBy.add(new ArrayList<>()));
        for (int place = 0; place < waiting.length; place++) {
            for (int blocked : waiting[place]) {
                if (!cycles.together(place, blocked)) {
                    blockedBy.get(blocked).add(named.get(place).id());
                }
            }
        }
        blockedBy.forEach(ids -> ids.sort(Comparator.naturalOrder()));
        return blockedBy;
    }
}
