package dev.heph.cli.markdown;

import dev.heph.cli.terminal.Style;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** What stands within a paragraph, a heading or a cell, as spans. A line end of the text stays one, as notes are written. */
final class Inline extends AbstractVisitor {
    /** {@code [[Title]]}, {@code [[Title|label]]}, {@code ![[Title]]}. */
    private static final Pattern WIKI = Pattern.compile("!?\\[\\[([^\\[\\]|]+)(?:\\|([^\\[\\]]+))?]]");

    private static final Pattern SIZE = Pattern.compile(" *\\d+(x\\d+)? *");

    private final boolean colour;
    private final List<Span> spans = new ArrayList<>();

    /** Text that came in several nodes: brackets that open no link are nodes of their own. */
    private final StringBuilder text = new StringBuilder();

    private Set<Style> styles;
    private String target = "";

    private Inline(boolean colour, Set<Style> styles) {
        this.colour = colour;
        this.styles = styles;
    }

    /** @param colour whether styles show; without, marks stay in their place */
    static List<Span> of(Node parent, Set<Style> styles, boolean colour) {
        var inline = new Inline(colour, styles);
        inline.visitChildren(parent);
        inline.flush();
        return inline.spans;
    }

    @Override
    public void visit(Text node) {
        text.append(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
        text.append('\n');
    }

    @Override
    public void visit(HardLineBreak node) {
        text.append('\n');
    }

    @Override
    public void visit(Emphasis node) {
        within(node, Style.ITALIC, "*");
    }

    @Override
    public void visit(StrongEmphasis node) {
        within(node, Style.BOLD, "**");
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof Strikethrough) {
            within(node, Style.STRUCK, "~~");
        }
    }

    @Override
    public void visit(Code node) {
        flush();
        add(colour ? node.getLiteral() : "`" + node.getLiteral() + "`", with(Style.GREEN));
    }

    @Override
    public void visit(HtmlInline node) {
        flush();
        add(node.getLiteral(), with(Style.DIM));
    }

    @Override
    public void visit(Link node) {
        link(node, node.getDestination());
    }

    @Override
    public void visit(Image node) {
        link(node, node.getDestination());
    }

    private void link(Node node, String destination) {
        flush();
        String outer = target;
        int before = spans.size();
        target = destination;
        within(node, Style.UNDERLINE, "");
        if (spans.size() == before) {
            add(destination, with(Style.UNDERLINE));
        } else if (!colour && !said(before).equals(destination)) {
            add(" (" + destination + ")", styles);
        }
        target = outer;
    }

    private String said(int from) {
        return String.join("", spans.subList(from, spans.size()).stream().map(Span::text).toList());
    }

    /** @param mark what stands on both sides where the style does not show */
    private void within(Node node, Style style, String mark) {
        text.append(colour ? "" : mark);
        flush();
        Set<Style> outer = styles;
        styles = with(style);
        visitChildren(node);
        flush();
        styles = outer;
        text.append(colour ? "" : mark);
    }

    private void flush() {
        Matcher link = WIKI.matcher(text);
        int end = 0;
        while (colour && link.find()) {
            add(text.substring(end, link.start()), styles);
            add(link.group(link.group(2) == null || isSize(link) ? 1 : 2), with(Style.UNDERLINE));
            end = link.end();
        }
        add(text.substring(end), styles);
        text.setLength(0);
    }

    /** As in {@code ![[pic.png|300]]}: how large it is to be shown is no name for it. */
    private static boolean isSize(Matcher link) {
        return link.group().startsWith("!") && SIZE.matcher(link.group(2)).matches();
    }

    private void add(String piece, Set<Style> looks) {
        if (!piece.isEmpty()) {
            spans.add(new Span(piece, looks, target));
        }
    }

    private Set<Style> with(Style style) {
        EnumSet<Style> more = EnumSet.of(style);
        more.addAll(styles);
        return more;
    }
}
