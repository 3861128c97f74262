package dev.heph.gateway.vault;

import java.util.List;
import java.util.Map;

/**
 * Files that came in earlier and are not at their paths any more.
 *
 * @param moves the former path of each that may have another one now, by that
 * @param gone the paths of all
 * @param prune whether the notes of those that were not moved are to be deleted
 */
record Departed(Map<String, String> moves, List<String> gone, boolean prune) {

    static Departed of(Map<String, String> moves, List<Known> gone, boolean prune) {
        return new Departed(moves, gone.stream().map(Known::path).toList(), prune);
    }

    /** Those whose notes are deleted, unless they were moved: the store knows, when it has taken in all files. */
    List<String> pruned() {
        return prune ? gone : List.of();
    }
}
