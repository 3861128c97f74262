package dev.heph.model.markdown;

/**
 * @param level 1 to 6
 * @param text  the heading as written, without its number signs or underline
 * @param start offset of the number sign, or of the text over an underline
 * @param end   offset after the heading's last line, without the line's end
 */
public record Heading(int level, String text, int start, int end) {}
