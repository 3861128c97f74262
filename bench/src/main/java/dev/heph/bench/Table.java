package dev.heph.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report: a line for each figure, with its goal, its floor, and how far above the floor it is. */
final class Table {
    private static final String NONE = "";

    private record Row(String... cells) {}

    private final Row head;
    private final List<Row> rows = new ArrayList<>();

    /** @param beside what the figures stand beside */
    Table(String beside, String timesBeside) {
        head = new Row("what", "goal", "met", "median", "p99", "max", beside, timesBeside);
    }

    /** A table that has only a figure of heph and one of each peer in a line; see {@link #beside}. */
    static Table of(List<String> peers) {
        List<String> cells = new ArrayList<>(List.of("what", "goal", "met", "heph"));
        cells.addAll(peers);
        return new Table(new Row(cells.toArray(String[]::new)));
    }

    private Table(Row head) {
        this.head = head;
    }

    /**
     * A line of a table {@link #of} peers.
     *
     * @param goal what is to be, or nothing; {@code met} counts only then
     */
    void beside(String what, String goal, boolean met, String heph, List<String> peers) {
        List<String> cells = new ArrayList<>(List.of(what, goal, goal.isEmpty() ? NONE : met ? "yes" : "no", heph));
        cells.addAll(peers);
        add(new Row(cells.toArray(String[]::new)));
    }

    /** @param goalMs what the 99th percentile may be */
    void calls(String what, double goalMs, Samples measured) {
        calls(what, 99, goalMs, measured);
    }

    /** As the above. @param percent of the calls that take no longer than the goal; 50 for the median */
    void calls(String what, int percent, double goalMs, Samples measured) {
        long reached = measured.quantile(percent / 100.0);
        String goal = (percent == 50 ? "median" : "p" + percent) + " ≤ " + plain(goalMs) + " ms";
        String met = met(reached, goalMs) + (percent == 50 || percent == 99 ? "" : ": " + Samples.words(reached));
        add(new Row(what, goal, met, Samples.words(measured.median()), Samples.words(measured.p99()), Samples.words(measured.max()), NONE, NONE));
    }

    /** Figures without a goal or anything beside them. */
    void calls(String what, Samples measured) {
        add(new Row(what, NONE, NONE, Samples.words(measured.median()), Samples.words(measured.p99()), Samples.words(measured.max()), NONE, NONE));
    }

    /** @param goalMs what the 99th percentile may be; 0 for a figure without a goal */
    void calls(String what, double goalMs, Samples measured, Samples floor) {
        String goal = goalMs == 0 ? NONE : "p99 ≤ " + plain(goalMs) + " ms";
        add(new Row(what, goal, met(measured.p99(), goalMs), Samples.words(measured.median()), Samples.words(measured.p99()),
                Samples.words(measured.max()), Samples.words(floor.median()), ratio(measured.median(), floor.median())));
    }

    /** One long piece of work, or the median of some. */
    void time(String what, double goalMs, long nanos, long floorNanos) {
        String goal = goalMs == 0 ? NONE : "≤ " + Samples.words(Math.round(goalMs * 1e6));
        add(new Row(what, goal, met(nanos, goalMs), Samples.words(nanos), NONE, NONE,
                floorNanos == 0 ? NONE : Samples.words(floorNanos), floorNanos == 0 ? NONE : ratio(nanos, floorNanos)));
    }

    void memory(String what, double goalMb, long kib) {
        String goal = goalMb == 0 ? NONE : "≤ " + plain(goalMb) + " MB";
        double mb = kib * 1024 / 1e6;
        add(new Row(what, goal, met(mb * 1e6, goalMb), plain(mb) + " MB", NONE, NONE, NONE, NONE));
    }

    void fact(String what, String value) {
        add(new Row(what, NONE, NONE, value, NONE, NONE, NONE, NONE));
    }

    private void add(Row row) {
        rows.add(row);
        System.err.printf("  %s: %s %s%n", row.cells()[0], row.cells()[3], row.cells()[4]);
    }

    private static String met(double value, double goalInMillions) {
        return goalInMillions == 0 ? NONE : value <= goalInMillions * 1e6 ? "yes" : "no";
    }

    private static String ratio(long measured, long floor) {
        return String.format(Locale.ROOT, measured >= 10 * floor ? "%.0f" : measured < floor ? "%.2f" : "%.1f", (double) measured / floor);
    }

    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    /** As a table in markdown, its columns aligned so that it can be read as it is. */
    String markdown() {
        List<Row> all = new ArrayList<>(rows);
        all.addFirst(head);
        int[] widths = new int[head.cells().length];
        for (Row row : all) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.cells()[column].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < all.size(); at++) {
            for (int column = 0; column < widths.length; column++) {
                String cell = all.get(at).cells()[column];
                String space = " ".repeat(widths[column] - cell.length());
                text.append("| ").append(column < 3 ? cell + space : space + cell).append(' ');
            }
            text.append("|\n");
            if (at == 0) {
                for (int column = 0; column < widths.length; column++) {
                    text.append('|').append("-".repeat(widths[column] + 1)).append(column < 3 ? '-' : ':');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
