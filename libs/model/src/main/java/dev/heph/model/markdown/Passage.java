package dev.heph.model.markdown;

import java.util.Arrays;
import java.util.List;
import org.commonmark.node.SourceSpan;

/**
 * The text of one block without quote signs, markers and indentation, its lines joined by newlines, and the way back:
 * which offset of the body each of its characters has.
 */
final class Passage {
    private final String text;
    private final int[] joined;
    private final int[] source;

    private Passage(String text, int[] joined, int[] source) {
        this.text = text;
        this.joined = joined;
        this.source = source;
    }

    /** @param base offset of the text that the spans count from */
    static Passage of(String body, int base, List<SourceSpan> lines) {
        if (lines.size() == 1) {
            int start = base + lines.get(0).getInputIndex();
            return ofLine(body, start, start + lines.get(0).getLength());
        }
        StringBuilder text = new StringBuilder();
        int[] joined = new int[lines.size()];
        int[] source = new int[lines.size()];
        for (int line = 0; line < lines.size(); line++) {
            SourceSpan span = lines.get(line);
            joined[line] = text.length();
            source[line] = base + span.getInputIndex();
            text.append(body, source[line], source[line] + span.getLength()).append('\n');
        }
        text.setLength(text.length() - 1);
        return new Passage(text.toString(), joined, source);
    }

    static Passage ofLine(String body, int start, int end) {
        return new Passage(body.substring(start, end), new int[] {0}, new int[] {start});
    }

    String text() {
        return text;
    }

    /** The offset in the body of the character at {@code at} in the text. */
    int source(int at) {
        int line = line(at);
        return source[line] + at - joined[line];
    }

    /**
     * The offset in the body at which the line of the character at {@code at} begins, as far as it belongs to the
     * block.
     */
    int lineStart(int at) {
        return source[line(at)];
    }

    private int line(int at) {
        int line = Arrays.binarySearch(joined, at);
        return line >= 0 ? line : -line - 2;
    }
}
