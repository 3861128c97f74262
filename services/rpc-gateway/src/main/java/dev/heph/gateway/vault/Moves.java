package dev.heph.gateway.vault;

import dev.heph.gateway.vault.Folder.Entry;
import dev.heph.model.op.Bytes32;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Which new files are gone ones under another path: those that say the same as one that is gone, if there is only one such on either
 * side. Several that say the same, such as empty ones, are told apart by their names, as when their whole folder was moved.
 */
final class Moves {
    private final List<Known> gone;
    private final Map<String, String> from = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private record Fresh(String path, String hash, boolean blank) {}

    private Moves(List<Known> gone) {
        this.gone = gone;
    }

    /**
     * The former path of each file that was moved, by its path.
     *
     * @param fresh files that are not known by their path
     */
    static Map<String, String> of(List<Known> gone, List<Entry> fresh) {
        if (gone.isEmpty()) {
            return Map.of(); // and no file need be read for this
        }
        Set<String> hashes = gone.stream().map(Known::hash).collect(Collectors.toSet());
        List<Fresh> candidates = fresh.stream().flatMap(file -> read(file).stream()).filter(file -> hashes.contains(file.hash())).toList();
        Moves moves = new Moves(gone);
        moves.pair(candidates, (hash, path) -> hash + path.substring(path.lastIndexOf('/') + 1));
        // That two files say nothing does not make them one.
        moves.pair(candidates.stream().filter(file -> !file.blank()).toList(), (hash, path) -> hash);
        return moves.from;
    }

    /** Whether no file is at the path of a known one and says the same. */
    static boolean noneStayed(List<Known> known, List<Entry> files) {
        Map<String, String> hashes = known.stream().collect(Collectors.toMap(Known::path, Known::hash, (one, other) -> one));
        return files.stream().filter(file -> hashes.containsKey(file.path())).flatMap(file -> read(file).stream())
                .filter(file -> !file.blank()).noneMatch(file -> file.hash().equals(hashes.get(file.path())));
    }

    /** @param alike tells of a hash and a path by what files are found to be the same */
    private void pair(List<Fresh> fresh, BiFunction<String, String, String> alike) {
        Map<String, List<Known>> before = gone.stream().collect(Collectors.groupingBy(file -> alike.apply(file.hash(), file.path())));
        fresh.stream().collect(Collectors.groupingBy(file -> alike.apply(file.hash(), file.path()))).forEach((same, now) -> {
            List<Known> were = before.getOrDefault(same, List.of());
            boolean isOne = now.size() == 1 && were.size() == 1;
            if (isOne && !from.containsKey(now.getFirst().path()) && taken.add(were.getFirst().path())) {
                from.put(now.getFirst().path(), were.getFirst().path());
            }
        });
    }

    private static Optional<Fresh> read(Entry file) {
        try {
            String body = NoteText.read(file.file());
            return Optional.of(new Fresh(file.path(), Bytes32.sha256(body.getBytes(StandardCharsets.UTF_8)).toString(), body.isBlank()));
        } catch (NoteText.Unfit willBeNamed) {
            return Optional.empty();
        }
    }
}
