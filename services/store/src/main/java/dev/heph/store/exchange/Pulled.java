package dev.heph.store.exchange;

import dev.heph.model.id.DeviceId;
import dev.heph.model.op.Bundle;
import dev.heph.model.op.Page;
import dev.heph.model.op.Parcel;
import dev.heph.model.op.Point;
import dev.heph.model.op.WireException;
import dev.heph.store.db.Tx;
import dev.heph.store.log.Devices;
import dev.heph.store.log.Log;
import dev.heph.store.log.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A page that came from the hub: checked as a whole, taken in slices. */
public final class Pulled {
    /** Who writes meanwhile waits for the end of a slice. */
    private static final int SLICE_OPS = 100;

    private final Page page;

    public Pulled(Page page) {
        this.page = page;
    }

    /** How a page stands to what is here. */
    public enum Fit {
        /** It goes on where the last one ended. */
        NEXT,
        /** It goes on elsewhere, or another hub does: that has lost something, or never had it. */
        REWOUND,
        /** Of what this device wrote it has another version: to be asked for with everything whole. */
        OWN_DIFFERS
    }

    /** @throws WireException when something in it is forged or does not belong together */
    public Pulled verified(Tx tx, Space space) {
        Devices devices = new Devices(space);
        page.parcel().verify(device -> devices.key(tx, device));
        return this;
    }

    /** @throws WireException when it is not what was asked for */
    public Fit check(Tx tx, HubLink link, Log log) {
        for (Page.Item item : page.items()) {
            if (item instanceof Page.Known(DeviceId device, var head) && !log.chainAt(tx, device, head.seq()).equals(Optional.of(head.chain()))) {
                return Fit.OWN_DIFFERS;
            }
        }
        HubLink.State state = link.require(tx);
        if (!page.from().equals(Point.START) && !link.places(tx).contains(page.from())) {
            throw new WireException("the hub goes on from a place that was not asked for");
        }
        return state.at().equals(page.from()) && state.epoch().equals(Optional.of(page.epoch())) ? Fit.NEXT : Fit.REWOUND;
    }

    /**
     * A piece of the page, of which a transaction takes one or several.
     *
     * @param parcel its whole bundles, with those signatures that belong to a bundle in it
     * @param to the place after it
     */
    public record Slice(Point from, Parcel parcel, Point to, boolean last) {}

    /** The slices, in their order; one without bundles when the page is empty. */
    public List<Slice> slices() {
        Map<DeviceId, Bundle> lasts = new HashMap<>();
        page.parcel().bundles().forEach(bundle -> lasts.put(bundle.header().device(), bundle));
        List<Slice> slices = new ArrayList<>();
        List<Bundle> bundles = new ArrayList<>();
        Point from = page.from();
        Point at = from;
        int ops = 0;
        for (Page.Item item : page.items()) {
            int more = item instanceof Page.Whole(Bundle bundle) ? bundle.header().count() : 0;
            if (ops > 0 && ops + more > SLICE_OPS) {
                slices.add(new Slice(from, parcel(bundles, lasts), at, false));
                bundles.clear();
                from = at;
                ops = 0;
            }
            if (item instanceof Page.Whole(Bundle bundle)) {
                bundles.add(bundle);
            }
            ops += more;
            at = at.next(item.head().chain());
        }
        slices.add(new Slice(from, parcel(bundles, lasts), at, true));
        return slices;
    }

    private Parcel parcel(List<Bundle> bundles, Map<DeviceId, Bundle> lasts) {
        SortedMap<DeviceId, byte[]> signatures = new TreeMap<>();
        bundles.stream().filter(bundle -> lasts.get(bundle.header().device()) == bundle)
                .forEach(bundle -> signatures.put(bundle.header().device(), page.signatures().get(bundle.header().device())));
        return new Parcel(bundles, signatures);
    }

    public Page page() {
        return page;
    }
}
