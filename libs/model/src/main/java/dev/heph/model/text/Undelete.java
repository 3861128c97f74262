package dev.heph.model.text;

import dev.heph.model.op.OpId;
import java.util.Objects;

/**
 * Takes back what one op deleted. Other ops' deletes of the same characters stand, and so does a later delete: an undelete
 * names exactly one op, and what it cancelled stays cancelled.
 */
public record Undelete(OpId cancelled, DeleteRange range) {
    public Undelete {
        Objects.requireNonNull(cancelled, "cancelled");
        Objects.requireNonNull(range, "range");
    }
}
