package dev.heph.model.markdown;

import java.util.Arrays;

/**
 * The opening brackets of a passage that still wait for their closing one (CommonMark §6.3: links hold no links,
 * images may).
 */
final class Brackets {
    static final int NONE = -1;

    private int[] opened = new int[8];
    private boolean[] image = new boolean[8];
    private int size;
    /** Brackets below this index stand around a link and can open none themselves. */
    private int barred;
    private int lastOpened = NONE;
    private boolean lastWasImage;

    void open(int at, boolean ofImage) {
        if (size == opened.length) {
            opened = Arrays.copyOf(opened, 2 * size);
            image = Arrays.copyOf(image, 2 * size);
        }
        opened[size] = at;
        image[size] = ofImage;
        size++;
        lastOpened = at;
    }

    /** Takes the innermost bracket: its offset, or {@link #NONE} when there is none that may open a link. */
    int close() {
        if (size == 0) {
            return NONE;
        }
        size--;
        boolean may = image[size] || size >= barred;
        barred = Math.min(barred, size);
        lastWasImage = image[size];
        return may ? opened[size] : NONE;
    }

    /** Whether brackets were opened inside those that opened at {@code open}. */
    boolean nestedIn(int open) {
        return lastOpened > open;
    }

    /** Whether the bracket taken last stands after an exclamation mark. */
    boolean ofImage() {
        return lastWasImage;
    }

    /** The bracket taken last has become a link. */
    void linked() {
        if (!lastWasImage) {
            barred = size;
        }
    }
}
