package dev.heph.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows with aligned columns, two blanks between them; a column in which every row is empty takes no room. On a terminal a
 * row ends with the line; in a pipe nothing is cut.
 */
public final class Columns {
    private static final String GAP = "  ";

    private static final int FIRST_MIN = 12;
    private static final int OTHERS_MIN = 8;

    private final String indent;
    private final List<Cell[]> rows = new ArrayList<>();

    public Columns() {
        this("");
    }

    public Columns(String indent) {
        this.indent = indent;
    }

    /** A piece of a row. */
    public record Cell(String text, Style style) {
        public Cell {
            text = Width.line(text);
        }

        public static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }
    }

    public Columns row(Cell... cells) {
        rows.add(cells);
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public void print(Output out, Terminal terminal) {
        lines(terminal).forEach(out::line);
    }

    /** A line for each row, for one who has something to say between them. */
    public List<String> lines(Terminal terminal) {
        int[] widths = widths();
        fit(widths, terminal.columns() - indent.length());
        List<String> lines = new ArrayList<>();
        for (Cell[] row : rows) {
            lines.add(line(row, widths, terminal));
        }
        return lines;
    }

    private String line(Cell[] row, int[] widths, Terminal terminal) {
        int last = lastFilled(row);
        while (last > 0 && widths[last] == 0) {
            last--;
        }
        var line = new StringBuilder(indent);
        for (int i = 0; i <= last; i++) {
            String text = Width.cut(row[i].text(), widths[i]);
            line.append(row[i].style().on(terminal, text));
            line.append(i == last || widths[i] == 0 ? "" : Width.blanks(text, widths[i]) + GAP);
        }
        return line.toString();
    }

    private static int lastFilled(Cell[] row) {
        int last = row.length - 1;
        while (last >= 0 && row[last].text().isEmpty()) {
            last--;
        }
        return last;
    }

    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(row -> lastFilled(row) + 1).max().orElse(0)];
        for (Cell[] row : rows) {
            for (int i = 0; i <= lastFilled(row); i++) {
                widths[i] = Math.max(widths[i], Width.of(row[i].text()));
            }
        }
        return widths;
    }

    /**
     * Where the columns are too wide together, the widest one (a title, as a rule) gives way, then the next; where that is not enough,
     * the last one goes. The first, an id as a rule, stays as it is.
     */
    private static void fit(int[] widths, int columns) {
        int[] full = widths.clone();
        for (int shown = full.length; shown > 0; shown--) {
            System.arraycopy(full, 0, widths, 0, shown);
            Arrays.fill(widths, shown, full.length, 0);
            if (shrink(widths, columns)) {
                return;
            }
        }
    }

    /** @return whether they fit now */
    private static boolean shrink(int[] widths, int columns) {
        int total = -GAP.length();
        for (int width : widths) {
            total += width == 0 ? 0 : width + GAP.length();
        }
        int over = total - columns;
        while (over > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] - leastOf(i) > widths[widest] - leastOf(widest) ? i : widest;
            }
            int less = Math.min(over, widths[widest] - leastOf(widest));
            if (less <= 0) {
                return false;
            }
            widths[widest] -= less;
            over -= less;
        }
        return true;
    }

    private static int leastOf(int column) {
        return column == 0 ? FIRST_MIN : OTHERS_MIN;
    }
}
