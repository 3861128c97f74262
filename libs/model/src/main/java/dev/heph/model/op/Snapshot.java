package dev.heph.model.op;

import dev.heph.model.id.Id;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a copy of everything in a space says of itself ("snapshot" in docs/design/sync.md): a cache, made by whoever has the space, so
 * that a fresh device need not make everything anew from the log.
 *
 * @param schema of which version its tables are
 * @param mergeVersion which version of the merge made its facts
 * @param epoch of the order of arrival that {@code at} is in
 * @param at up to where it holds that order
 * @param ops how many ops that is
 * @param bytes its length
 * @param hash the SHA-256 of its bytes
 * @param key of the device that made it
 * @param signature that device's, over all the others
 */
public record Snapshot(int schema, int mergeVersion, Id epoch, Point at, long ops, long bytes, Bytes32 hash, Bytes32 key, byte[] signature) {
    public Snapshot {
        signature = signature.clone();
    }

    /** The same, signed. */
    public static Snapshot signed(DeviceKey key, int schema, int mergeVersion, Id epoch, Point at, long ops, long bytes, Bytes32 hash) {
        Snapshot draft = new Snapshot(schema, mergeVersion, epoch, at, ops, bytes, hash, key.publicKey(), new byte[0]);
        return new Snapshot(schema, mergeVersion, epoch, at, ops, bytes, hash, key.publicKey(), key.signSnapshot(draft.claim()));
    }

    /** @throws WireException when it is not signed by the device that it names */
    public void verify() {
        if (!DeviceKey.verifiesSnapshot(key, claim(), signature)) {
            throw new WireException("a snapshot is not signed by who it says has made it");
        }
    }

    private Bytes32 claim() {
        String claim = String.join(" ", "" + schema, "" + mergeVersion, epoch.toString(), "" + at.n(), at.chain().toString(), "" + ops, "" + bytes, hash.toString());
        return Bytes32.sha256(claim.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that && claim().equals(that.claim()) && key.equals(that.key) && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hash, at);
    }
}
