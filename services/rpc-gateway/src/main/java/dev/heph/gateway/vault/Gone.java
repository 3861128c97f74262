package dev.heph.gateway.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.gateway.intake.Skipped;
import dev.heph.gateway.vault.Folder.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which files of a vault came in once and are in its folder no more. */
final class Gone {
    private Gone() {}

    /**
     * What cannot be read is there all the same, and so is everything in a folder that cannot be.
     *
     * @param sources where notes came from, of this vault and others
     */
    static List<String> of(Folder folder, String vault, List<JsonNode> sources) {
        Set<String> there = new HashSet<>();
        folder.notes().stream().map(Entry::path).forEach(there::add);
        folder.skipped().stream().map(Skipped::path).forEach(there::add);
        return sources.stream()
                .filter(source -> source.path("vault").asText().equals(vault))
                .map(source -> source.path("path").asText())
                .filter(path -> !there.contains(path) && folder.skipped().stream().noneMatch(skipped -> within(path, skipped.path())))
                .sorted()
                .toList();
    }

    private static boolean within(String path, String folder) {
        return folder.isEmpty() || path.startsWith(folder + "/");
    }
}
