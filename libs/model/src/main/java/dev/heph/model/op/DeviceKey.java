package dev.heph.model.op;

import dev.heph.model.id.DerivedId;
import dev.heph.model.id.DeviceId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A device's Ed25519 key (RFC 8032). Its public half is the device's actor id; the device id is derived from it. */
public final class DeviceKey {
    /** Bytes of the secret half: the seed. */
    public static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

    private static final byte[] CONTEXT = "heph/segment/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SNAPSHOT = "heph/snapshot/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADMISSION = "heph/admission/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "heph/key-after/1\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] seed;
    private final Bytes32 publicKey;
    private final DeviceId device;

    /** @param seed 32 unpredictable bytes, to be kept secret */
    public DeviceKey(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a device key has " + SEED_BYTES + " bytes, not " + seed.length);
        }
        this.seed = seed.clone();
        byte[] derived = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(this.seed, 0, derived, 0);
        this.publicKey = Bytes32.of(derived);
        this.device = DerivedId.device(derived);
    }

    public Bytes32 publicKey() {
        return publicKey;
    }

    public DeviceId device() {
        return device;
    }

    /** The secret half, 32 bytes: for where it is kept. */
    public byte[] seed() {
        return seed.clone();
    }

    /**
     * The key that follows from this one and a chain that it has signed: who has both comes to the same one, nobody else to any. Its seed is the SHA-256
     * of "heph/key-after/1", a line feed, this seed and the chain's hash.
     */
    public DeviceKey after(Bytes32 chain) {
        return new DeviceKey(Bytes32.sha256(joined(AFTER, seed, chain.bytes())).bytes());
    }

    /** Signs the chain up to and including {@code chain}. */
    byte[] sign(Bytes32 chain) {
        return sign(CONTEXT, chain);
    }

    /** Signs what a snapshot says of itself. */
    byte[] signSnapshot(Bytes32 claim) {
        return sign(SNAPSHOT, claim);
    }

    /** Signs who was let in, and when. */
    byte[] signAdmission(Bytes32 claim) {
        return sign(ADMISSION, claim);
    }

    static boolean verifiesAdmission(Bytes32 publicKey, Bytes32 claim, byte[] signature) {
        return verifies(ADMISSION, publicKey, claim, signature);
    }

    /** Whether {@code signature} is {@code publicKey}'s over {@code chain}. */
    static boolean verifies(Bytes32 publicKey, Bytes32 chain, byte[] signature) {
        return verifies(CONTEXT, publicKey, chain, signature);
    }

    static boolean verifiesSnapshot(Bytes32 publicKey, Bytes32 claim, byte[] signature) {
        return verifies(SNAPSHOT, publicKey, claim, signature);
    }

    /** @param context keeps a signature over one thing from being taken for one over another */
    private byte[] sign(byte[] context, Bytes32 hash) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        byte[] message = joined(context, hash.bytes());
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    private static boolean verifies(byte[] context, Bytes32 publicKey, Bytes32 hash, byte[] signature) {
        byte[] message = joined(context, hash.bytes());
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, publicKey.bytes(), 0, message, 0, message.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
