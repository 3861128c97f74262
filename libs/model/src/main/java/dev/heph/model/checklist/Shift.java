package dev.heph.model.checklist;

import dev.heph.model.text.Splice;
import java.util.List;

/** Where the characters that stay stand before and after a change. */
final class Shift {
    static final int GONE = -1;
    static final int NEW = -1;

    private final List<Splice> changes;

    Shift(List<Splice> changes) {
        this.changes = changes;
    }

    int after(int before) {
        int shift = 0;
        for (Splice change : changes) {
            if (change.position() > before) {
                break;
            }
            if (before < change.position() + change.deleted()) {
                return GONE;
            }
            shift += change.inserted().length() - change.deleted();
        }
        return before + shift;
    }

    int before(int after) {
        int shift = 0;
        for (Splice change : changes) {
            int start = change.position() + shift;
            if (start > after) {
                break;
            }
            if (after < start + change.inserted().length()) {
                return NEW;
            }
            shift += change.inserted().length() - change.deleted();
        }
        return after - shift;
    }
}
