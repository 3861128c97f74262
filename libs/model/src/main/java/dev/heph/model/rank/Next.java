package dev.heph.model.rank;

import java.time.Instant;
import java.util.List;

/** "What is next?" among tasks that do not wait for each other; {@link Board} is the whole of it. */
public final class Next {
    private Next() {}

    /**
     * The tasks to offer, the first first: at most {@code limit}, but every red one.
     *
     * @param candidates committed, outstanding tasks in any order
     */
    public static List<Candidate> of(List<Candidate> candidates, Instant now, int limit) {
        return Board.of(candidates, List.of(), now).next(limit).stream().map(Row::task).toList();
    }
}
