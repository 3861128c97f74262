package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Bundles on their way to another replica, of one or several devices, each after those that its author had seen.
 *
 * @param signatures for each device in it the signature over its last bundle here; that covers those before
 */
public record Parcel(List<Bundle> bundles, SortedMap<DeviceId, byte[]> signatures) {
    /** What a parcel holds at most, if its first signed piece is not larger by itself. */
    public static final int MAX_OPS = Bundle.MAX_OPS;

    public static final int MAX_BYTES = Bundle.MAX_PAYLOAD_BYTES;

    public Parcel {
        bundles = List.copyOf(bundles);
        signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    }

    public boolean isEmpty() {
        return bundles.isEmpty();
    }

    public byte[] write() {
        return PageCodec.encode(this);
    }

    /** @throws WireException when the bytes are no parcel, or hold more than one may */
    public static Parcel read(byte[] bytes) {
        return PageCodec.decodeParcel(bytes);
    }

    /**
     * Checks that the bundles of each device follow each other without a gap and that it signed the last.
     *
     * @param keys the keys of the devices that are known; the others must begin here, with a bundle that introduces them
     * @throws WireException saying what is wrong; nothing of the parcel may then be used
     */
    public void verify(Function<DeviceId, Optional<Bytes32>> keys) {
        byDevice().forEach((device, ofDevice) -> {
            byte[] signature = signatures.get(device);
            if (signature == null) {
                throw new WireException("what came of device " + device + " is not signed");
            }
            Segment segment = new Segment(ofDevice, signature);
            Header first = segment.firstHeader();
            segment.verify(new Head(first.firstSeq() - 1, first.previous()), keys.apply(device).or(segment::introduction)
                    .orElseThrow(() -> new WireException("device " + device + " has not introduced itself")));
        });
    }

    /** The bundles of each device, in their order. */
    public Map<DeviceId, List<Bundle>> byDevice() {
        Map<DeviceId, List<Bundle>> byDevice = new LinkedHashMap<>();
        bundles.forEach(bundle -> byDevice.computeIfAbsent(bundle.header().device(), none -> new ArrayList<>()).add(bundle));
        return byDevice;
    }

    /** How many ops are in it. */
    public int ops() {
        return bundles.stream().mapToInt(bundle -> bundle.header().count()).sum();
    }
}
