package dev.heph.gateway.vault;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files that came in earlier and are not at their paths any more.
 *
 * @param moves the former path of each that has another one now, by that
 * @param gone the paths of the others
 * @param prune whether their notes are to be deleted
 */
record Departed(Map<String, String> moves, List<String> gone, boolean prune) {

    /** @param gone all that are not at their paths, by these */
    static Departed of(Map<String, String> moves, List<Known> gone, boolean prune) {
        Set<String> moved = Set.copyOf(moves.values());
        return new Departed(moves, gone.stream().map(Known::path).filter(path -> !moved.contains(path)).toList(), prune);
    }

    /** Those whose notes are deleted. */
    List<String> pruned() {
        return prune ? gone : List.of();
    }
}
