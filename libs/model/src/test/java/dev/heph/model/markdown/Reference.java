package dev.heph.model.markdown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** What commonmark-java itself, with its own inline parser, makes of each character of a text. */
final class Reference {
    static final char TEXT = 't';
    static final char CODE = 'c';
    static final char HTML = 'h';
    static final char HTML_BLOCK = 'b';
    private static final char OTHER = '.';

    private final char[] kinds;
    private final List<String> noteLinks = new ArrayList<>();

    Reference(String body) {
        kinds = new char[body.length()];
        Arrays.fill(kinds, OTHER);
        visit(Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build().parse(body));
    }

    boolean all(char kind, int from, int to) {
        for (int at = from; at < to; at++) {
            if (kinds[at] != kind) {
                return false;
            }
        }
        return true;
    }

    /** Links and images that lead to another note, as {@code start-end path}. */
    List<String> noteLinks() {
        return noteLinks.stream().sorted().toList();
    }

    private void visit(Node node) {
        switch (node) {
            case Text text -> mark(text, TEXT);
            case Code code -> mark(code, CODE);
            case FencedCodeBlock code -> mark(code, CODE);
            case IndentedCodeBlock code -> mark(code, CODE);
            case HtmlInline html -> mark(html, HTML);
            case HtmlBlock html -> mark(html, HTML_BLOCK);
            case Link link -> note(link, link.getDestination());
            case Image image -> note(image, image.getDestination());
            default -> {}
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            visit(child);
        }
    }

    private void note(Node node, String destination) {
        int start = node.getSourceSpans().getFirst().getInputIndex();
        var last = node.getSourceSpans().getLast();
        NotePath.of(destination).ifPresent(path ->
                noteLinks.add("%d-%d %s".formatted(start, last.getInputIndex() + last.getLength(), path.path())));
    }

    private void mark(Node node, char kind) {
        for (var span : node.getSourceSpans()) {
            Arrays.fill(kinds, span.getInputIndex(), span.getInputIndex() + span.getLength(), kind);
        }
    }
}
