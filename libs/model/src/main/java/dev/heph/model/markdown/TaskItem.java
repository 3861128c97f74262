package dev.heph.model.markdown;

/**
 * A list item with a checkbox (GFM task list item; any mark is taken, not only a space and x).
 *
 * @param markAt offset of the mark, the character between the brackets: what identifies the item in the text
 * @param mark   that character, one code point
 * @param text   the rest of the item's first line, trimmed
 */
public record TaskItem(int markAt, String mark, String text) {
    public boolean done() {
        return mark.equals("x") || mark.equals("X");
    }
}
