package dev.heph.store.query;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import dev.heph.model.rank.Candidate;
import dev.heph.model.rank.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Open tasks in columns, so that a look at each of a hundred thousand takes a millisecond: the numbers that decide lie side by side,
 * and the tasks themselves, scattered over the memory, are seldom looked at.
 */
final class OpenColumns {
    private static final long ALWAYS = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;
    private static final Attention[] ATTENTIONS = Attention.values();

    private final Map<Id, Integer> rows = new HashMap<>();
    private int size;
    private Candidate[] tasks = new Candidate[64];
    private byte[] attention = new byte[64];
    private long[] doFrom = new long[64];
    private long[] lateFrom = new long[64];
    private boolean[] unsorted = new boolean[64];
    private boolean[] tangled = new boolean[64];
    private long[] changesAt = new long[64];
    private Set<Id> tangledIds = Set.of();

    /**
     * An open task.
     *
     * @param unsorted it was captured, and nobody has said since what it belongs to or when it is to be done
     * @param changesAt when it is to be read again, because it repeats
     */
    record Open(Candidate task, boolean unsorted, Optional<Instant> changesAt) {}

    /**
     * What there is at one moment.
     *
     * @param first what blocks or is blocked, which may stand in the way of others or have others stand for it, every red task, and of
     *     those that wait for their turn alone as many as are asked for
     * @param others how many more wait for their turn alone
     * @param soonest the put off task whose do-date comes first
     * @param until when the next date comes; before that none of this changes by itself
     */
    record Front(List<Candidate> first, int others, Counts counts, int unsorted, Optional<Candidate> soonest, Instant until) {}

    void clear() {
        rows.clear();
        Arrays.fill(tasks, null);
        size = 0;
    }

    List<Candidate> tasks() {
        return Arrays.asList(tasks).subList(0, size);
    }

    /** Says what blocks or is blocked. */
    void tangle(Set<Id> ids) {
        tangledIds.forEach(id -> mark(id, false));
        ids.forEach(id -> mark(id, true));
        tangledIds = Set.copyOf(ids);
    }

    private void mark(Id id, boolean isTangled) {
        Integer row = rows.get(id);
        if (row != null) {
            tangled[row] = isTangled;
        }
    }

    void put(Open open) {
        int row = rows.computeIfAbsent(open.task().id(), id -> size++);
        if (row == tasks.length) {
            grow();
        }
        tasks[row] = open.task();
        attention[row] = (byte) open.task().attention().ordinal();
        doFrom[row] = open.task().doFrom().map(Instant::toEpochMilli).orElse(ALWAYS);
        lateFrom[row] = open.task().lateFrom().map(Instant::toEpochMilli).orElse(NEVER);
        unsorted[row] = open.unsorted();
        tangled[row] = tangledIds.contains(open.task().id());
        changesAt[row] = open.changesAt().map(Instant::toEpochMilli).orElse(NEVER);
    }

    void remove(Id id) {
        Integer row = rows.remove(id);
        if (row == null) {
            return;
        }
        size--;
        if (row < size) {
            tasks[row] = tasks[size];
            attention[row] = attention[size];
            doFrom[row] = doFrom[size];
            lateFrom[row] = lateFrom[size];
            unsorted[row] = unsorted[size];
            tangled[row] = tangled[size];
            changesAt[row] = changesAt[size];
            rows.put(tasks[row].id(), row);
        }
        tasks[size] = null;
    }

    private void grow() {
        int length = 2 * tasks.length;
        tasks = Arrays.copyOf(tasks, length);
        attention = Arrays.copyOf(attention, length);
        doFrom = Arrays.copyOf(doFrom, length);
        lateFrom = Arrays.copyOf(lateFrom, length);
        unsorted = Arrays.copyOf(unsorted, length);
        tangled = Arrays.copyOf(tangled, length);
        changesAt = Arrays.copyOf(changesAt, length);
    }

    /** Those that repeat and have come to their next date since they were read. */
    List<Id> changedBy(Instant at) {
        long now = at.toEpochMilli();
        List<Id> changed = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            if (changesAt[row] <= now) {
                changed.add(tasks[row].id());
            }
        }
        return changed;
    }

    /** @param limit how many rows are asked for */
    Front front(Instant at, int limit) {
        long now = at.toEpochMilli();
        List<Candidate> first = new ArrayList<>();
        PriorityQueue<Integer> kept = new PriorityQueue<>(order(now).reversed());
        int[] attentions = new int[ATTENTIONS.length];
        int alone = 0;
        int late = 0;
        int inbox = 0;
        int soonest = -1;
        long until = NEVER;
        for (int row = 0; row < size; row++) {
            byte mark = attention[row];
            long from = doFrom[row];
            attentions[mark]++;
            until = Math.min(until, changesAt[row]);
            inbox += unsorted[row] ? 1 : 0;
            if (lateFrom[row] <= now) {
                late++;
            } else {
                until = Math.min(until, lateFrom[row]);
            }
            if (from > now) {
                until = Math.min(until, from);
                if (mark != BLUE && (soonest < 0 || from < doFrom[soonest])) {
                    soonest = row;
                }
            }
            if (tangled[row] || mark == RED && from <= now) {
                first.add(tasks[row]);
            } else if (from <= now && mark != BLUE) {
                alone++;
                if (kept.size() < limit) {
                    kept.add(row);
                } else if (limit > 0 && compare(row, kept.element(), now) < 0) {
                    kept.remove();
                    kept.add(row);
                }
            }
        }
        kept.forEach(row -> first.add(tasks[row]));
        int active = attentions[RED] + attentions[ORANGE] + attentions[Attention.WHITE.ordinal()];
        Counts counts = new Counts(late, attentions[RED], attentions[ORANGE], active, attentions[BLUE]);
        return new Front(first, alone - kept.size(), counts, inbox, soonest < 0 ? Optional.empty() : Optional.of(tasks[soonest]),
                until == NEVER ? Instant.MAX : Instant.ofEpochMilli(until));
    }

    private static final int RED = Attention.RED.ordinal();
    private static final int BLUE = Attention.BLUE.ordinal();
    private static final int ORANGE = Attention.ORANGE.ordinal();

    private Comparator<Integer> order(long now) {
        return (a, b) -> compare(a, b, now);
    }

    /** Of two that are neither red nor blue: the order of docs/design/ranking.md. */
    private int compare(int a, int b, long now) {
        int compared = Boolean.compare(attention[b] == ORANGE, attention[a] == ORANGE);
        if (compared == 0) {
            compared = Boolean.compare(lateFrom[b] <= now, lateFrom[a] <= now);
        }
        if (compared == 0) {
            // What has no date comes after what has one.
            compared = Long.compare(doFrom[a] == ALWAYS ? NEVER : doFrom[a], doFrom[b] == ALWAYS ? NEVER : doFrom[b]);
        }
        if (compared == 0) {
            compared = tasks[a].created().compareTo(tasks[b].created());
        }
        return compared == 0 ? tasks[a].id().compareTo(tasks[b].id()) : compared;
    }
}
