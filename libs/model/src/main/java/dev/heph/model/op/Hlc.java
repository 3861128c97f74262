package dev.heph.model.op;

import java.nio.ByteBuffer;

/**
 * A hybrid logical clock stamp: epoch milliseconds and a counter. Twelve big-endian bytes whose order is the logical order.
 * It orders and breaks ties; it is never a cursor and never says what was seen.
 */
public record Hlc(long millis, int counter) implements Comparable<Hlc> {
    /** Bytes of a stamp on the wire. */
    public static final int BYTES = 12;

    public static final Hlc ZERO = new Hlc(0, 0);

    public Hlc {
        if (millis < 0 || counter < 0) {
            throw new IllegalArgumentException("a stamp is not negative: " + millis + "." + counter);
        }
    }

    public static Hlc of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a stamp has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Hlc(buffer.getLong(), buffer.getInt());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(millis).putInt(counter).array();
    }

    @Override
    public int compareTo(Hlc other) {
        int byMillis = Long.compare(millis, other.millis);
        return byMillis != 0 ? byMillis : Integer.compare(counter, other.counter);
    }

    /** {@code 1795237200000.3}: for people and JSON; a string, because some readers lose digits of long numbers. */
    @Override
    public String toString() {
        return millis + "." + counter;
    }
}
