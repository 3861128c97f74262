package dev.heph.model.text;

import java.util.Objects;

/**
 * A run as it stands in a text: consecutive characters of one author that are still next to each other and share their
 * marks. Items are split when something lands inside them; text is never copied for it, it stays with the {@link Author}.
 */
final class Item {
    final Author author;
    final int clock;

    /** The left and right neighbours named by the run that wrote the first character; null for the text's ends. */
    final CharId left;
    final CharId right;

    /** In code points. */
    int length;

    /** The same characters among the author's UTF-16 units: where they start and how many units they are. */
    int from;
    int units;

    Marks marks;

    /** The place in the text, kept by {@link Sequence}. */
    Item previous;
    Item next;
    Sequence.Block block;

    Item(Author author, int clock, int from, int length, int units, CharId left, CharId right, Marks marks) {
        this.author = author;
        this.clock = clock;
        this.from = from;
        this.length = length;
        this.units = units;
        this.left = left;
        this.right = right;
        this.marks = marks;
    }

    CharId id(int offset) {
        return new CharId(author.client, clock + offset);
    }

    CharId last() {
        return id(length - 1);
    }

    int end() {
        return clock + length;
    }

    /** The left neighbour that the character at {@code offset} was written beside. */
    CharId leftOf(int offset) {
        return offset == 0 ? left : id(offset - 1);
    }

    int visibleUnits() {
        return marks.hidden() ? 0 : units;
    }

    /** Visible characters that take two units. */
    int visiblePairs() {
        return marks.hidden() ? 0 : units - length;
    }

    /** UTF-16 units of the first {@code offset} characters. */
    int unitsBefore(int offset) {
        return units == length ? offset : author.unitsBetween(from, offset);
    }

    /** Characters within the first {@code unit} UTF-16 units; refuses to cut a surrogate pair. */
    int offsetAt(int unit) {
        if (units == length) {
            return unit;
        }
        if (author.splitsPair(from + unit)) {
            throw new TextException("a position falls between the halves of a surrogate pair");
        }
        return author.charactersBetween(from, from + unit);
    }

    /** Whether {@code other}, which follows in the text, is the seamless continuation of this item. */
    boolean joins(Item other) {
        return continues(other.author, other.clock, other.left, other.right) && marks.equals(other.marks);
    }

    /** Whether characters from {@code clock} on with these neighbours would merely go on where this item ends. */
    boolean continues(Author writer, int clock, CharId left, CharId right) {
        return author == writer && end() == clock
                && left != null && left.client() == author.client && left.clock() == end() - 1
                && Objects.equals(this.right, right);
    }
}
