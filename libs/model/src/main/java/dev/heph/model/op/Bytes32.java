package dev.heph.model.op;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Thirty-two bytes with value equality: a SHA-256 hash or an Ed25519 public key. */
public record Bytes32(long a, long b, long c, long d) {
    public static final int BYTES = 32;

    /** What a chain starts from. */
    public static final Bytes32 ZERO = new Bytes32(0, 0, 0, 0);

    public static Bytes32 of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("expected " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Bytes32(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** @throws IllegalArgumentException when it has not 64 hexadecimal digits */
    public static Bytes32 parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    public static Bytes32 sha256(byte[] bytes) {
        return of(sha256().digest(bytes));
    }

    /** For what comes in pieces. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
