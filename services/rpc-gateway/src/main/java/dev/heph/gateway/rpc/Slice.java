package dev.heph.gateway.rpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A part of a byte array, not copied: one JSON value of a line. */
public record Slice(byte[] bytes, int from, int to) {

    public static Slice of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Slice(bytes, 0, bytes.length);
    }

    public int length() {
        return to - from;
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    public void writeTo(ByteArrayOutputStream out) {
        out.write(bytes, from, length());
    }

    /** Whether a string of it escapes half of a surrogate pair alone, which JSON allows and no text can hold. */
    public boolean hasHalfPair() {
        return Utf8.halfPair(this);
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(bytes, from, length(), StandardCharsets.UTF_8);
    }
}
