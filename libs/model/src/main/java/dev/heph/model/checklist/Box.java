package dev.heph.model.checklist;

import dev.heph.model.text.CharId;

/**
 * A checkbox of a text.
 *
 * @param character the one between its brackets: what it is known by, whatever becomes of its line
 * @param mark as it is shown: one character
 * @param text the rest of its line
 */
public record Box(CharId character, String mark, String text) {
    /** What a ticked one and an empty one are marked with. */
    public static final String TICKED = "x";

    public static final String EMPTY = Masked.EMPTY;

    public boolean done() {
        return isDone(mark);
    }

    public static boolean isDone(String mark) {
        return mark.equalsIgnoreCase(TICKED);
    }
}
