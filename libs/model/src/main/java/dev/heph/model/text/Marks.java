package dev.heph.model.text;

import dev.heph.model.op.OpId;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ops deleted a character and which of those deletes were cancelled. Per op the state only grows: absent, deleted,
 * cancelled. So marks come out equal whatever the order and however often edits arrive. Immutable; shared between items.
 */
final class Marks {
    static final Marks NONE = new Marks(List.of());

    /** One op's delete of the character. */
    record Mark(OpId op, boolean cancelled) {}

    private final List<Mark> marks;
    private final boolean hidden;
    private int hash; // not before it is asked for: most sets of a loaded text are never compared

    private Marks(List<Mark> marks) {
        boolean hides = false;
        for (Mark mark : marks) {
            hides |= !mark.cancelled();
        }
        this.marks = marks;
        this.hidden = hides;
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

    /** Whether an uncancelled delete covers the character. */
    boolean hidden() {
        return hidden;
    }

    Marks deleted(OpId op) {
        return with(new Mark(op, false));
    }

    Marks cancelled(OpId op) {
        return with(new Mark(op, true));
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
