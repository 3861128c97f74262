package dev.heph.store.query;

import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Log;
import java.util.Optional;

/** Who said what the sides of a conflict say which an undo opened again: the undo wrote them anew, in the words of others. */
final class Reopened {
    private final Tx tx;
    private final Log log;

    Reopened(Tx tx, Log log) {
        this.tx = tx;
        this.log = log;
    }

    /** The write that said first what this one says: what it took back was a settling, which had seen that. */
    OpId first(OpId write) {
        return set(write)
                .flatMap(back -> back.seen().stream()
                        .flatMap(settling -> set(settling).stream())
                        .flatMap(settling -> settling.seen().stream())
                        .filter(side -> log.isApplied(tx, side) && log.op(tx, side).flatMap(said -> said.value(back.field())).equals(Optional.of(back.value())))
                        .findFirst())
                .map(this::first)
                .orElse(write);
    }

    private Optional<Op.NodeSet> set(OpId id) {
        return log.op(tx, id).map(Log.Stamped::op).filter(Op.NodeSet.class::isInstance).map(Op.NodeSet.class::cast);
    }
}
