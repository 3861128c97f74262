package dev.heph.model.rank;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where an open task stands, with what it took over from those that wait for it. Equal only to itself. */
final class Standing implements Ranked {
    private final Candidate task;
    private final Attention attention;
    private final boolean late;
    private final boolean ownLate;
    private final boolean wanted;
    private final boolean inCycle;
    private final List<Standing> blocks;
    private final List<Id> blockedBy;

    /**
     * @param blocks the tasks that wait for this one itself
     * @param blockedBy the tasks that this one itself waits for
     */
    Standing(Candidate task, Instant now, boolean inCycle, List<Standing> blocks, List<Id> blockedBy) {
        this.task = task;
        this.ownLate = task.isLate(now);
        Attention demanded = task.attention();
        boolean anyLate = ownLate;
        boolean anyWanted = task.isActionable(now);
        for (Standing waiting : blocks) {
            if (waiting.wanted) {
                demanded = Reason.mostDemanding(demanded, waiting.attention);
                anyLate |= waiting.late;
                anyWanted = true;
            }
        }
        this.attention = demanded;
        this.late = anyLate;
        this.wanted = anyWanted;
        this.inCycle = inCycle;
        this.blocks = blocks;
        this.blockedBy = blockedBy;
    }

    static Standing alone(Candidate task, Instant now) {
        return new Standing(task, now, false, List.of(), List.of());
    }

    @Override
    public Candidate task() {
        return task;
    }

    @Override
    public Attention attention() {
        return attention;
    }

    @Override
    public boolean late() {
        return late;
    }

    boolean ownLate() {
        return ownLate;
    }

    /** Whether it would be offered if it waited for nothing: it is actionable, or in the way of one that is wanted. */
    boolean isWanted() {
        return wanted;
    }

    boolean isOffered() {
        return wanted && blockedBy.isEmpty();
    }

    List<Standing> blocks() {
        return blocks;
    }

    List<Id> blockedBy() {
        return blockedBy;
    }

    Row row() {
        return new Row(task, attention, late, ownLate, unblocks(), inCycle);
    }

    private List<Id> unblocks() {
        Set<Standing> met = new HashSet<>();
        Deque<Standing> ahead = new ArrayDeque<>(blocks);
        List<Own> waiting = new ArrayList<>();
        while (!ahead.isEmpty()) {
            Standing next = ahead.pop();
            if (next.wanted && met.add(next)) {
                waiting.add(new Own(next.task, next.task.attention(), next.ownLate));
                ahead.addAll(next.blocks);
            }
        }
        return waiting.stream().sorted(Reason.ORDER).map(own -> own.task.id()).toList();
    }

    /** A task by its own attention and dates: of a chain, the one at its end is why it matters. */
    private record Own(Candidate task, Attention attention, boolean late) implements Ranked {}
}
