package dev.heph.model.markdown;

/**
 * Inline tags: {@code #word}, {@code #nested/word}, after white space or at the start of a line, never only a number.
 */
final class Tags {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int KATAKANA_MIDDLE_DOT = 0x30FB;

    private Tags() {}

    /** The offset after the tag whose number sign stands at {@code at}; {@code at} itself when it is none. */
    static int end(String text, int at) {
        if (at > 0 && !Character.isWhitespace(text.charAt(at - 1)) && text.charAt(at - 1) != '\u00A0') {
            return at;
        }
        int end = at + 1;
        boolean named = false;
        boolean number = true;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            if (!isTagCharacter(codePoint)) {
                break;
            }
            named |= Character.isLetterOrDigit(codePoint) || isMarkOrSymbol(codePoint);
            number &= Character.isDigit(codePoint);
            end += Character.charCount(codePoint);
        }
        while (text.charAt(end - 1) == '/') {
            end--;
        }
        return named && !number ? end : at;
    }

    private static boolean isTagCharacter(int codePoint) {
        return switch (codePoint) {
            case '_', '-', '/', ZERO_WIDTH_JOINER, KATAKANA_MIDDLE_DOT -> true;
            default -> Character.isLetterOrDigit(codePoint) || isMarkOrSymbol(codePoint);
        };
    }

    /** Marks belong to letters; symbols, outside ASCII, are emoji and their skin tones. */
    private static boolean isMarkOrSymbol(int codePoint) {
        return codePoint >= 0x80 && switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK,
                    Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL -> true;
            default -> false;
        };
    }
}
