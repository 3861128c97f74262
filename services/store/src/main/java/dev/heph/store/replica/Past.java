package dev.heph.store.replica;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.checklist.Box;
import dev.heph.model.checklist.Checklist;
import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import dev.heph.model.register.Register;
import dev.heph.model.register.Write;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Text;
import dev.heph.model.text.TextException;
import dev.heph.store.db.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Texts as they were, from the log. */
final class Past {
    /** What the versions of a text are made of: edits, and the marks of its checkboxes. */
    private static final Set<String> TEXT_OPS = Set.of("text.edit", "node.set");

    private final Replica replica;
    private final Tx tx;

    Past(Replica replica, Tx tx) {
        this.replica = replica;
        this.tx = tx;
    }

    /** Whether every op that a version ends with is an edit of this very entity. */
    boolean holds(Id id, Version version) {
        return version.seqs().entrySet().stream().allMatch(end -> replica.log()
                .isAbout(tx, new OpId(end.getKey(), end.getValue()), id, TEXT_OPS));
    }

    /**
     * A text with some of its ops.
     *
     * @param included which; with each of them those that it builds on
     * @param occurrence of a recurring task, whose list is a fresh one each time
     */
    Checklist text(Id id, String field, Predicate<OpId> included, Optional<Id> occurrence) {
        Text past = new Text();
        Map<CharId, Register> marks = new HashMap<>();
        for (Bundle bundle : replica.log().bundlesAbout(tx, id, TEXT_OPS)) {
            List<Op> written = bundle.ops();
            for (int index = 0; index < written.size(); index++) {
                OpId op = bundle.opId(index);
                if (!written.get(index).target().equals(id) || !included.test(op)) {
                    continue;
                }
                if (written.get(index) instanceof Op.TextChange change && change.field().equals(field)) {
                    try {
                        past.apply(op, change.edit());
                    } catch (TextException forged) {
                        throw unknownBase();
                    }
                } else if (written.get(index) instanceof Op.NodeSet set) {
                    Write write = new Write(op, bundle.header().hlc(), set.value(), false);
                    Mark.character(set.field())
                            .filter(mark -> Mark.occurrence(set.field()).equals(occurrence))
                            .ifPresent(mark -> marks.put(mark, marks.getOrDefault(mark, Register.EMPTY).with(write, set.seen())));
                }
            }
        }
        return new Checklist(past, mark -> Mark.of(marks.getOrDefault(mark, Register.EMPTY).value()).or(() -> occurrence.map(any -> Box.EMPTY)));
    }

    static HephException unknownBase() {
        return new HephException(Reason.INVALID_PARAMS,
                "the base is not a version of this note that this heph has: load the note again and repeat the change");
    }
}
