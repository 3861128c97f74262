package dev.heph.store.log;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Bytes32;
import dev.heph.model.op.Head;
import dev.heph.model.op.Header;
import dev.heph.model.op.Point;
import dev.heph.model.op.Segment;
import dev.heph.model.op.WireException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Follows the chains of a log, from its first bundle to its last, in the order of arrival. */
public final class Chains {
    /** @param key the one with which it introduced itself */
    private record Ends(Optional<Bytes32> key, Bundle last) {}

    private final Map<DeviceId, Ends> devices = new TreeMap<>();
    private Point at = Point.START;
    private long ops;

    /**
     * Takes the next bundle.
     *
     * @throws WireException when it does not continue its device's chain
     */
    public void take(Bundle bundle) {
        DeviceId device = bundle.header().device();
        Ends before = devices.get(device);
        boolean follows = before == null
                ? bundle.header().firstSeq() == 1
                : bundle.header().firstSeq() == before.last().header().lastSeq() + 1 && bundle.header().previous().equals(before.last().chain());
        if (!follows) {
            throw new WireException(bundle + " does not continue its device's chain");
        }
        devices.put(device, new Ends(before == null ? new Segment(List.of(bundle), new byte[0]).introduction() : before.key(), bundle));
        at = at.next(bundle.chain());
        ops += bundle.header().count();
    }

    /** @throws WireException when the next bundle had seen what is not before it: on a hub nothing comes in before what its author had seen */
    public void requireSeen(Bundle bundle) {
        bundle.header().heads().forEach((other, head) -> {
            if (!devices.containsKey(other) || devices.get(other).last().header().lastSeq() < head.seq()) {
                throw new WireException(bundle + " had seen of device " + other + " what is not before it");
            }
        });
    }

    /** How many bundles, as a place in the order of arrival. */
    public Point at() {
        return at;
    }

    public long ops() {
        return ops;
    }

    /** Whoever wrote any of them, with the last of it. */
    public Map<DeviceId, Bundle> lasts() {
        Map<DeviceId, Bundle> lasts = new TreeMap<>();
        devices.forEach((device, ends) -> lasts.put(device, ends.last()));
        return lasts;
    }

    /**
     * Checks a device's signature over the last of its bundles, which covers all of them.
     *
     * @throws WireException when it is another's, or the device never introduced itself
     */
    public void verify(DeviceId device, byte[] signature) {
        Ends ends = devices.get(device);
        Header last = ends.last().header();
        new Segment(List.of(ends.last()), signature).verify(new Head(last.firstSeq() - 1, last.previous()),
                ends.key().orElseThrow(() -> new WireException("device " + device + " has not introduced itself")));
    }
}
