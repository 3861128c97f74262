package dev.heph.model.markdown;

/**
 * A paragraph, list item, heading, or the block before a line of its own, that carries {@code ^id} at its end.
 *
 * @param id    without the caret, as written
 * @param start offset of its first character, behind quote signs and indentation
 * @param end   offset after its last line, without the line's end
 */
public record Block(String id, int start, int end) {}
