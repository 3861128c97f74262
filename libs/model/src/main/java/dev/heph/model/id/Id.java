package dev.heph.model.id;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A 128-bit identity: the bits of a UUID (version 7 when minted, 8 when derived), shown as a 26-letter ULID. Text order,
 * byte order and {@link #compareTo} agree, so for minted ids all three are the order of creation.
 */
public record Id(long high, long low) implements Comparable<Id> {
    /** Bytes of an id on the wire. */
    public static final int BYTES = 16;

    /** Letters of a whole id in text. */
    public static final int LETTERS = 26;

    /** The big-endian form of exactly {@link #BYTES} bytes. */
    public static Id of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an id has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Id(buffer.getLong(), buffer.getLong());
    }

    /** Reads a whole ULID in any case, forgiving the letters that Crockford's alphabet confuses (I, L, O). */
    public static Optional<Id> parse(String text) {
        return Ulid.decode(text);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** Epoch milliseconds in the head of a minted (version 7) id. */
    public long millis() {
        return high >>> 16;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Id id && high == id.high && low == id.low;
    }

    /** By hand, because ids are keys of large maps, and the one a record makes itself is slow without the JVM's second compiler. */
    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }

    @Override
    public int compareTo(Id other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return Ulid.encode(this);
    }
}
