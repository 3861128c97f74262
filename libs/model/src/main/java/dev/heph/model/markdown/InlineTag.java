package dev.heph.model.markdown;

/**
 * A tag in the text.
 *
 * @param name  without the {@code #}, as written
 * @param start offset of the {@code #}
 * @param end   offset after its last character
 */
public record InlineTag(String name, int start, int end) {}
