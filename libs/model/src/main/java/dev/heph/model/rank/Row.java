package dev.heph.model.rank;

import dev.heph.model.id.Id;
import dev.heph.model.node.Attention;
import java.util.List;

/**
 * A task that is offered.
 *
 * @param attention the most demanding of its own and those of {@code unblocks}
 * @param late whether it or one of {@code unblocks} is late
 * @param ownLate whether its own late-on has passed
 * @param unblocks what waits for it, directly or behind others, and hands its attention on; the one that asks for the most by
 *     itself first
 * @param inCycle whether it waits for itself by way of others; such tasks do not hold each other up
 */
public record Row(Candidate task, Attention attention, boolean late, boolean ownLate, List<Id> unblocks, boolean inCycle)
        implements Ranked {
    public Row {
        unblocks = List.copyOf(unblocks);
    }
}
