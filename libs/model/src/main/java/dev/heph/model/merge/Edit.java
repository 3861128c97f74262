package dev.heph.model.merge;

import dev.heph.model.id.Id;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.text.Spared;
import dev.heph.model.text.TextEdit;
import java.util.List;
import java.util.Optional;

/**
 * An edit of a text that took effect.
 *
 * @param action what the user did, of which it is a part: parts of one action never race
 * @param base the version it says that it was made from
 */
public record Edit(OpId op, Id action, TextEdit edit, Optional<Version> base) {
    public static Edit of(OpId op, Id action, Op.TextChange change) {
        return new Edit(op, action, change.edit(), change.base());
    }

    /** From which version it was made, all that its author had seen being {@code past}. A base that its author cannot have had is none. */
    Version seen(Version past) {
        return base.filter(past::includes).orElse(past);
    }

    /** Whether it takes back what an edit before did. */
    public boolean takesBack() {
        return edit.takesBack(op.device());
    }

    /** What stays for somebody else, of whose edit this one's author knew nothing, if this one takes back ("taking back"). */
    List<Spared> spared(Edit other) {
        return takesBack() ? Spared.of(op, edit, other.op, other.edit) : List.of();
    }
}
