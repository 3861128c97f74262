package dev.heph.store.history;

import dev.heph.model.id.Id;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.Op;
import dev.heph.model.op.OpId;

/**
 * An op of the log that took effect.
 *
 * @param bundle the number of its bundle's first op
 * @param at the stamp of its bundle
 */
record Happened(OpId id, Op op, long bundle, Hlc at, Id action) {
    /** The first op of its bundle: what its author had seen is known of that. */
    OpId first() {
        return new OpId(id.device(), bundle);
    }
}
