package dev.heph.model.markdown;

/** URLs written as they are, without angle brackets. */
final class Url {
    private Url() {}

    /**
     * The offset after the URL whose colon stands at {@code at}, or after the colon. A URL ends where its characters
     * do (RFC 3986: none beyond ASCII) and, standing in a table or as the text of a link, at the bar or bracket that
     * closes this.
     */
    static int end(String text, int at) {
        if (!text.startsWith("://", at) || at == 0 || !isAsciiLetter(text.charAt(at - 1))) {
            return at + 1;
        }
        int open = 0;
        int end = at + 3;
        while (end < text.length() && isUrl(text.charAt(end))) {
            char unit = text.charAt(end);
            if (unit == ']' && open == 0) {
                break;
            }
            open += unit == '[' ? 1 : unit == ']' ? -1 : 0;
            end++;
        }
        return end;
    }

    private static boolean isUrl(char unit) {
        return unit > ' ' && unit < 0x7F && "<>|\"`\\".indexOf(unit) < 0;
    }

    private static boolean isAsciiLetter(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
    }
}
