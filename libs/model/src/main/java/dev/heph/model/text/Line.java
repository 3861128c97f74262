package dev.heph.model.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A line of markdown as a diff sees it: what it says, apart from how it is indented, marked and ended. So a ticked, an
 * indented and a CRLF line are recognised, and two list items are not alike only because both begin with {@code - [ ]}.
 */
final class Line {
    /** At most: then only a common beginning and end are compared. */
    private static final int MOST_UNITS = 4_096;

    final String content;
    private int[] pairs;

    Line(String text) {
        String line = text.strip();
        int marker = marker(line);
        if (marker > 0) {
            line = line.substring(marker).stripLeading();
            boolean box = line.length() > 2 && line.charAt(0) == '[' && line.charAt(2) == ']';
            line = box ? line.substring(3).stripLeading() : line;
        }
        this.content = line;
    }

    /** Length of a list marker that begins the line: a bullet or a number. */
    private static int marker(String line) {
        int digits = 0;
        while (digits < line.length() && line.charAt(digits) >= '0' && line.charAt(digits) <= '9') {
            digits++;
        }
        boolean marked = digits < line.length() && (digits == 0 ? "-*+" : ".)").indexOf(line.charAt(digits)) >= 0;
        boolean alone = marked
                && (digits + 1 == line.length() || Character.isWhitespace(line.charAt(digits + 1)));
        return alone ? digits + 1 : 0;
    }

    /** Lines with their ends, so that together they are the text again. */
    static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from) + 1;
            end = end == 0 ? text.length() : end;
            lines.add(text.substring(from, end));
            from = end;
        }
        return lines;
    }

    /**
     * From 0, nothing in common, to 1: the share of what they say that is the same, be it the beginning and the end, as
     * when a word was replaced, or pairs of neighbouring letters anywhere, as when words were moved (Dice's coefficient).
     */
    double likeness(Line other) {
        if (content.equals(other.content)) {
            return 1;
        }
        int prefix = Common.prefix(content, other.content);
        int suffix = Common.suffix(content, other.content, prefix);
        double ends = 2.0 * (prefix + suffix) / (content.length() + other.content.length());
        return Math.max(content.length(), other.content.length()) > MOST_UNITS
                ? ends : Math.max(ends, sharedPairs(other));
    }

    private double sharedPairs(Line other) {
        int[] here = pairs();
        int[] there = other.pairs();
        int shared = 0;
        for (int i = 0, j = 0; i < here.length && j < there.length; ) {
            if (here[i] == there[j]) {
                shared++;
                i++;
                j++;
            } else if (here[i] < there[j]) {
                i++;
            } else {
                j++;
            }
        }
        return here.length + there.length == 0 ? 0 : 2.0 * shared / (here.length + there.length);
    }

    private int[] pairs() {
        if (pairs == null) {
            pairs = pairs(content);
        }
        return pairs;
    }

    /** Neighbouring letters, sorted; spaces do not count. */
    private static int[] pairs(String content) {
        int[] pairs = new int[content.length()];
        int count = 0;
        char before = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (!Character.isWhitespace(c)) {
                if (before != 0) {
                    pairs[count++] = before << 16 | c;
                }
                before = c;
            }
        }
        int[] sorted = Arrays.copyOf(pairs, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
