package dev.heph.cli.terminal;

/** How many columns a text takes on a terminal: a Chinese character or an emoji takes two, a combining mark none. */
public final class Width {
    private static final String ELLIPSIS = "…";

    private Width() {}

    public static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += of(text.codePointAt(i));
        }
        return width;
    }

    /** The text, or as much of its start as fits into {@code columns} together with an ellipsis. */
    public static String cut(String text, int columns) {
        if (text.length() <= columns / 2 || of(text) <= columns) {
            return text;
        }
        int width = 0;
        int i = 0;
        while (i < text.length() && width + of(text.codePointAt(i)) < columns) {
            width += of(text.codePointAt(i));
            i += Character.charCount(text.codePointAt(i));
        }
        return columns < 1 ? "" : text.substring(0, i) + ELLIPSIS;
    }

    /** On one line and harmless: what controls the terminal (an escape sequence in a title, say) or turns letters round becomes a blank. */
    public static String line(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            if (controls(text.charAt(i))) {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, ' ');
            }
        }
        return clean == null ? text : clean.toString();
    }

    private static boolean controls(char unit) {
        return Character.isISOControl(unit) || unit >= '\u2028' && unit <= '\u202E' || unit >= '\u2066' && unit <= '\u2069';
    }

    /** What is missing from the text's width to {@code columns}. */
    static String blanks(String text, int columns) {
        return " ".repeat(Math.max(0, columns - of(text)));
    }

    private static int of(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /** The blocks that Unicode's EastAsianWidth.txt calls wide, in outline. */
    private static boolean isWide(int codePoint) {
        return codePoint >= 0x1100
                && (codePoint <= 0x115F
                        || (codePoint >= 0x2E80 && codePoint <= 0xA4CF && codePoint != 0x303F)
                        || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                        || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                        || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
                        || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
                        || (codePoint >= 0xFFE0 && codePoint <= 0xFFE6)
                        || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF)
                        || (codePoint >= 0x20000 && codePoint <= 0x3FFFD));
    }
}
