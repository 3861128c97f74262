package dev.heph.model.text;

/**
 * Characters written together at one place. The place is named by its neighbours at the time of writing, visible or deleted;
 * the second character of the run has the first as its left neighbour, and so on.
 *
 * @param left  the character to the left, or null at the start of the text
 * @param right the character to the right, or null at the end of the text
 * @param text  what was written, not empty, without lone surrogates and NUL
 */
public record Run(CharId left, CharId right, String text) {
    public Run {
        Characters.require(text);
        if (text.isEmpty()) {
            throw new TextException("a run writes at least one character");
        }
    }

    /** In code points: the clocks it uses. */
    public int length() {
        return text.codePointCount(0, text.length());
    }
}
