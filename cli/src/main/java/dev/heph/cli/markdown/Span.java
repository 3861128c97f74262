package dev.heph.cli.markdown;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import java.util.Set;

/**
 * A piece of a line that looks the same throughout.
 *
 * @param text without control characters but for line ends, whatever it was made of
 * @param target the address that it leads to, or empty
 */
record Span(String text, Set<Style> styles, String target) {
    /** The hyperlinks of terminals: gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda. */
    private static final String LINK = "\u001b]8;;";

    private static final String LINK_END = "\u001b\\";
    private static final char REPLACEMENT = '\ufffd';

    Span {
        text = harmless(Style.shown(text));
        target = isAddress(target) ? target : "";
    }

    Span(String text, Set<Style> styles) {
        this(text, styles, "");
    }

    Span withText(String other) {
        return new Span(other, styles, target);
    }

    boolean looksLike(Span other) {
        return styles.equals(other.styles) && target.equals(other.target);
    }

    String on(Terminal terminal) {
        String styled = Style.on(terminal, styles, text);
        return target.isEmpty() || !terminal.colour() ? styled : LINK + target + LINK_END + styled + LINK + LINK_END;
    }

    /** An escape sequence in a note must not command the terminal; nor must one that is written {@code &#27;}. */
    static String harmless(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) == '\n') ? ' ' : REPLACEMENT);
            }
        }
        return clean == null ? text : clean.toString();
    }

    /** Whole addresses of visible ASCII only: anything else is no address that a terminal could open, or is none at all. */
    private static boolean isAddress(String target) {
        boolean known = target.startsWith("https://") || target.startsWith("http://") || target.startsWith("mailto:");
        return known && target.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
