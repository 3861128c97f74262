package dev.heph.store.facts;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Edit;
import dev.heph.model.merge.Sparing;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.register.Field;
import dev.heph.model.register.Register;
import dev.heph.model.register.Value;
import dev.heph.model.register.Write;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextException;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Log;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Texts as they were, brought back from the log: what somebody's buffer was loaded with. */
public final class TextHistory {
    /** What the versions of a text are made of: edits, and the marks of its checkboxes. */
    private static final Set<String> TEXT_OPS = Set.of("text.edit", "node.set");

    private final Tx tx;
    private final Log log;

    public TextHistory(Tx tx, Log log) {
        this.tx = tx;
        this.log = log;
    }

    /** Whether every op that a version ends with is an edit of this very entity, and counts. */
    public boolean has(Id id, Version version) {
        return version.seqs().entrySet().stream().map(end -> new OpId(end.getKey(), end.getValue()))
                .allMatch(op -> log.isAbout(tx, op, id, TEXT_OPS) && log.isApplied(tx, op));
    }

    /** The last op of a device, up to a number, that made a version of a text: its number, 0 if there is none. */
    public long last(Id id, String field, DeviceId device, long upTo) {
        long[] last = new long[1];
        each(id, (bundle, op, does) -> {
            if (op.device().equals(device) && op.seq() <= upTo && isOf(does, field) && log.isApplied(tx, op)) {
                last[0] = Math.max(last[0], op.seq());
            }
        });
        return last[0];
    }

    /**
     * A text with some of its ops, from the log: as it was at an earlier version, or as it stands elsewhere.
     *
     * @param included which; with each of them those that it builds on
     */
    public Checklist with(Id id, String field, Predicate<OpId> included, Optional<Id> occurrence) {
        Text past = new Text();
        Sparing sparing = new Sparing(op -> log.past(tx, op));
        Map<OpId, Edit> waiting = new LinkedHashMap<>();
        Map<CharId, Register> marks = new HashMap<>();
        each(id, (bundle, op, written) -> {
            if (!included.test(op)) {
                return;
            }
            if (written instanceof Op.TextChange change && change.field().equals(field)) {
                Edit edit = Edit.of(op, bundle.header().action().id(), change);
                if (!fits(past, sparing, edit)) {
                    waiting.put(op, edit);
                }
            } else if (written instanceof Op.NodeSet(Id target, Field of, Value value, List<OpId> seen)) {
                Write write = new Write(op, bundle.header().hlc(), value, false);
                Mark.character(of).filter(mark -> Mark.occurrence(of).equals(occurrence))
                        .ifPresent(mark -> marks.put(mark, marks.getOrDefault(mark, Register.EMPTY).with(write, seen)));
            }
        });
        applyLater(past, sparing, waiting);
        return new Checklist(past, mark -> Mark.of(marks.getOrDefault(mark, Register.EMPTY).value()).or(() -> occurrence.map(any -> Box.EMPTY)));
    }

    private static boolean fits(Text past, Sparing sparing, Edit edit) {
        try {
            past.apply(edit.op(), edit.edit());
            sparing.applied(past, edit);
            return true;
        } catch (TextException misfit) {
            return false;
        }
    }

    /**
     * Two devices may have written the same characters: where only one's are included, they can come after what builds on them, as it came here. So
     * which edits fit does not depend on the order in which they came.
     */
    private void applyLater(Text past, Sparing sparing, Map<OpId, Edit> waiting) {
        boolean more = true;
        while (more) {
            more = waiting.entrySet().removeIf(edit -> fits(past, sparing, edit.getValue()));
        }
        // One that did not fit when it came either is no part of any version.
        if (waiting.keySet().stream().anyMatch(op -> log.isApplied(tx, op))) {
            throw unknownBase();
        }
    }

    /** Somebody who looks at the ops of a text and its checkboxes. */
    public interface Reader {
        void read(Bundle bundle, OpId op, Op does);
    }

    /** Shows the ops about an entity that its texts and fields are made of, in the order of arrival. */
    public void each(Id id, Reader reader) {
        for (Bundle bundle : log.bundlesAbout(tx, id, TEXT_OPS)) {
            List<Op> written = bundle.ops();
            for (int index = 0; index < written.size(); index++) {
                if (written.get(index).target().equals(id)) {
                    reader.read(bundle, bundle.opId(index), written.get(index));
                }
            }
        }
    }

    /** Whether an op makes a version of this text. */
    public static boolean isOf(Op op, String field) {
        return switch (op) {
            case Op.TextChange change -> change.field().equals(field);
            case Op.NodeSet set -> field.equals(Mark.TEXT) && Mark.character(set.field()).isPresent();
            default -> false;
        };
    }

    public static HephException unknownBase() {
        return new HephException(Reason.INVALID_PARAMS,
                "the base is not a version of this note that this heph has: load the note again and repeat the change");
    }
}
