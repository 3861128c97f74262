package dev.heph.cli.terminal;

import java.util.Set;

/** How a piece of text looks. Without colour every style leaves the text as it is. */
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    ITALIC("3"),
    UNDERLINE("4"),
    STRUCK("9"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34");

    private static final char ESCAPE = '\u001b';

    /** Stands for the escape until it is written: a low surrogate by itself, which no text from elsewhere holds. */
    private static final char MARK = '\udc1b';

    private final String code;

    Style(String code) {
        this.code = code;
    }

    public String on(Terminal terminal, String text) {
        return this == PLAIN || !terminal.colour() || text.isEmpty() ? text : marked(code, text);
    }

    /** All of them at once. */
    public static String on(Terminal terminal, Set<Style> styles, String text) {
        if (styles.isEmpty() || !terminal.colour() || text.isEmpty()) {
            return text;
        }
        var codes = new StringBuilder();
        styles.forEach(style -> codes.append(codes.isEmpty() ? "" : ";").append(style.code));
        return marked(codes.toString(), text);
    }

    private static String marked(String codes, String text) {
        return MARK + "[" + codes + "m" + text + MARK + "[0m";
    }

    /** As a terminal takes it. */
    public static String shown(String text) {
        StringBuilder shown = null;
        for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
            if (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1))) { // else it is half of a character, such as the bug of emoji
                shown = shown == null ? new StringBuilder(text) : shown;
                shown.setCharAt(at, ESCAPE);
            }
        }
        return shown == null ? text : shown.toString();
    }
}
