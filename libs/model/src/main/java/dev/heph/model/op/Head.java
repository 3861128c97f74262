package dev.heph.model.op;

import java.util.Arrays;

/** The end of one device's chain as somebody knows it: the last op's number and the hash of the bundle that holds it. */
public record Head(long seq, Bytes32 chain) implements Comparable<Head> {
    /** Where every chain begins. */
    public static final Head START = new Head(0, Bytes32.ZERO);

    @Override
    public int compareTo(Head other) {
        int bySeq = Long.compare(seq, other.seq);
        return bySeq != 0 ? bySeq : Arrays.compareUnsigned(chain.bytes(), other.chain.bytes());
    }
}
