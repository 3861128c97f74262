package dev.heph.store.query;

import dev.heph.model.id.DerivedId;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Log;
import java.util.Optional;
import java.util.stream.Stream;

/** Who said what the sides of a conflict say which an undo opened again: the undo wrote them anew, in the words of others. */
final class Reopened {
    private final Tx tx;
    private final Log log;

    Reopened(Tx tx, Log log) {
        this.tx = tx;
        this.log = log;
    }

    /** The write that said first what this one says, if this one is an undo's: what it took back was a settling, which had seen that. */
    OpId first(OpId write) {
        return log.op(tx, write)
                .flatMap(back -> seen(back)
                        .filter(seen -> back.action().equals(DerivedId.undo(seen.action())))
                        .flatMap(settling -> settling.op() instanceof Op.NodeSet set ? set.seen().stream() : Stream.empty())
                        .filter(side -> says(side, ((Op.NodeSet) back.op())))
                        .findFirst())
                .map(this::first)
                .orElse(write);
    }

    private Stream<Log.Stamped> seen(Log.Stamped write) {
        return write.op() instanceof Op.NodeSet set ? set.seen().stream().flatMap(seen -> log.op(tx, seen).stream()) : Stream.empty();
    }

    private boolean says(OpId side, Op.NodeSet what) {
        return log.isApplied(tx, side) && log.op(tx, side).flatMap(said -> said.value(what.field())).equals(Optional.of(what.value()));
    }
}
