package dev.heph.store.view;

import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Space;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * To which node a reference leads ("link resolution" in docs/design/views.md): a note, journal, project or tag of that title,
 * then the context document of a task of that title, then an alias. A target with a path leads to the node of that path.
 * The same folder, then the same vault, then the older node, wins a tie.
 */
final class Resolution {
    private final Tx tx;
    private final Space space;

    Resolution(Tx tx, Space space) {
        this.tx = tx;
        this.space = space;
    }

    /** A node that has the name, and what decides between several. */
    record Candidate(Id id, int rank, String vault, String path, byte[] created) {
        boolean inVaultOf(Source source) {
            return path != null && vault.equals(source.vault().orElse(null));
        }

        boolean in(Source source) {
            return inVaultOf(source) && Source.folderOf(path).equals(source.folder());
        }

        boolean endsWith(String foldedPath) {
            if (path == null) {
                return false;
            }
            String own = NameFold.fold(Source.withoutExtension(path));
            return own.equals(foldedPath) || own.endsWith("/" + foldedPath);
        }

        boolean isAt(Source source, String foldedPath) {
            return inVaultOf(source)
                    && NameFold.fold(Source.withoutExtension(path)).equals(foldedPath);
        }
    }

    /** The nodes that have a name which a text may refer to. */
    List<Candidate> candidates(String folded) {
        return folded.isEmpty() ? List.of() : tx.all("SELECT n.id, m.rank, n.vault, n.path, n.created FROM names m"
                        + " JOIN nodes n ON n.space = m.space AND n.id = m.entity"
                        + " WHERE m.space = ? AND m.folded = ? AND m.rank <= ?",
                row -> new Candidate(Id.of(row.getBytes(1)), row.getInt(2), row.getString(3), row.getString(4), row.getBytes(5)),
                space.num(), folded, Names.ALIAS);
    }

    /** As {@link #meant}, the first of them. */
    static Optional<Id> choose(List<Candidate> candidates, Supplier<Source> source, String target, boolean relative) {
        return meant(candidates, source, target, relative).stream().findFirst();
    }

    /**
     * The one of the candidates that is meant, and behind it those that nothing but their age tells from it.
     *
     * @param source where the text comes from; asked for only when it matters
     * @param target as written, without heading or block
     * @param relative whether the target is a path relative to the text's own file
     */
    static List<Id> meant(List<Candidate> candidates, Supplier<Source> source, String target, boolean relative) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        if (relative && source.get().path().isPresent()) {
            return source.get().relative(target)
                    .map(path -> NameFold.fold(Source.withoutExtension(path)))
                    .map(path -> best(candidates, source.get(), candidate -> candidate.isAt(source.get(), path)))
                    .orElse(List.of());
        }
        if (target.indexOf('/') >= 0) {
            String path = NameFold.fold(Source.withoutExtension(target.startsWith("/") ? target.substring(1) : target));
            return best(candidates, source.get(), candidate -> candidate.endsWith(path));
        }
        return candidates.size() == 1
                ? List.of(candidates.getFirst().id())
                : best(candidates, source.get(), candidate -> true);
    }

    private static List<Id> best(List<Candidate> candidates, Source source, Predicate<Candidate> fits) {
        Comparator<Candidate> order = Comparator.comparingInt(Candidate::rank)
                .thenComparing(candidate -> !candidate.in(source))
                .thenComparing(candidate -> !candidate.inVaultOf(source));
        Comparator<Candidate> age = Comparator.comparing(Candidate::created, java.util.Arrays::compareUnsigned);
        List<Candidate> sorted = candidates.stream().filter(fits).sorted(order.thenComparing(age).thenComparing(Candidate::id)).toList();
        return sorted.stream().takeWhile(candidate -> order.compare(candidate, sorted.getFirst()) == 0).map(Candidate::id).toList();
    }
}
