package dev.heph.model.merge;

import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.text.Spared;
import dev.heph.model.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** For whoever applies the edits of a text again: what stays of it though somebody took it back ("taking back" in docs/design/merge.md). */
public final class Sparing {
    private final Function<OpId, Version> past;
    private final List<Edit> takenBack = new ArrayList<>();
    private final List<Edit> written = new ArrayList<>();

    /** @param past all that the author of an op had seen before it */
    public Sparing(Function<OpId, Version> past) {
        this.past = past;
    }

    /** Tells of an edit that was just applied to the text. */
    public void applied(Text text, Edit edit) {
        List<Edit> others = edit.takesBack() ? written : takenBack;
        for (Edit other : others) {
            List<Spared> spared = Stream.concat(edit.spared(other).stream(), other.spared(edit).stream()).toList();
            if (!spared.isEmpty() && !saw(edit, other) && !saw(other, edit)) {
                spared.forEach(text::spare);
            }
        }
        (others == written ? takenBack : written).add(edit);
    }

    private boolean saw(Edit one, Edit other) {
        return one.seen(past.apply(one.op())).includes(other.op());
    }
}
