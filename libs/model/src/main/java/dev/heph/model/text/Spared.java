package dev.heph.model.text;

import dev.heph.model.op.OpId;
import java.util.List;

/**
 * Characters that two devices wrote alike, one of which took its own writing back: they stay for the other ("taking back" in
 * docs/design/merge.md).
 *
 * @param delete the op that took back
 * @param writer the op that wrote them too, of which the author of {@code delete} knew nothing
 */
public record Spared(OpId delete, OpId writer, DeleteRange range) {
    /** What of an edit that takes back is spared for somebody else's edit, of which its author knew nothing. */
    public static List<Spared> of(OpId delete, TextEdit takesBack, OpId writer, TextEdit wrote) {
        if (wrote.length() == 0) {
            return List.of();
        }
        DeleteRange written = new DeleteRange(wrote.client(), wrote.clock(), wrote.length());
        return takesBack.deletes().stream()
                .flatMap(range -> range.within(written).stream())
                .map(range -> new Spared(delete, writer, range))
                .toList();
    }
}
