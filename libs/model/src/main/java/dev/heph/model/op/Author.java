package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes the bundles of one device in one space: keeps its place in the chain. Not thread-safe: the single writer owns it.
 *
 * <p>A bundle that is made but not kept (its transaction failed) must be forgotten with a new author at the old head.
 */
public final class Author {
    private final String space;
    private final DeviceId device;
    private Head head;

    /** @param head the end of the device's chain so far */
    public Author(String space, DeviceId device, Head head) {
        this.space = space;
        this.device = device;
        this.head = head;
    }

    public Head head() {
        return head;
    }

    /** The id that the {@code index}-th op of the next bundle will have, from 0. */
    public OpId nextOp(int index) {
        return new OpId(device, head.seq() + 1 + index);
    }

    /**
     * The next bundles: one action, as few bundles as the limits of {@link Bundle} allow, all with the same stamp. The author
     * moves on past them.
     *
     * @param action the action's place for the first of these bundles; {@code last} is for the final one
     * @param heads what the first bundle names; the others follow it in the chain
     */
    public List<Bundle> write(Hlc hlc, Action action, SortedMap<DeviceId, Head> heads, List<Op> ops) {
        List<Part> parts = parts(ops);
        List<Bundle> bundles = new ArrayList<>(parts.size());
        for (int index = 0; index < parts.size(); index++) {
            boolean last = action.last() && index == parts.size() - 1;
            Header draft = new Header(Header.FORMAT, space, device, Optional.empty(), head.seq() + 1, parts.get(index).count(),
                    hlc, head.chain(), new Action(action.id(), action.index() + index, last),
                    index == 0 ? heads : Collections.emptySortedMap(), Bytes32.ZERO, 0);
            Bundle bundle = Bundle.write(draft, parts.get(index).count(), parts.get(index).payload());
            head = bundle.head();
            bundles.add(bundle);
        }
        return bundles;
    }

    /** What goes into one bundle. */
    private record Part(int count, byte[] payload) {}

    private List<Part> parts(List<Op> ops) {
        if (ops.size() <= Bundle.MAX_OPS) {
            Part whole = part(ops);
            if (whole.payload().length <= Bundle.MAX_PAYLOAD_BYTES) {
                return List.of(whole);
            }
        }
        List<Part> parts = new ArrayList<>();
        List<Op> part = new ArrayList<>();
        int bytes = 0;
        for (Op op : ops) {
            int size = PayloadCodec.encode(device, List.of(op)).length;
            if (!part.isEmpty() && (part.size() == Bundle.MAX_OPS || bytes + size > Bundle.MAX_PAYLOAD_BYTES)) {
                parts.add(part(part));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(op);
            bytes += size;
        }
        parts.add(part(part));
        return parts;
    }

    private Part part(List<Op> ops) {
        return new Part(ops.size(), PayloadCodec.encode(device, ops));
    }
}
