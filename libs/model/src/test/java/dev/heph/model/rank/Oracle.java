package dev.heph.model.rank;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of docs/design/ranking.md read word by word: slow, recursive, sharing nothing with {@link Board} but its records.
 */
final class Oracle {
    private static final List<Attention> DEMANDING = List.of(Attention.RED, Attention.ORANGE, Attention.WHITE, Attention.BLUE);

    private final Collection<Candidate> open;
    private final Collection<Blocks> blocks;
    private final Instant now;

    Oracle(Collection<Candidate> open, Collection<Blocks> blocks, Instant now) {
        this.open = open;
        this.blocks = blocks;
        this.now = now;
    }

    List<Row> next(int limit) {
        List<Row> rows = new ArrayList<>();
        for (Candidate task : open) {
            if (isWanted(task) && blockers(task).isEmpty()) {
                rows.add(row(task));
            }
        }
        rows.sort(Comparator.comparing(this::place));
        long reds = rows.stream().filter(row -> row.attention() == Attention.RED).count();
        return rows.stream().limit(Math.max(limit, reds)).toList();
    }

    /** The open tasks that it waits for itself, unless each waits for the other. */
    List<Candidate> blockers(Candidate task) {
        return open.stream().filter(other -> isEdge(other, task) && !isCycle(task, other))
                .sorted(Comparator.comparing(Candidate::id)).toList();
    }

    boolean isActionable(Candidate task) {
        return task.attention() != Attention.BLUE && (task.doFrom().isEmpty() || !now.isBefore(task.doFrom().get()));
    }

    /** Actionable, or in the way of a task that is wanted. */
    boolean isWanted(Candidate task) {
        return isActionable(task) || open.stream().anyMatch(other -> blockers(other).contains(task) && isWanted(other));
    }

    /** A text whose order is that of the rows. */
    String place(Row row) {
        Candidate task = row.task();
        return "%d %s %s %s %s".formatted(DEMANDING.indexOf(row.attention()), row.late() ? "a" : "b",
                task.doFrom().map(Instant::toString).orElse("undated"), task.created(), task.id());
    }

    private Row row(Candidate task) {
        Set<Candidate> waiting = new HashSet<>();
        collect(task, waiting);
        waiting.removeIf(other -> !isWanted(other));
        List<Row> own = waiting.stream().map(this::own).sorted(Comparator.comparing(this::place)).toList();
        Attention attention = task.attention();
        boolean late = isLate(task);
        for (Row row : own) {
            attention = DEMANDING.get(Math.min(DEMANDING.indexOf(attention), DEMANDING.indexOf(row.attention())));
            late |= row.late();
        }
        boolean inCycle = open.stream().anyMatch(other -> isCycle(task, other));
        return new Row(task, attention, late, isLate(task), own.stream().map(row -> row.task().id()).toList(), inCycle);
    }

    /** The row that it would be if nothing waited for it. */
    private Row own(Candidate task) {
        return new Row(task, task.attention(), isLate(task), isLate(task), List.of(), false);
    }

    private boolean isLate(Candidate task) {
        return task.lateFrom().isPresent() && !now.isBefore(task.lateFrom().get());
    }

    private void collect(Candidate task, Set<Candidate> behind) {
        for (Candidate other : open) {
            if (blockers(other).contains(task) && behind.add(other)) {
                collect(other, behind);
            }
        }
    }

    private boolean isCycle(Candidate one, Candidate other) {
        return !one.equals(other) && leads(one, other, new HashSet<>()) && leads(other, one, new HashSet<>());
    }

    private boolean leads(Candidate from, Candidate to, Set<Id> met) {
        return isEdge(from, to)
                || open.stream().anyMatch(via -> isEdge(from, via) && met.add(via.id()) && leads(via, to, met));
    }

    private boolean isEdge(Candidate from, Candidate to) {
        return !from.equals(to) && blocks.contains(new Blocks(from.id(), to.id()));
    }
}
