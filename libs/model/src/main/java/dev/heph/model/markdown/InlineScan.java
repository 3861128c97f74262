package dev.heph.model.markdown;

import dev.heph.model.markdown.LinkRef.Kind;
import java.util.Optional;

/**
 * Reads one passage from left to right, once. Backslash escapes, code spans, raw HTML and autolinks bind tighter than
 * links, as in CommonMark; a wiki link binds tighter than the brackets of a markdown link.
 */
final class InlineScan {
    /** The destinations that a text gives to {@code [label]}. */
    @FunctionalInterface
    interface Definitions {
        Optional<String> destination(String label);
    }

    static final Definitions NO_DEFINITIONS = label -> Optional.empty();

    /** CommonMark's limit for labels of references; a longer text of a link is not kept as its label. */
    private static final int LONGEST_LABEL = 999;

    private final Passage passage;
    private final String text;
    private final Definitions definitions;
    private final Findings findings;
    private final CodeSpans code;
    private final HtmlTags tags;
    private final Brackets brackets = new Brackets();
    private final Destination destination;
    /** Offset of the last character that a backslash took the meaning of. */
    private int escaped = -1;

    private InlineScan(Passage passage, Definitions definitions, boolean html, Findings findings) {
        this.passage = passage;
        this.text = passage.text();
        this.definitions = definitions;
        this.findings = findings;
        this.code = new CodeSpans(text);
        this.tags = new HtmlTags(text, html);
        this.destination = new Destination(text);
    }

    static InlineScan of(Passage passage, Definitions definitions, Findings findings) {
        return new InlineScan(passage, definitions, false, findings);
    }

    /** For a block of HTML, whose text between the tags is read like any text. */
    static InlineScan ofHtml(Passage passage, Findings findings) {
        return new InlineScan(passage, NO_DEFINITIONS, true, findings);
    }

    void run() {
        int at = 0;
        while (at < text.length()) {
            at = switch (text.charAt(at)) {
                case '\\' -> escape(at);
                case '`' -> Math.max(code.runEnd(at), code.end(at));
                case '<' -> Math.max(at + 1, tags.end(at));
                case '[' -> open(at);
                case ']' -> close(at);
                case '#' -> tag(at);
                case ':' -> Url.end(text, at);
                case '%' -> comment(at);
                default -> at + 1;
            };
        }
    }

    private int escape(int at) {
        if (at + 1 < text.length() && isPunctuation(text.charAt(at + 1))) {
            escaped = at + 1;
            return at + 2;
        }
        return at + 1;
    }

    private int open(int at) {
        boolean bang = at > 0 && text.charAt(at - 1) == '!' && escaped != at - 1;
        int end = WikiLink.end(text, at, code, tags);
        if (end == WikiLink.NONE) {
            brackets.open(at, bang);
            return at + 1;
        }
        String inside = text.substring(at + 2, end - 2);
        int start = passage.source(bang ? at - 1 : at);
        Kind kind = bang ? Kind.EMBED : Kind.WIKI;
        findings.add(WikiLink.read(kind, inside, start, passage.source(end - 1) + 1, passage.lineStart(at)));
        return end;
    }

    private int close(int at) {
        int open = brackets.close();
        if (open == Brackets.NONE) {
            return at + 1;
        }
        int end = destination.parse(at + 1);
        Optional<String> target = end == Destination.NONE ? Optional.empty() : Optional.of(destination.target());
        if (target.isEmpty()) {
            end = referenceEnd(at);
            target = reference(open, at, end);
        }
        if (target.isEmpty()) {
            return at + 1;
        }
        brackets.linked();
        note(open, at, end, target.get());
        return end;
    }

    /**
     * The offset after the {@code [label]} or {@code []} that follows the bracket at {@code close}, else after the
     * bracket.
     */
    private int referenceEnd(int close) {
        if (close + 1 < text.length() && text.charAt(close + 1) == '[') {
            int end = close + 2;
            int last = Math.min(text.length(), end + LONGEST_LABEL);
            while (end < last && text.charAt(end) != '[' && text.charAt(end) != ']') {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            if (end < last && text.charAt(end) == ']') {
                return end + 1;
            }
        }
        return close + 1;
    }

    private Optional<String> reference(int open, int close, int end) {
        if (end > close + 3) {
            return definitions.destination(text.substring(close + 2, end - 1));
        }
        boolean label = !brackets.nestedIn(open) && close > open + 1 && close - open <= LONGEST_LABEL;
        return label ? definitions.destination(text.substring(open + 1, close)) : Optional.empty();
    }

    private void note(int open, int close, int end, String target) {
        NotePath.of(target).ifPresent(path -> {
            int start = brackets.ofImage() ? open - 1 : open;
            String label = close - open <= LONGEST_LABEL ? text.substring(open + 1, close) : "";
            findings.add(new LinkRef(Kind.MARKDOWN, path.path(), path.fragment(), label, passage.source(start),
                    passage.source(end - 1) + 1, passage.lineStart(open)));
        });
    }

    private int tag(int at) {
        int end = Tags.end(text, at);
        if (end > at) {
            findings.add(new InlineTag(text.substring(at + 1, end), passage.source(at), passage.source(end - 1) + 1));
        }
        return Math.max(at + 1, end);
    }

    /** Obsidian's, from one {@code %%} to the next. */
    private int comment(int at) {
        int close = text.startsWith(Comment.MARK, at) ? text.indexOf(Comment.MARK, at + 2) : -1;
        return close < 0 ? at + 1 : close + 2;
    }

    private static boolean isPunctuation(char unit) {
        return unit > ' ' && unit < 0x7F && !Character.isLetterOrDigit(unit);
    }
}
