package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * To which node a reference leads ("link resolution" in docs/design/views.md): a note, journal, project or tag of that title,
 * then the context document of a task of that title, then an alias. A target with a path leads to the node of that path.
 * The same folder, then the older node, wins a tie.
 */
final class Resolution {
    private final Tx tx;
    private final Space space;

    Resolution(Tx tx, Space space) {
        this.tx = tx;
        this.space = space;
    }

    private record Candidate(Id id, int rank, String vault, String path, byte[] created) {
        boolean in(Source source) {
            return path != null && vault.equals(source.vault().orElse(null))
                    && Source.folderOf(path).equals(source.folder());
        }

        boolean endsWith(String foldedPath) {
            if (path == null) {
                return false;
            }
            String own = NameFold.fold(Source.withoutExtension(path));
            return own.equals(foldedPath) || own.endsWith("/" + foldedPath);
        }

        boolean isAt(Source source, String foldedPath) {
            return path != null && vault.equals(source.vault().orElse(null))
                    && NameFold.fold(Source.withoutExtension(path)).equals(foldedPath);
        }
    }

    /**
     * @param target as written, without heading or block
     * @param folded the folded last segment of the target
     * @param relative whether the target is a path relative to the text's own file
     */
    Optional<Id> resolve(Source source, String target, String folded, boolean relative) {
        if (folded.isEmpty()) {
            return Optional.empty();
        }
        List<Candidate> candidates = tx.all("SELECT n.id, m.rank, n.vault, n.path, n.created FROM names m"
                        + " JOIN nodes n ON n.space = m.space AND n.id = m.entity"
                        + " WHERE m.space = ? AND m.folded = ? AND m.rank <= ?",
                row -> new Candidate(Id.of(row.getBytes(1)), row.getInt(2), row.getString(3), row.getString(4), row.getBytes(5)),
                space.num(), folded, Names.ALIAS);
        if (relative && source.path().isPresent()) {
            return source.relative(target)
                    .map(path -> NameFold.fold(Source.withoutExtension(path)))
                    .flatMap(path -> best(candidates, source, candidate -> candidate.isAt(source, path)));
        }
        if (target.indexOf('/') >= 0) {
            String path = NameFold.fold(Source.withoutExtension(target.startsWith("/") ? target.substring(1) : target));
            return best(candidates, source, candidate -> candidate.endsWith(path));
        }
        return best(candidates, source, candidate -> true);
    }

    private static Optional<Id> best(List<Candidate> candidates, Source source, Predicate<Candidate> fits) {
        Comparator<Candidate> order = Comparator.comparingInt(Candidate::rank)
                .thenComparing(candidate -> !candidate.in(source))
                .thenComparing(Candidate::created, java.util.Arrays::compareUnsigned)
                .thenComparing(Candidate::id);
        return candidates.stream().filter(fits).min(order).map(Candidate::id);
    }
}
