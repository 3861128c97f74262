package dev.heph.model.register;

import dev.heph.model.op.Hlc;
import dev.heph.model.op.OpId;

/**
 * One write to a register. Writes are ordered by (hlc, device, seq): the greatest tip is the value shown. A first value given
 * by a create yields to any later write, whatever the stamps say: two devices may both create a tag, and one of them may
 * have renamed it meanwhile.
 *
 * @param initial whether a node.create wrote it
 */
public record Write(OpId op, Hlc hlc, Value value, boolean initial) implements Comparable<Write> {
    @Override
    public int compareTo(Write other) {
        if (initial != other.initial) {
            return initial ? -1 : 1;
        }
        int byHlc = hlc.compareTo(other.hlc);
        return byHlc != 0 ? byHlc : op.compareTo(other.op);
    }
}
