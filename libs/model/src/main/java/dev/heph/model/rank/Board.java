package dev.heph.model.rank;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All committed, outstanding tasks at one moment: which are offered, in which order, and why the others are not. The rules
 * are in docs/design/ranking.md. The order of what is passed in has no influence.
 */
public final class Board {
    private static final Comparator<Standing> SOONEST = Comparator
            .comparing((Standing standing) -> standing.task().doFrom().orElseThrow())
            .thenComparing(Reason.ORDER);

    private final List<Standing> offered = new ArrayList<>();
    private final List<Standing> notOffered = new ArrayList<>();

    /** Those that block or are blocked, each after all that wait for it. */
    private final List<Standing> entangled;
    private final Counts counts;

    /** What was said last: a screen asks again and again for the same. */
    private volatile Answer answered;

    private record Answer(int limit, List<Row> rows) {}

    private Board(List<Standing> standings, List<Standing> entangled, Counts counts) {
        for (Standing standing : standings) {
            (standing.isOffered() ? offered : notOffered).add(standing);
        }
        this.entangled = entangled;
        this.counts = counts;
    }

    /**
     * Takes time in proportion to the number of tasks and blocks.
     *
     * @param open the committed, outstanding tasks, each once
     * @param blocks who waits for whom; those with an end that is not open are passed over
     */
    public static Board of(Collection<Candidate> open, Collection<Blocks> blocks, Instant now) {
        Inheritance inheritance = new Inheritance(open, blocks);
        List<Standing> entangled = inheritance.standings(now);
        List<Standing> standings = new ArrayList<>(open.size());
        standings.addAll(entangled);
        inheritance.others().forEach(task -> standings.add(Standing.alone(task, now)));
        return new Board(standings, entangled, Counts.of(standings));
    }

    /**
     * The part of the board that is about some tasks: these, and what is offered because one of them waits for it. Every
     * row is as it is on the whole board; the counts are of these tasks alone.
     */
    public Board within(Predicate<Id> scope) {
        Set<Standing> opening = new HashSet<>();
        for (Standing standing : entangled) {
            if (standing.isWanted()
                    && (scope.test(standing.task().id()) || standing.blocks().stream().anyMatch(opening::contains))) {
                opening.add(standing);
            }
        }
        List<Standing> inside = Stream.concat(offered.stream(), notOffered.stream())
                .filter(standing -> scope.test(standing.task().id()))
                .toList();
        List<Standing> shown = new ArrayList<>(inside);
        offered.stream()
                .filter(standing -> opening.contains(standing) && !scope.test(standing.task().id()))
                .forEach(shown::add);
        return new Board(shown, entangled, Counts.of(inside));
    }

    /** The tasks to do, the first first: at most {@code limit}, but every red one. */
    public List<Row> next(int limit) {
        Answer answer = answered;
        if (answer == null || answer.limit() != limit) {
            answer = new Answer(limit, first(offered, size(limit)).stream().map(Standing::row).toList());
            answered = answer;
        }
        return answer.rows();
    }

    /** How many rows there would be without a limit. */
    public int offered() {
        return offered.size();
    }

    /** All that {@link #next} with this limit leaves out: what is beyond it, then what is blocked, put off, on deck. */
    public List<Hidden> hidden(int limit) {
        List<Hidden> hidden = new ArrayList<>();
        int size = size(limit);
        List<Standing> ranked = offered.stream().sorted(Reason.ORDER).toList();
        for (int at = size; at < ranked.size(); at++) {
            hidden.add(new Hidden.BeyondLimit(ranked.get(at).task(), at + 1));
        }
        notOffered.stream().filter(Standing::isWanted).sorted(Reason.ORDER)
                .forEach(standing -> hidden.add(new Hidden.Blocked(standing.task(), standing.blockedBy())));
        future().sorted(SOONEST)
                .forEach(standing -> hidden.add(new Hidden.Future(standing.task(), standing.task().doFrom().orElseThrow())));
        notOffered.stream().filter(standing -> !standing.isWanted() && isBlue(standing)).sorted(Reason.ORDER)
                .forEach(standing -> hidden.add(new Hidden.Blue(standing.task())));
        return hidden;
    }

    /** The put off task whose do-date comes first, to be named when nothing is offered. */
    public Optional<Candidate> nextUp() {
        return future().min(SOONEST).map(Standing::task);
    }

    public Counts counts() {
        return counts;
    }

    /** How many rows there are; no more than are offered. */
    private int size(int limit) {
        int reds = 0;
        for (Standing standing : offered) {
            reds += standing.attention() == Attention.RED ? 1 : 0;
        }
        return Math.min(offered.size(), Math.max(limit, reds));
    }

    private Stream<Standing> future() {
        return notOffered.stream().filter(standing -> !standing.isWanted() && !isBlue(standing));
    }

    private static boolean isBlue(Standing standing) {
        return standing.task().attention() == Attention.BLUE;
    }

    /** The first in order, without sorting the others. */
    private static List<Standing> first(List<Standing> standings, int size) {
        if (size >= standings.size()) {
            return standings.stream().sorted(Reason.ORDER).toList();
        }
        PriorityQueue<Standing> kept = new PriorityQueue<>(Reason.ORDER.reversed());
        for (Standing standing : standings) {
            if (kept.size() < size) {
                kept.add(standing);
            } else if (size > 0 && Reason.ORDER.compare(standing, kept.element()) < 0) {
                kept.remove();
                kept.add(standing);
            }
        }
        return kept.stream().sorted(Reason.ORDER).toList();
    }
}
