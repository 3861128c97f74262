package dev.heph.cli.terminal;

/** How a piece of text looks. Without colour every style leaves the text as it is. */
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    UNDERLINE("4"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34");

    private static final char ESCAPE = '\u001b';

    private final String code;

    Style(String code) {
        this.code = code;
    }

    public String on(Terminal terminal, String text) {
        return this == PLAIN || !terminal.colour() || text.isEmpty()
                ? text
                : ESCAPE + "[" + code + "m" + text + ESCAPE + "[0m";
    }
}
