package dev.heph.gateway.vault;

import dev.heph.gateway.intake.Skipped;
import dev.heph.gateway.vault.Folder.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which files of a vault came in once and are in its folder no more. */
final class Gone {
    private Gone() {}

    /**
     * Each once, by path. What cannot be read is there all the same, and so is everything in a folder that cannot be.
     *
     * @param known the vault's files
     * @param elsewhere ids of notes that have another file in this folder
     */
    static List<Known> of(Folder folder, List<Known> known, Set<String> elsewhere) {
        Set<String> there = new HashSet<>();
        folder.notes().stream().map(Entry::path).forEach(there::add);
        folder.skipped().stream().map(Skipped::path).forEach(there::add);
        Set<String> paths = new HashSet<>();
        return known.stream()
                .filter(file -> !there.contains(file.path()) && !elsewhere.contains(file.id()))
                .filter(file -> folder.skipped().stream().noneMatch(skipped -> within(file.path(), skipped.path())))
                .filter(file -> paths.add(file.path()))
                .toList();
    }

    private static boolean within(String path, String folder) {
        return folder.isEmpty() || path.startsWith(folder + "/");
    }
}
