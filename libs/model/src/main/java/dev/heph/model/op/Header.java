package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle tells about itself without its payload: routing, causality and sizes. The payload's types, targets and values
 * are behind {@code payloadHash}, so that a payload can later be sealed or erased without breaking the chain.
 *
 * @param space the constant {@code personal}, or (later) the name of a shared space
 * @param actor who acted, when that is not the device's own key
 * @param firstSeq number of the first op; the ops are {@code firstSeq … firstSeq + count - 1}
 * @param previous hash of this device's bundle before, {@link Bytes32#ZERO} for the first
 * @param heads for every other device that advanced since this device's last bundle, how far it had: a bundle waits until
 *     these are present, and happened-before is read from them
 * @param payloadSize bytes of the payload
 */
public record Header(
        int format,
        String space,
        DeviceId device,
        Optional<Bytes32> actor,
        long firstSeq,
        int count,
        Hlc hlc,
        Bytes32 previous,
        Action action,
        SortedMap<DeviceId, Head> heads,
        Bytes32 payloadHash,
        int payloadSize) {
    /** The format this version writes and applies. */
    public static final int FORMAT = 1;

    /** The space every device has, bound to its user by the hub. */
    public static final String PERSONAL = "personal";

    public Header {
        if (format < 1 || space.isEmpty() || firstSeq < 1 || count < 1 || firstSeq > Long.MAX_VALUE - count) {
            throw new IllegalArgumentException("a part of a bundle's header is out of range");
        }
        if (count > Bundle.MAX_OPS) {
            throw new IllegalArgumentException("a bundle holds at most " + Bundle.MAX_OPS + " ops, not " + count);
        }
        if (payloadSize < 0 || payloadSize > Bundle.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a bundle's payload has at most " + Bundle.MAX_PAYLOAD_BYTES
                    + " bytes, not " + payloadSize);
        }
        if (heads.containsKey(device) || heads.values().stream().anyMatch(head -> head.seq() < 1)) {
            throw new IllegalArgumentException("a bundle's heads are those of other devices that wrote");
        }
        heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
    }

    public long lastSeq() {
        return firstSeq + count - 1;
    }
}
