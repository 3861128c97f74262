package dev.heph.cli.markdown;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import dev.heph.cli.terminal.Width;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/** The blocks of a text one below the other; what lies in a list or a quote is a narrower page of its own. */
final class Page extends AbstractVisitor {
    private static final int NARROWEST = 20;
    private static final int RULE_COLUMNS = 40;

    /** Nobody nests so deep, and a page within a page takes stack. */
    private static final int NESTED_MAX = 50;

    private final Terminal terminal;
    private final int columns;
    private final Set<Style> styles;
    private final List<String> lines = new ArrayList<>();

    private Page(Terminal terminal, int columns, Set<Style> styles) {
        this.terminal = terminal;
        this.columns = Math.max(NARROWEST, columns);
        this.styles = styles;
    }

    static List<String> of(String markdown, Terminal terminal) {
        Node document = Parser.builder()
                .extensions(List.of(
                        TablesExtension.create(),
                        StrikethroughExtension.builder().requireTwoTildes(true).build(),
                        TaskListItemsExtension.create(),
                        AutolinkExtension.create()))
                .maxOpenBlockParsers(NESTED_MAX)
                .maxInlineNesting(NESTED_MAX)
                .build()
                .parse(markdown);
        return new Page(terminal, terminal.columns(), EnumSet.noneOf(Style.class)).with(document, false);
    }

    /** @param tight whether the blocks follow each other without an empty line */
    private List<String> with(Node parent, boolean tight) {
        for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
            if (!(block instanceof LinkReferenceDefinition) && !(block instanceof TaskListItemMarker)) {
                if (!tight && !lines.isEmpty()) {
                    lines.add("");
                }
                block.accept(this);
            }
        }
        return lines;
    }

    private Page inner(int indent, Set<Style> looks) {
        return new Page(terminal, columns - indent, looks);
    }

    @Override
    public void visit(Heading heading) {
        Set<Style> bold = with(Style.BOLD);
        var spans = new ArrayList<>(List.of(new Span("#".repeat(heading.getLevel()) + " ", bold)));
        spans.addAll(Inline.of(heading, bold, terminal.colour()));
        wrap(spans);
    }

    @Override
    public void visit(Paragraph paragraph) {
        wrap(Inline.of(paragraph, styles, terminal.colour()));
    }

    private void wrap(List<Span> spans) {
        Wrapped.of(spans, columns, terminal).forEach(line -> lines.add(line.text()));
    }

    @Override
    public void visit(BlockQuote quote) {
        String bar = Style.DIM.on(terminal, "│ ");
        inner(2, styles).with(quote, false).forEach(line -> lines.add(bar + line));
    }

    @Override
    public void visit(BulletList list) {
        items(list, 0, "•");
    }

    @Override
    public void visit(OrderedList list) {
        int first = list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
        items(list, first, list.getMarkerDelimiter() == null ? "." : list.getMarkerDelimiter());
    }

    /** @param first the number of the first item; 0 when they are not numbered, and {@code mark} stands for itself */
    private void items(ListBlock list, int first, String mark) {
        int number = first;
        for (Node item = list.getFirstChild(); item instanceof ListItem; item = item.getNext()) {
            if (item.getPrevious() != null && !list.isTight()) {
                lines.add("");
            }
            String numbered = list instanceof OrderedList ? number++ + mark : mark;
            if (item.getFirstChild() instanceof TaskListItemMarker box) {
                item(item, box.isChecked() ? "☑" : "☐", box.isChecked() ? with(Style.DIM) : styles, list.isTight());
            } else {
                item(item, numbered, styles, list.isTight());
            }
        }
    }

    private void item(Node item, String mark, Set<Style> looks, boolean tight) {
        int indent = Width.of(mark) + 1;
        List<String> inner = inner(indent, looks).with(item, tight);
        lines.add((Style.on(terminal, looks, mark) + " " + (inner.isEmpty() ? "" : inner.getFirst())).stripTrailing());
        inner.stream().skip(1).forEach(line -> lines.add(line.isEmpty() ? "" : " ".repeat(indent) + line));
    }

    @Override
    public void visit(FencedCodeBlock code) {
        String language = code.getInfo() == null ? "" : code.getInfo();
        if (!language.isBlank()) {
            wrap(List.of(new Span(language, with(Style.DIM))));
        }
        asItIs(code.getLiteral(), "    ", Style.GREEN);
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        asItIs(code.getLiteral(), "    ", Style.GREEN);
    }

    @Override
    public void visit(HtmlBlock html) {
        asItIs(html.getLiteral(), "", Style.DIM);
    }

    /** Not wrapped: a line of code is to be copied. */
    private void asItIs(String text, String indent, Style style) {
        text.lines().forEach(line -> lines.add((indent + style.on(terminal, Span.harmless(line))).stripTrailing()));
    }

    @Override
    public void visit(ThematicBreak rule) {
        lines.add(Style.DIM.on(terminal, "─".repeat(Math.min(columns, RULE_COLUMNS))));
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock table) {
            lines.addAll(new Table(table, styles, terminal).lines(columns));
        }
    }

    private Set<Style> with(Style style) {
        EnumSet<Style> more = EnumSet.of(style);
        more.addAll(styles);
        return more;
    }
}
