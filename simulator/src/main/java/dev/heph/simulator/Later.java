package dev.heph.simulator;

import dev.heph.model.op.Bundle;
import dev.heph.model.op.Op;
import dev.heph.model.op.WireException;
import dev.heph.model.register.Field;
import dev.heph.store.replica.Reading;
import java.util.List;
import java.util.function.Predicate;

/** What an older version of heph does not know yet: it neither writes nor reads it. */
enum Later {
    LOGS(op -> op instanceof Op.LogAppend),
    LINKS(op -> op instanceof Op.LinkAdd || op instanceof Op.LinkRemove),
    ATTENTION(op -> op instanceof Op.NodeSet set && set.field().equals(Field.ATTENTION)),

    /** The whole bundle is of a format that it cannot read. */
    FORMAT(op -> op instanceof Op.NodeSet set && set.field().equals(Field.LATE_ON)),

    /** It knows everything. */
    NOTHING(op -> false);

    private final Predicate<Op> isLater;

    Later(Predicate<Op> isLater) {
        this.isLater = isLater;
    }

    boolean isIn(Bundle bundle) {
        return bundle.ops().stream().anyMatch(isLater);
    }

    /** As who does not know it reads. */
    Reading reading() {
        return bundle -> {
            List<Op> ops = bundle.ops();
            if (this == FORMAT && ops.stream().anyMatch(isLater)) {
                throw new WireException("of a later format");
            }
            return ops.stream().map(op -> isLater.test(op) ? new Op.Unknown(op.type(), op.target()) : op).toList();
        };
    }
}
