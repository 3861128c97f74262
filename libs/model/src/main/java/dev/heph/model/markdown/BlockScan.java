package dev.heph.model.markdown;

import java.util.List;
import java.util.Optional;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.Parser;

/**
 * Goes through the blocks of a text in order. commonmark-java parses blocks only: in place of its inline parser
 * stands one that keeps the lines of a paragraph or heading as a node, to be scanned here. The walk is a loop, so
 * that no nesting can exhaust the stack, and the depth of nesting is limited, so that many lines deep inside take no
 * more than their share.
 */
final class BlockScan {
    /** A level of a list opens two blocks. Deeper text is read as a paragraph of the level above. */
    private static final int DEEPEST = 100;

    private static final class Lines extends CustomNode {
        private final List<SourceSpan> spans;
        private final InlineParserContext context;

        Lines(List<SourceSpan> spans, InlineParserContext context) {
            this.spans = spans;
            this.context = context;
        }

        /** Where a reference such as {@code [label]} leads; a footnote's text is no destination. */
        Optional<String> destination(String label) {
            LinkReferenceDefinition definition =
                    label.startsWith("^") ? null : context.getDefinition(LinkReferenceDefinition.class, label);
            return Optional.ofNullable(definition).map(LinkReferenceDefinition::getDestination);
        }
    }

    private final String body;
    private final int base;
    private final Findings findings;

    /** @param base where the text starts, after the front matter */
    BlockScan(String body, int base, Findings findings) {
        this.body = body;
        this.base = base;
        this.findings = findings;
    }

    void run() {
        String text = body.substring(base);
        Node document = parser(text).parse(text);
        for (Node node = document; node != null; node = next(node)) {
            switch (node) {
                case Lines lines -> visit(lines);
                case HtmlBlock html when !HtmlTags.isOpaque(html.getLiteral()) -> html(html);
                case LinkReferenceDefinition definition when isText(definition) ->
                    scan(definition.getSourceSpans(), InlineScan.NO_DEFINITIONS);
                default -> {}
            }
        }
    }

    private static Parser parser(String text) {
        return Parser.builder()
                .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .maxOpenBlockParsers(DEEPEST)
                .customBlockParserFactory(new Comment.Factory(text))
                .customBlockParserFactory(new LongParagraph.Factory())
                .inlineParserFactory(context -> (lines, block) ->
                        block.appendChild(new Lines(lines.getSourceSpans(), context)))
                .build();
    }

    private static Node next(Node node) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        Node at = node;
        while (at != null && at.getNext() == null) {
            at = at.getParent();
        }
        return at == null ? null : at.getNext();
    }

    private void visit(Lines lines) {
        Node block = lines.getParent();
        if (block instanceof org.commonmark.node.Heading heading) {
            heading(heading, lines.spans);
        } else if (block instanceof Paragraph && block.getPrevious() == null && block.getParent() instanceof ListItem) {
            checkbox(lines.spans);
        }
        if (!lines.spans.isEmpty()) {
            linkable(block, lines.spans);
        }
        scan(lines.spans, lines::destination);
    }

    private void heading(org.commonmark.node.Heading heading, List<SourceSpan> content) {
        List<SourceSpan> spans = heading.getSourceSpans();
        String text = content.isEmpty() ? "" : Passage.of(body, base, content).text().strip();
        findings.add(new Heading(heading.getLevel(), text, start(spans.getFirst()), end(spans.getLast())));
    }

    /** {@code [x]} and white space, or the end of the line, at the head of a list item. */
    private void checkbox(List<SourceSpan> lines) {
        int open = start(lines.getFirst());
        int end = end(lines.getFirst());
        if (end - open < 3 || body.charAt(open) != '[') {
            return;
        }
        int markAt = open + 1;
        int mark = body.codePointAt(markAt);
        int close = markAt + Character.charCount(mark);
        boolean closed = close < end && body.charAt(close) == ']' && mark != '[' && mark != ']';
        if (closed && (close + 1 == end || body.charAt(close + 1) == ' ' || body.charAt(close + 1) == '\t')) {
            findings.add(new TaskItem(markAt, Character.toString(mark), body.substring(close + 1, end).strip()));
        }
    }

    /** A line of nothing but an id names the block before it, such as a list or a table; at the head of a list item, all of the item. */
    private void linkable(Node block, List<SourceSpan> lines) {
        BlockId.in(body, start(lines.getLast()), end(lines.getLast())).ifPresent(id -> {
            Node before = id.alone() && lines.size() == 1 ? block.getPrevious() : null;
            Node named = before != null ? before
                    : block.getPrevious() == null && block.getParent() instanceof ListItem item ? item : block;
            List<SourceSpan> spans = named.getSourceSpans();
            findings.add(new Block(id.id(), start(spans.getFirst()), end(spans.getLast())));
        });
    }

    private void html(HtmlBlock html) {
        List<SourceSpan> spans = html.getSourceSpans();
        if (mayHold(spans)) {
            InlineScan.ofHtml(Passage.of(body, base, spans), findings).run();
        }
    }

    /**
     * Footnotes, and lines like {@code [Ann]: [[Bob]]}, look like definitions of a destination and are text to their
     * writer.
     */
    private static boolean isText(LinkReferenceDefinition definition) {
        return definition.getLabel().startsWith("^") || definition.getDestination().startsWith("[[");
    }

    private void scan(List<SourceSpan> spans, InlineScan.Definitions definitions) {
        if (mayHold(spans)) {
            InlineScan.of(Passage.of(body, base, spans), definitions, findings).run();
        }
    }

    private boolean mayHold(List<SourceSpan> spans) {
        return !spans.isEmpty() && Signs.mayHoldLinkOrTag(body, start(spans.getFirst()), end(spans.getLast()));
    }

    private int start(SourceSpan span) {
        return base + span.getInputIndex();
    }

    private int end(SourceSpan span) {
        return start(span) + span.getLength();
    }
}
