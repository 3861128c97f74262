package dev.heph.cli.command;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import dev.heph.cli.terminal.Width;

/** A piece of a text in which the matches stand between U+0002 and U+0003. */
final class Snippet {
    private static final char START = '\u0002';
    private static final char END = '\u0003';

    private final String marked;

    Snippet(String marked) {
        this.marked = marked;
    }

    /** The piece on one line of at most {@code columns}, the matches bold where there is colour. */
    String line(int columns, Terminal terminal) {
        var line = new StringBuilder();
        int room = columns;
        int from = 0;
        while (from < marked.length() && room > 0) {
            boolean match = marked.charAt(from) == START;
            int to = marked.indexOf(match ? END : START, from);
            String piece = oneLine(marked.substring(match ? from + 1 : from, to < 0 ? marked.length() : to));
            String shown = Width.cut(piece, room);
            line.append((match ? Style.BOLD : Style.PLAIN).on(terminal, shown));
            room -= Width.of(shown);
            from = to < 0 ? marked.length() : match ? to + 1 : to;
        }
        return line.toString().stripTrailing();
    }

    private static String oneLine(String text) {
        return Width.line(text).replaceAll(" {2,}", " ");
    }
}
