package dev.heph.cli.markdown;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableCell.Alignment;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Node;

/** Cells below each other. Where they are too wide together the widest column gives way, and its cells take several lines. */
final class Table {
    private static final int GAP = 2;
    private static final int NARROWEST = 6;

    private final Terminal terminal;
    private final List<List<Cell>> rows = new ArrayList<>();

    private record Cell(List<Span> spans, Alignment alignment) {}

    Table(TableBlock table, Set<Style> styles, Terminal terminal) {
        this.terminal = terminal;
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row instanceof TableRow; row = row.getNext()) {
                rows.add(cells(row, styles));
            }
        }
    }

    private List<Cell> cells(Node row, Set<Style> styles) {
        List<Cell> cells = new ArrayList<>();
        for (Node node = row.getFirstChild(); node instanceof TableCell cell; node = node.getNext()) {
            EnumSet<Style> looks = EnumSet.noneOf(Style.class);
            looks.addAll(styles);
            if (cell.isHeader()) {
                looks.add(Style.BOLD);
            }
            cells.add(new Cell(Inline.of(cell, looks, terminal.colour()), cell.getAlignment()));
        }
        return cells;
    }

    List<String> lines(int columns) {
        int[] widths = widths();
        fit(widths, columns);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.addAll(row(rows.get(i), widths));
            if (i == 0) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<Cell> row : rows) {
            for (int i = 0; i < Math.min(widths.length, row.size()); i++) {
                for (Wrapped.Line line : Wrapped.of(row.get(i).spans(), Integer.MAX_VALUE, terminal)) {
                    widths[i] = Math.max(widths[i], line.width());
                }
            }
        }
        return widths;
    }

    private static void fit(int[] widths, int columns) {
        int total = GAP * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        for (; total > columns; total--) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
        }
    }

    private List<String> row(List<Cell> row, int[] widths) {
        List<List<Wrapped.Line>> cells = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < row.size(); i++) {
            cells.add(Wrapped.of(row.get(i).spans(), widths[i], terminal));
            height = Math.max(height, cells.get(i).size());
        }
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < height; at++) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                Wrapped.Line part = at < cells.get(i).size() ? cells.get(i).get(at) : new Wrapped.Line("", 0);
                line.append(i == 0 ? "" : " ".repeat(GAP)).append(aligned(part, widths[i], row.get(i).alignment()));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String aligned(Wrapped.Line part, int width, Alignment alignment) {
        int blanks = Math.max(0, width - part.width());
        int before = alignment == Alignment.RIGHT ? blanks : alignment == Alignment.CENTER ? blanks / 2 : 0;
        return " ".repeat(before) + part.text() + " ".repeat(blanks - before);
    }

    private String rule(int[] widths) {
        List<String> parts = new ArrayList<>();
        for (int width : widths) {
            parts.add("─".repeat(width));
        }
        return Style.DIM.on(terminal, String.join(" ".repeat(GAP), parts));
    }
}
