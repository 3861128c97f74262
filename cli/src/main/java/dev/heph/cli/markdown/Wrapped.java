package dev.heph.cli.markdown;

import dev.heph.cli.terminal.Terminal;
import dev.heph.cli.terminal.Width;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans laid into lines of a width: broken between words, between the characters of scripts that are written without blanks, and
 * within a word only where it alone is too wide. An address stays whole: it is to be copied.
 */
final class Wrapped {
    /** @param width in columns, without what makes it look so */
    record Line(String text, int width) {}

    private final Terminal terminal;
    private final int columns;
    private final List<Line> lines = new ArrayList<>();

    private List<Span> line = new ArrayList<>();
    private int lineWidth;
    private List<Span> word = new ArrayList<>();
    private int wordWidth;

    /** The blank between what is in the line and the word; null if there is none. */
    private Span gap;

    private Wrapped(Terminal terminal, int columns) {
        this.terminal = terminal;
        this.columns = columns;
    }

    static List<Line> of(List<Span> spans, int columns, Terminal terminal) {
        var wrapped = new Wrapped(terminal, columns);
        spans.forEach(wrapped::add);
        wrapped.endWord();
        wrapped.endLine();
        return wrapped.lines;
    }

    private void add(Span span) {
        String text = span.text();
        int start = 0;
        int length;
        for (int i = 0; i < text.length(); i += length) {
            length = Character.charCount(text.codePointAt(i));
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n') {
                toWord(span, text.substring(start, i));
                endWord();
                gap = span.withText(" ");
                start = i + 1;
                if (c == '\n') {
                    endLine();
                }
            } else if (Width.of(text.substring(i, i + length)) > 1) {
                toWord(span, text.substring(start, i));
                endWord();
                toWord(span, text.substring(i, i + length));
                endWord();
                start = i + length;
            }
        }
        toWord(span, text.substring(start));
    }

    private void toWord(Span span, String text) {
        if (!text.isEmpty()) {
            word.add(span.withText(text));
            wordWidth += Width.of(text);
        }
    }

    private void endWord() {
        if (word.isEmpty()) {
            return;
        }
        if (lineWidth > 0 && lineWidth + (gap == null ? 0 : 1) + wordWidth > columns) {
            endLine();
        }
        if (gap != null && lineWidth > 0) {
            toLine(gap);
        }
        gap = null;
        word.forEach(wordWidth > columns ? this::inPieces : this::toLine);
        word = new ArrayList<>();
        wordWidth = 0;
    }

    private void inPieces(Span span) {
        String rest = span.text();
        boolean whole = !span.target().isEmpty() || rest.contains("://");
        while (!whole && lineWidth + Width.of(rest) > columns) {
            int end = 0;
            while (lineWidth + Width.of(rest.substring(0, end)) < columns) {
                end += Character.charCount(rest.codePointAt(end));
            }
            toLine(span.withText(rest.substring(0, end)));
            rest = rest.substring(end);
            endLine();
        }
        toLine(span.withText(rest));
    }

    private void toLine(Span span) {
        if (!line.isEmpty() && line.getLast().looksLike(span)) {
            line.add(span.withText(line.removeLast().text() + span.text()));
        } else {
            line.add(span);
        }
        lineWidth += Width.of(span.text());
    }

    private void endLine() {
        var text = new StringBuilder();
        line.forEach(span -> text.append(span.on(terminal)));
        lines.add(new Line(text.toString(), lineWidth));
        line = new ArrayList<>();
        lineWidth = 0;
        gap = null;
    }
}
