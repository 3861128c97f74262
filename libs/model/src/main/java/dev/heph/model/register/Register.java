package dev.heph.model.register;

import dev.heph.model.op.OpId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One scalar field: its tips, the writes that no other write has seen. Sequential edits leave one tip, races leave one a
 * branch. Merge is order-independent as long as a write arrives after those it has seen, which the log guarantees. The rule
 * is "registers" in docs/design/merge.md.
 *
 * @param tips ascending, so that the last is the value shown
 */
public record Register(List<Write> tips) {
    public static final Register EMPTY = new Register(List.of());

    public Register {
        tips = tips.stream().sorted().toList();
    }

    /** This register after {@code write}, whose author had seen {@code seen}. */
    public Register with(Write write, Collection<OpId> seen) {
        List<Write> next = new ArrayList<>(tips.size() + 1);
        for (Write tip : tips) {
            if (!seen.contains(tip.op()) && !tip.op().equals(write.op())) {
                next.add(tip);
            }
        }
        next.add(write);
        return new Register(next);
    }

    /** The value shown: the greatest tip. Empty when never written. */
    public Optional<Value> value() {
        return tips.isEmpty() ? Optional.empty() : Optional.of(tips.getLast().value());
    }

    /** What a write that replaces this register names as seen. */
    public List<OpId> seen() {
        return tips.stream().map(Write::op).sorted().toList();
    }

    /** Whether branches disagree: for a meaningful field this is a conflict for the user to settle. */
    public boolean contested() {
        boolean onlyInitial = tips.stream().allMatch(Write::initial);
        return tips.stream()
                        .filter(tip -> onlyInitial || !tip.initial())
                        .map(Write::value)
                        .distinct()
                        .count()
                > 1;
    }
}
