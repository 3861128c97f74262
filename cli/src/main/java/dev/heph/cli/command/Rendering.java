package dev.heph.cli.command;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown made a little easier to read on a terminal: headings bold, links underlined, done items dim. Nothing is
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
        boolean code = false;
        for (String line : harmless(markdown).split("(?<=\n)", -1)) {
            String text = line.stripTrailing();
            boolean fence =
                    text.stripLeading().startsWith("```") || text.stripLeading().startsWith("~~~");
            code ^= fence;
            rendered.append(code || fence ? Style.DIM.on(terminal, text) : rendered(text));
            rendered.append(line.endsWith("\n") ? "\n" : "");
        }
        return rendered.toString();
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
        static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\t\r]]");
    }
}
