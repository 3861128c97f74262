package dev.heph.model.conflict;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What stands against each other in a race of a text: what each side had before it knew of the others, and what they had in common.
 *
 * @param sides ascending by op
 * @param base what all sides had been made from
 * @param merged what became of all of them, and of nothing later
 */
public record Sides(List<Side> sides, Version base, Version merged) {
    /**
     * @param op the last op of this side, by which it is named
     * @param known the version from which that was made
     * @param own the ops of the same action
     */
    public record Side(OpId op, Version known, Set<OpId> own) {}

    /**
     * An op of a text's history.
     *
     * @param known the version from which its author made it
     * @param past the version that was there when it was written; more than {@code known} when that was an old one
     */
    public record Seen(OpId op, Id action, Version known, Version past) {}

    /** @param history all ops of the text, of one device in the order in which it wrote them */
    public static Sides of(List<Seen> history, Set<OpId> racing) {
        List<Seen> lasting = history.stream().filter(seen -> racing.contains(seen.op())).toList();
        List<Seen> ends = new ArrayList<>();
        for (Seen one : lasting) {
            if (lasting.stream().noneMatch(other -> other.known().includes(one.op()) || isOfOneAction(one, other) && later(other, one))) {
                Set<OpId> others = new HashSet<>(racing);
                others.removeIf(op -> one.known().includes(op) || op.equals(one.op()));
                lasting.stream().filter(other -> isOfOneAction(one, other)).map(Seen::op).forEach(others::remove);
                ends.add(continued(history, one, others));
            }
        }
        ends.sort(Comparator.comparing(Seen::op));
        Version merged = Version.EMPTY;
        for (Seen end : ends) {
            for (Map.Entry<DeviceId, Long> last : end.past().with(end.op()).seqs().entrySet()) {
                merged = merged.with(new OpId(last.getKey(), last.getValue()));
            }
        }
        return new Sides(ends.stream().map(end -> side(history, end)).toList(), common(ends), merged);
    }

    private static Side side(List<Seen> history, Seen end) {
        return new Side(end.op(), end.known(),
                history.stream().filter(seen -> isOfOneAction(seen, end)).map(Seen::op).collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isOfOneAction(Seen one, Seen other) {
        return one.action().equals(other.action());
    }

    private static boolean later(Seen one, Seen other) {
        return one.op().compareTo(other.op()) > 0;
    }

    /** What the same device wrote after it, as long as it knew nothing of the others, belongs to its side. */
    private static Seen continued(List<Seen> history, Seen from, Set<OpId> others) {
        Seen last = from;
        for (Seen next : history) {
            if (next.op().device().equals(from.op().device()) && later(next, last)) {
                if (others.stream().anyMatch(op -> next.known().includes(op) || next.op().equals(op))) {
                    break;
                }
                if (next.known().includes(last.op())) {
                    last = next;
                }
            }
        }
        return last;
    }

    private static Version common(List<Seen> ends) {
        SortedMap<DeviceId, Long> least = new TreeMap<>(ends.getFirst().known().seqs());
        for (Seen end : ends) {
            least.replaceAll((device, seq) -> Math.min(seq, end.known().seqs().getOrDefault(device, 0L)));
        }
        least.values().removeIf(seq -> seq == 0);
        return new Version(least);
    }
}
