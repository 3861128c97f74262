package dev.heph.cli.command;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown made a little easier to read on a terminal: headings bold, links underlined, done items, code and front
 * matter dim. Nothing is
 * left out or moved, so what is shown can be copied; without colour it is the text as it is.
 */
final class Rendering {
    private final Terminal terminal;

    Rendering(Terminal terminal) {
        this.terminal = terminal;
    }

    String of(String markdown) {
        if (!terminal.out()) {
            return markdown;
        }
        var rendered = new StringBuilder();
        String fence = "";
        int number = 0;
        for (String line : harmless(markdown).split("\n", -1)) {
            String opens = number == 0 && line.strip().equals("---") ? "---" : codeFence(line);
            boolean aside = !fence.isEmpty() || !opens.isEmpty();
            rendered.append(number++ == 0 ? "" : "\n");
            rendered.append(aside ? Style.DIM.on(terminal, line) : rendered(line));
            if (fence.isEmpty()) {
                fence = opens;
            } else if (line.strip().startsWith(fence)) {
                fence = "";
            }
        }
        return rendered.toString();
    }

    /**
     * What begins a block of code, if the line does that. Code, and the fields at the head of a note, are set
     * apart.
     */
    private static String codeFence(String line) {
        String text = line.stripLeading();
        return text.startsWith("```") || text.startsWith("~~~") ? text.substring(0, 3) : "";
    }

    private String rendered(String line) {
        if (Patterns.HEADING.matcher(line).find()) {
            return Style.BOLD.on(terminal, line);
        }
        if (Patterns.DONE.matcher(line).find()) {
            return Style.DIM.on(terminal, line);
        }
        return Patterns.LINK
                .matcher(line)
                .replaceAll(link -> Matcher.quoteReplacement(Style.UNDERLINE.on(terminal, link.group())));
    }

    /** An escape sequence in a note must not command the terminal. */
    private static String harmless(String text) {
        return Patterns.CONTROL.matcher(text).replaceAll("\ufffd");
    }

    /** Loaded only where there is a terminal. */
    private static final class Patterns {
        static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6}(\\s|$)");
        static final Pattern DONE = Pattern.compile("^\\s*([-*+]|\\d+[.)])\\s+\\[[xX]]\\s");
        static final Pattern LINK = Pattern.compile("!?\\[\\[[^\\[\\]]+]]|\\[[^\\[\\]]*]\\([^()]*\\)|https?://\\S+");
        static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\n\t\r]]|\r(?!\n)");
    }
}
