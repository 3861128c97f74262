package dev.heph.model.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of a line that change as one: words, stretches of space, the line's end, and every other character for itself.
 * Scripts written without spaces go character by character. What belongs to a character stays with it: combining marks,
 * variation selectors, skin tones, and emoji that a joiner ties together.
 */
final class Words {
    private static final int JOINER = 0x200D;

    private enum Sort { WORD, SPACE, LINE_END, SINGLE }

    private Words() {}

    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int from = 0;
        Sort sort = null;
        int before = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            if (sort != null && !attached(c, before)) {
                Sort next = sort(c);
                if (next != sort || next == Sort.SINGLE) {
                    words.add(line.substring(from, i));
                    from = i;
                    sort = next;
                }
            } else if (sort == null) {
                sort = sort(c);
            }
            before = c;
            i += Character.charCount(c);
        }
        if (from < line.length()) {
            words.add(line.substring(from));
        }
        return words;
    }

    private static boolean attached(int c, int before) {
        int type = Character.getType(c);
        return before == JOINER || c == JOINER || Character.isEmojiModifier(c)
                || type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static Sort sort(int c) {
        if (c == '\n' || c == '\r') {
            return Sort.LINE_END;
        }
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            return Sort.SPACE;
        }
        return Character.isLetterOrDigit(c) && !spaceless(c) ? Sort.WORD : Sort.SINGLE;
    }

    private static boolean spaceless(int c) {
        return c > 0x0DFF && switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
