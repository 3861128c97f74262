package dev.heph.model.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything one client ever wrote into a text, in the order of its clock. Deleted text stays: an undelete needs it. So
 * items need no strings of their own, and a character is found by its id in logarithmic time.
 */
final class Author {
    final long client;
    private char[] chars;
    private int units;
    private int next;
    private final List<Item> items = new ArrayList<>();

    Author(long client) {
        this.client = client;
        this.chars = new char[16];
    }

    /** An author restored from everything it wrote; its items follow by {@link #restore}. */
    Author(long client, String written) {
        this.client = client;
        this.chars = written.toCharArray();
        this.units = chars.length;
        this.next = written.codePointCount(0, units);
    }

    /** The clock of its next character. */
    int next() {
        return next;
    }

    int units() {
        return units;
    }

    /** Appends text to what it wrote, as yet in no item; gives the length in code points. */
    int write(String text) {
        int end = Math.addExact(units, text.length());
        if (end > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(end, chars.length + (chars.length >> 1)));
        }
        text.getChars(0, text.length(), chars, units);
        int length = Character.codePointCount(chars, units, text.length());
        units = end;
        next += length;
        return length;
    }

    /** Forgets what was written from {@code clock} on, and takes its items out of the text. */
    void retract(int clock, int toUnits, Sequence sequence) {
        while (!items.isEmpty() && items.getLast().clock >= clock) {
            sequence.remove(items.removeLast());
        }
        if (!items.isEmpty() && items.getLast().end() > clock) {
            Item last = items.getLast();
            sequence.extend(last, clock - last.end(), toUnits - last.from - last.units);
        }
        next = clock;
        units = toUnits;
    }

    void add(Item item) {
        items.add(item);
    }

    boolean showsAll() {
        return items.stream().noneMatch(item -> item.marks.hidden());
    }

    /** The item that holds the character with this clock, which must have been written. */
    Item at(int clock) {
        return items.get(indexAt(clock));
    }

    private int indexAt(int clock) {
        int low = 0;
        int high = items.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (items.get(middle).clock <= clock) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    void addAfter(Item item, Item split) {
        items.add(indexAt(item.clock) + 1, split);
    }

    /**
     * Takes the items of a saved text, in any order, with their clocks and lengths, and fills in their UTF-16 ranges, after
     * checking that they cover everything written exactly once.
     */
    void restore(List<Item> bare) {
        Item[] byClock = new Item[next]; // in their order without sorting: a long text has tens of thousands
        for (Item item : bare) {
            if (item.clock >= next || byClock[item.clock] != null) {
                throw uncovered();
            }
            byClock[item.clock] = item;
        }
        int from = 0;
        for (int clock = 0; clock < next; clock = items.getLast().end()) {
            Item item = byClock[clock];
            if (item == null || item.length > next - clock) {
                throw uncovered();
            }
            item.from = from;
            item.units = unitsBetween(from, item.length);
            from += item.units;
            items.add(item);
        }
        if (items.size() != bare.size()) {
            throw uncovered();
        }
    }

    private TextException uncovered() {
        return new TextException("the saved items of client " + client + " do not cover its text");
    }

    /** UTF-16 units of the {@code length} characters that start at unit {@code from}. */
    int unitsBetween(int from, int length) {
        return units == next ? length : Character.offsetByCodePoints(chars, 0, units, from, length) - from;
    }

    int charactersBetween(int from, int to) {
        return units == next ? to - from : Character.codePointCount(chars, from, to - from);
    }

    boolean splitsPair(int unit) {
        return unit > 0 && unit < units
                && Character.isLowSurrogate(chars[unit]) && Character.isHighSurrogate(chars[unit - 1]);
    }

    /** Everything it wrote. */
    String written() {
        return new String(chars, 0, units);
    }

    /** The characters of one of its items from {@code offset} on. */
    String written(Item item, int offset) {
        int skipped = item.unitsBefore(offset);
        return new String(chars, item.from + skipped, item.units - skipped);
    }

    /** Appends the characters of one of its items. */
    void appendTo(StringBuilder out, Item item) {
        out.append(chars, item.from, item.units);
    }

    /** Whether the units from {@code from} on are this text. */
    boolean wrote(int from, String text) {
        return from + text.length() <= units
                && Arrays.equals(chars, from, from + text.length(), text.toCharArray(), 0, text.length());
    }
}
