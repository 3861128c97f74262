package dev.heph.model.checklist;

import dev.heph.model.markdown.Extraction;
import dev.heph.model.markdown.TaskItem;
import java.util.List;

/**
 * A text whose checkboxes are all empty, one unit each: what two texts are compared by, for which of them is ticked is not a difference of
 * the text.
 */
final class Masked {
    static final String EMPTY = " ";

    private final String text;
    private final List<TaskItem> items;
    private final int[] at;

    private Masked(String text, List<TaskItem> items, int[] at) {
        this.text = text;
        this.items = items;
        this.at = at;
    }

    static Masked of(String original) {
        List<TaskItem> items = Extraction.of(original).items();
        int[] at = new int[items.size()];
        int shorter = 0;
        for (int item = 0; item < at.length; item++) {
            at[item] = items.get(item).markAt() - shorter;
            shorter += items.get(item).mark().length() - EMPTY.length();
        }
        return new Masked(Checklist.marked(original, items, item -> EMPTY), items, at);
    }

    String text() {
        return text;
    }

    List<TaskItem> items() {
        return items;
    }

    /** Where the mark of an item stands in {@link #text}. */
    int at(int item) {
        return at[item];
    }

    /** Whether a mark stands at this offset. */
    boolean isMark(int offset) {
        return java.util.Arrays.binarySearch(at, offset) >= 0;
    }

    /** The offset in the original of an offset in {@link #text}. */
    int original(int offset) {
        int found = java.util.Arrays.binarySearch(at, offset);
        int before = found >= 0 ? found : -found - 1;
        return before == 0 ? offset : offset - at[before - 1] - 1 + items.get(before - 1).markAt() + items.get(before - 1).mark().length();
    }
}
