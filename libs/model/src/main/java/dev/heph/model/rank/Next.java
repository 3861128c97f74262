package dev.heph.model.rank;

import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** "What is next?" ("next" in docs/design/ranking.md): a total order, so that every device shows the same list. */
public final class Next {
    private Next() {}

    /**
     * The tasks to offer, the first first: at most {@code limit}, but every red one.
     *
     * @param candidates committed, outstanding tasks in any order
     */
    public static List<Candidate> of(List<Candidate> candidates, Instant now, int limit) {
        List<Candidate> ranked = candidates.stream()
                .filter(candidate -> candidate.isActionable(now))
                .sorted(order(now))
                .toList();
        long reds = ranked.stream().filter(candidate -> candidate.attention() == Attention.RED).count();
        return ranked.subList(0, (int) Math.min(ranked.size(), Math.max(limit, reds)));
    }

    /**
     * Red, orange, white; among these what is late; then the earliest do-date, undated after dated; then the older one; a last
     * tie is broken by the id.
     */
    static Comparator<Candidate> order(Instant now) {
        return Comparator.<Candidate>comparingInt(candidate -> weight(candidate.attention()))
                .thenComparing(candidate -> !candidate.isLate(now))
                .thenComparing(candidate -> candidate.doFrom().orElse(Instant.MAX))
                .thenComparing(Candidate::created)
                .thenComparing(Candidate::id);
    }

    private static int weight(Attention attention) {
        return switch (attention) {
            case RED -> 0;
            case ORANGE -> 1;
            case WHITE -> 2;
            case BLUE -> 3;
        };
    }
}
