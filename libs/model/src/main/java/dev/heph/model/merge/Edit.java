package dev.heph.model.merge;

import dev.heph.model.id.Id;
import dev.heph.model.op.OpId;
import dev.heph.model.text.Spared;
import dev.heph.model.text.TextEdit;
import java.util.List;

/**
 * An edit of a text that took effect.
 *
 * @param action what the user did, of which it is a part: parts of one action never race
 */
public record Edit(OpId op, Id action, TextEdit edit) {
    /** What stays for somebody else, of whose edit this one's author knew nothing, if this one takes back ("taking back"). */
    List<Spared> spared(Edit other) {
        return edit.takesBack(op.device()) ? Spared.of(op, edit, other.op, other.edit) : List.of();
    }
}
