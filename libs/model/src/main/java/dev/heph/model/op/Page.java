package dev.heph.model.op;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A piece of a hub's order of arrival ("pull" in docs/design/sync.md).
 *
 * @param epoch the hub's
 * @param from the place that the first item comes after
 * @param last how far the hub has got
 * @param acknowledged the hub's head of the device that asked
 * @param signatures for each device of which there are whole bundles, the signature over its last one here
 */
public record Page(Id epoch, Point from, List<Item> items, long last, Head acknowledged, SortedMap<DeviceId, byte[]> signatures) {
    /** What a page holds at most, if who asks takes as much and its first signed piece is not larger by itself. */
    public static final int MAX_OPS = 4 * Parcel.MAX_OPS;

    public static final int MAX_BYTES = 2 * Parcel.MAX_BYTES;

    public Page {
        items = List.copyOf(items);
        signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    }

    /** One bundle in the order of arrival. */
    public sealed interface Item {
        DeviceId device();

        Head head();
    }

    public record Whole(Bundle bundle) implements Item {
        @Override
        public DeviceId device() {
            return bundle.header().device();
        }

        @Override
        public Head head() {
            return bundle.head();
        }
    }

    /** One that the asking device wrote and has. */
    public record Known(DeviceId device, Head head) implements Item {}

    /** Whether the hub has more than this. */
    public boolean more() {
        return from.n() + items.size() < last;
    }

    /** The whole bundles. */
    public Parcel parcel() {
        return new Parcel(
                items.stream().filter(Whole.class::isInstance).map(item -> ((Whole) item).bundle()).toList(), signatures);
    }

    public byte[] write() {
        return PageCodec.encode(this);
    }

    /** @throws WireException when the bytes are no page */
    public static Page read(byte[] bytes) {
        return PageCodec.decodePage(bytes);
    }
}
