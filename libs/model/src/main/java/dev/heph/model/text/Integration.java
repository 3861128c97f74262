package dev.heph.model.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/**
 * Where a run goes that others may have written beside: YATA, with the rule exactly as Yjs 13 has it, so that every replica
 * finds the same order whatever arrives first, and runs typed at one place are not interleaved.
 * Source: Nicolaescu et al., "Near Real-Time Peer-to-Peer Shared Editing on Extensible Data Types" (GROUP 2016), and
 * {@code Item.integrate} of Yjs.
 */
final class Integration {
    private Integration() {}

    /**
     * The item behind which a new run belongs, or null for the front.
     *
     * @param left  the item that ends with the run's left neighbour, or null
     * @param right the item that begins with its right neighbour, or null
     */
    static Item place(Text text, Run run, long client, Item left, Item right) {
        Item place = left;
        Item other = text.sequence().after(left);
        if (other == right) {
            return place;
        }
        Set<Item> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Item> rivals = Collections.newSetFromMap(new IdentityHashMap<>());
        for (; other != null && other != right; other = other.next) {
            seen.add(other);
            rivals.add(other);
            if (Objects.equals(run.left(), other.left)) {
                if (other.author.client < client) {
                    // Written at the same place by a smaller client: it and what hangs on it come first.
                    place = other;
                    rivals.clear();
                } else if (Objects.equals(run.right(), other.right)) {
                    break;
                }
            } else if (other.left != null && seen.contains(text.item(other.left))) {
                if (!rivals.contains(text.item(other.left))) {
                    // It hangs on something that comes first, so it does too.
                    place = other;
                    rivals.clear();
                }
            } else {
                break;
            }
        }
        return place;
    }
}
