package dev.heph.model.op;

import dev.heph.model.id.DerivedId;
import java.util.List;
import java.util.Optional;

/**
 * A gap-free run of one device's bundles in one space with one signature over its end, the unit that travels between
 * replicas. Signing the end of the chain covers every bundle in it at a fraction of the cost of signing each.
 */
public record Segment(List<Bundle> bundles, byte[] signature) {
    public Segment {
        if (bundles.isEmpty()) {
            throw new IllegalArgumentException("a segment holds at least one bundle");
        }
        bundles = List.copyOf(bundles);
        signature = signature.clone();
    }

    public static Segment sign(List<Bundle> bundles, DeviceKey key) {
        return new Segment(bundles, key.sign(bundles.getLast().chain()));
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    public Header firstHeader() {
        return bundles.getFirst().header();
    }

    /** The key in the segment's own first op, when the segment begins the chain. */
    public Optional<Bytes32> introduction() {
        Bundle first = bundles.getFirst();
        return first.header().firstSeq() == 1 && first.ops().getFirst() instanceof Op.DeviceEnrol(Bytes32 key, String name)
                ? Optional.of(key)
                : Optional.empty();
    }

    /** The end of the chain after this segment. */
    public Head head() {
        return bundles.getLast().head();
    }

    /**
     * Checks that this segment continues the chain at {@code from} without a gap, that its bundles are all of one device and
     * space, and that {@code publicKey} is that device's and signed the end.
     *
     * @throws WireException saying what is wrong; nothing of the segment may then be used
     */
    public void verify(Head from, Bytes32 publicKey) {
        Header first = firstHeader();
        Head at = from;
        for (Bundle bundle : bundles) {
            Header header = bundle.header();
            if (!header.device().equals(first.device()) || !header.space().equals(first.space())) {
                throw new WireException("a segment holds bundles of one device and space, this one of several");
            }
            if (header.firstSeq() != at.seq() + 1 || !header.previous().equals(at.chain())) {
                throw new WireException("bundle " + header.device() + ":" + header.firstSeq()
                        + " does not continue the chain at " + at.seq());
            }
            at = bundle.head();
        }
        if (!DerivedId.device(publicKey.bytes()).equals(first.device())) {
            throw new WireException("the key is not that of device " + first.device());
        }
        if (!DeviceKey.verifies(publicKey, at.chain(), signature)) {
            throw new WireException("the signature of device " + first.device() + " at " + at.seq() + " does not fit");
        }
    }
}
