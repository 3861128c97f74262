package dev.heph.model.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Whole lines that differ between two texts, for people to read.
 *
 * @param line where they stand in the later text, from 1
 * @param before the lines as they were, with their ends; empty when they came
 * @param after as they are; empty when they went
 */
public record Hunk(int line, String before, String after) {
    /** What is to be changed in {@code before} to have {@code after}, from the first line to the last; nothing of equal texts. */
    public static List<Hunk> between(String before, String after) {
        List<Hunk> hunks = new ArrayList<>();
        List<Splice> splices = BodyDiff.between(before, after);
        int shift = 0;
        int line = 1;
        int counted = 0;
        for (int at = 0; at < splices.size(); ) {
            int start = lineStart(before, splices.get(at).position());
            int startAfter = start + shift;
            int end = start;
            // Of one hunk are all splices whose lines touch: each reaches to the end of its last line.
            do {
                Splice splice = splices.get(at++);
                shift += splice.inserted().length() - splice.deleted();
                end = Math.max(end, lineEnd(before, after, splice, shift));
            } while (at < splices.size() && (splices.get(at).position() < end || !startsLine(before, end)));
            line += (int) after.substring(counted, startAfter).chars().filter(unit -> unit == '\n').count();
            counted = startAfter;
            hunks.add(new Hunk(line, before.substring(start, end), after.substring(startAfter, end + shift)));
        }
        return hunks;
    }

    private static int lineStart(String text, int position) {
        return position == 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
    }

    /** Where what a splice changed is over, both before and after it at the end of a line. */
    private static int lineEnd(String before, String after, Splice splice, int shift) {
        int end = splice.end();
        boolean whole = lineStart(before, splice.position()) == splice.position()
                && startsLine(before, end) && startsLine(after, end + shift);
        if (whole) {
            return end;
        }
        int newline = before.indexOf('\n', end);
        return newline < 0 ? before.length() : newline + 1;
    }

    private static boolean startsLine(String text, int position) {
        return position == 0 || text.charAt(position - 1) == '\n';
    }
}
