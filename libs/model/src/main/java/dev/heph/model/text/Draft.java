package dev.heph.model.text;

import java.util.ArrayList;
import java.util.List;

/** A local change being put into the words of a {@link TextEdit}: positions become character names. Changes nothing. */
final class Draft {
    private final Sequence sequence;
    private final List<Run> runs = new ArrayList<>();
    private final List<DeleteRange> deletes = new ArrayList<>();

    Draft(Sequence sequence) {
        this.sequence = sequence;
    }

    TextEdit edit(long client, long clock, List<Splice> splices) {
        for (Splice splice : Splice.joined(splices)) {
            if (splice.position() > sequence.visible() || splice.deleted() > sequence.visible() - splice.position()) {
                throw new TextException("a splice of " + splice.position() + " to " + splice.end()
                        + " is outside the text, which has " + sequence.visible() + " units");
            }
            add(splice);
        }
        return new TextEdit(client, clock, runs, deletes, List.of());
    }

    private void add(Splice splice) {
        Sequence.Spot start = sequence.find(splice.position());
        Item item = start.item();
        int offset = item == null ? 0 : item.offsetAt(start.unit());
        int unit = start.unit();
        int remaining = splice.deleted();
        while (remaining > 0) {
            int taken = Math.min(remaining, item.visibleUnits() - unit);
            if (taken > 0) {
                int end = item.offsetAt(unit + taken);
                delete(item, offset, end);
                offset = end;
                unit += taken;
                remaining -= taken;
            }
            if (remaining > 0) {
                item = item.next;
                offset = 0;
                unit = 0;
            }
        }
        if (!splice.inserted().isEmpty()) {
            insert(item, offset, splice.inserted());
        }
    }

    /** New text goes right in front of the next visible character, behind whatever deleted text stands there. */
    private void insert(Item item, int offset, String text) {
        Item next = item;
        int at = offset;
        while (next != null && (next.marks.hidden() || at == next.length)) {
            next = next.next;
            at = 0;
        }
        if (next == null) {
            runs.add(new Run(sequence.last() == null ? null : sequence.last().last(), null, text));
        } else {
            CharId left = at > 0 ? next.id(at - 1) : next.previous == null ? null : next.previous.last();
            runs.add(new Run(left, next.id(at), text));
        }
    }

    private void delete(Item item, int from, int to) {
        DeleteRange before = deletes.isEmpty() ? null : deletes.getLast();
        if (before != null && before.client() == item.author.client && before.end() == item.clock + from) {
            deletes.removeLast();
            deletes.add(new DeleteRange(before.client(), before.clock(), before.length() + to - from));
        } else {
            deletes.add(new DeleteRange(item.author.client, item.clock + from, to - from));
        }
    }
}
