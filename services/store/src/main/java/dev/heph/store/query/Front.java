package dev.heph.store.query;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.rank.Candidate;
import dev.heph.model.rank.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The few of all open tasks that can be rows of what is next: what blocks or is blocked, every red one, and as many of the others as
 * are asked for. One look at each task, without an object made for it: there may be a hundred thousand.
 *
 * @param soonest the put off task whose do-date comes first
 * @param until when the next date comes; before that nothing but a commit changes any of this
 */
record Front(List<Candidate> tasks, Counts counts, int unsorted, Optional<Candidate> soonest, Instant until) {

    /**
     * An open task, its times in epoch ms.
     *
     * @param unsorted it was captured, and nobody has said since what it belongs to or when it is to be done
     */
    record Open(Candidate task, boolean unsorted, long doFrom, long lateFrom, long created) {
        static final long ALWAYS = Long.MIN_VALUE;
        static final long NEVER = Long.MAX_VALUE;

        static Open of(Candidate task, boolean unsorted) {
            return new Open(task, unsorted, task.doFrom().map(Instant::toEpochMilli).orElse(ALWAYS),
                    task.lateFrom().map(Instant::toEpochMilli).orElse(NEVER), task.created().toEpochMilli());
        }
    }

    /**
     * @param tangled what blocks or is blocked
     * @param limit how many rows are asked for
     */
    static Front of(Collection<Open> open, Set<Id> tangled, Instant at, int limit) {
        long now = at.toEpochMilli();
        List<Candidate> tasks = new ArrayList<>();
        PriorityQueue<Open> first = new PriorityQueue<>(order(now).reversed());
        int[] attentions = new int[Attention.values().length];
        int late = 0;
        int unsorted = 0;
        Open soonest = null;
        long until = Open.NEVER;
        for (Open one : open) {
            Attention attention = one.task().attention();
            attentions[attention.ordinal()]++;
            boolean isLate = one.lateFrom() <= now;
            boolean isFuture = one.doFrom() > now;
            late += isLate ? 1 : 0;
            unsorted += one.unsorted() ? 1 : 0;
            if (isFuture && one.doFrom() < until) {
                until = one.doFrom();
            }
            if (!isLate && one.lateFrom() < until) {
                until = one.lateFrom();
            }
            if (isFuture && attention != Attention.BLUE && (soonest == null || one.doFrom() < soonest.doFrom())) {
                soonest = one;
            }
            if (!tangled.isEmpty() && tangled.contains(one.task().id())) {
                tasks.add(one.task());
            } else if (attention == Attention.BLUE || isFuture) {
                continue;
            } else if (attention == Attention.RED) {
                tasks.add(one.task());
            } else if (first.size() < limit) {
                first.add(one);
            } else if (limit > 0 && first.comparator().compare(one, first.element()) > 0) {
                first.remove();
                first.add(one);
            }
        }
        first.forEach(one -> tasks.add(one.task()));
        int red = attentions[Attention.RED.ordinal()];
        int orange = attentions[Attention.ORANGE.ordinal()];
        Counts counts = new Counts(late, red, orange, red + orange + attentions[Attention.WHITE.ordinal()], attentions[Attention.BLUE.ordinal()]);
        return new Front(tasks, counts, unsorted, Optional.ofNullable(soonest).map(Open::task),
                until == Open.NEVER ? Instant.MAX : Instant.ofEpochMilli(until));
    }

    /** Of those that are neither red nor blue: the order of docs/design/ranking.md. */
    private static Comparator<Open> order(long now) {
        return (a, b) -> {
            int compared = Boolean.compare(b.task().attention() == Attention.ORANGE, a.task().attention() == Attention.ORANGE);
            if (compared == 0) {
                compared = Boolean.compare(b.lateFrom() <= now, a.lateFrom() <= now);
            }
            if (compared == 0) {
                // An undated one may always be done, and comes after what has a date.
                compared = Long.compare(a.doFrom() == Open.ALWAYS ? Open.NEVER : a.doFrom(), b.doFrom() == Open.ALWAYS ? Open.NEVER : b.doFrom());
            }
            if (compared == 0) {
                compared = Long.compare(a.created(), b.created());
            }
            return compared == 0 ? a.task().id().compareTo(b.task().id()) : compared;
        };
    }
}
