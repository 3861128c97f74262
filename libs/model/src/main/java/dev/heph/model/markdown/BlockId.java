package dev.heph.model.markdown;

import java.util.Optional;

/**
 * {@code ^id} at the end of a line: letters, digits and hyphens, after white space or at the line's start.
 *
 * @param alone whether nothing else is in the line
 */
record BlockId(String id, boolean alone) {
    /** That of the line from {@code start} to {@code end}; looks no further back than the id is long. */
    static Optional<BlockId> in(String body, int start, int end) {
        int last = end;
        while (last > start && isBlank(body.charAt(last - 1))) {
            last--;
        }
        int first = last;
        while (first > start && isOfId(body.charAt(first - 1))) {
            first--;
        }
        int caret = first - 1;
        if (first == last || caret < start || body.charAt(caret) != '^' || caret > start && !isBlank(body.charAt(caret - 1))) {
            return Optional.empty();
        }
        return Optional.of(new BlockId(body.substring(first, last), caret == start));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isOfId(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
    }
}
