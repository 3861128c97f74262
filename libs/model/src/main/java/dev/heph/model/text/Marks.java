package dev.heph.model.text;

import dev.heph.model.op.OpId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which ops deleted a character and which of those deletes were cancelled. Per op the state only grows: absent, deleted,
 * cancelled. So marks come out equal whatever the order and however often edits arrive. Immutable; shared between items.
 */
final class Marks {
    static final Marks NONE = new Marks(List.of());

    /**
     * One op's delete of the character.
     *
     * @param spared the ops for whose writing of the character the delete does not count, in ascending order; none once it is cancelled
     */
    record Mark(OpId op, boolean cancelled, List<OpId> spared) {
        Mark {
            spared = cancelled ? List.of() : List.copyOf(spared);
        }

        Mark(OpId op, boolean cancelled) {
            this(op, cancelled, List.of());
        }

        private Mark sparing(OpId writer) {
            return new Mark(op, cancelled, Stream.concat(spared.stream(), Stream.of(writer)).distinct().sorted().toList());
        }
    }

    private final List<Mark> marks;
    private final boolean hidden;
    private int hash; // not before it is asked for: most sets of a loaded text are never compared

    private Marks(List<Mark> marks) {
        this.marks = marks;
        this.hidden = hides(marks);
    }

    /** A delete stands, and no one's writing is spared by all that do. */
    private static boolean hides(List<Mark> marks) {
        boolean stands = false;
        List<OpId> shown = List.of();
        for (Mark mark : marks) {
            if (!mark.cancelled()) {
                shown = stands ? shown.stream().filter(mark.spared()::contains).toList() : mark.spared();
                stands = true;
            }
        }
        return stands && shown.isEmpty();
    }

    /** From marks in ascending order of their ops, each op once. */
    static Marks of(List<Mark> marks) {
        for (int i = 1; i < marks.size(); i++) {
            if (marks.get(i - 1).op().compareTo(marks.get(i).op()) >= 0) {
                throw new TextException("delete marks are out of order");
            }
        }
        return marks.isEmpty() ? NONE : new Marks(List.copyOf(marks));
    }

    List<Mark> list() {
        return marks;
    }

    /** Whether deletes that stand cover the character, for everyone who wrote it. */
    boolean hidden() {
        return hidden;
    }

    Marks deleted(OpId op) {
        return with(new Mark(op, false));
    }

    Marks cancelled(OpId op) {
        return with(new Mark(op, true));
    }

    /** These marks, where a delete that stands does not count for who else wrote the character ({@link Text#spare}). */
    Marks spared(OpId delete, OpId writer) {
        Marks spared = new Marks(marks.stream().map(mark -> mark.op().equals(delete) ? mark.sparing(writer) : mark).toList());
        return spared.equals(this) ? this : spared;
    }

    /** These marks joined with one more; the same object if it says nothing new. */
    private Marks with(Mark mark) {
        int at = 0;
        while (at < marks.size() && marks.get(at).op().compareTo(mark.op()) < 0) {
            at++;
        }
        boolean known = at < marks.size() && marks.get(at).op().equals(mark.op());
        if (known && (marks.get(at).cancelled() || !mark.cancelled())) {
            return this;
        }
        List<Mark> more = new ArrayList<>(marks);
        if (known) {
            more.set(at, mark);
        } else {
            more.add(at, mark);
        }
        return new Marks(List.copyOf(more));
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Marks that && hashCode() == that.hashCode() && marks.equals(that.marks);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = marks.hashCode();
        }
        return hash;
    }
}
