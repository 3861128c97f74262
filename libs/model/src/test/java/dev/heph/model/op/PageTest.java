package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** "Page" in docs/design/wire-format.md, "the order of arrival" in docs/design/sync.md. */
class PageTest {
    private static final DeviceKey LAPTOP = Devices.key("laptop");
    private static final DeviceKey PHONE = Devices.key("phone");
    private static final Id NODE = new Id(1, 1);

    private static List<Bundle> chain(DeviceKey key, int bundles) {
        Author author = new Author(Header.PERSONAL, key.device(), Head.START);
        List<Bundle> chain = new ArrayList<>();
        for (int i = 0; i < bundles; i++) {
            List<Op> ops = List.of(i == 0 ? new Op.DeviceEnrol(key.publicKey(), "a device") : new Op.Tombstone(NODE));
            chain.addAll(author.write(new Hlc(i, 0), Action.single(NODE), Collections.emptySortedMap(), ops));
        }
        return chain;
    }

    /** Of two devices, in turn. */
    static Parcel parcel() {
        List<Bundle> laptop = chain(LAPTOP, 2);
        List<Bundle> phone = chain(PHONE, 2);
        return new Parcel(List.of(laptop.get(0), phone.get(0), laptop.get(1), phone.get(1)), signed(laptop, phone));
    }

    private static SortedMap<DeviceId, byte[]> signed(List<Bundle> laptop, List<Bundle> phone) {
        return new TreeMap<>(Map.of(LAPTOP.device(), Segment.sign(laptop, LAPTOP).signature(), PHONE.device(), Segment.sign(phone, PHONE).signature()));
    }

    static Page page() {
        Parcel parcel = parcel();
        List<Page.Item> items = new ArrayList<>(parcel.bundles().stream().map(Page.Whole::new).toList());
        DeviceId asking = Devices.key("desk").device();
        items.add(1, new Page.Known(asking, new Head(7, Bytes32.sha256(new byte[] {7}))));
        return new Page(NODE, Point.START.next(Bytes32.ZERO), items, 9, new Head(7, Bytes32.sha256(new byte[] {7})), parcel.signatures());
    }

    private static Optional<Bytes32> nobody(DeviceId device) {
        return Optional.empty();
    }

    @Test
    void whatIsWrittenIsRead() {
        Page read = Page.read(page().write());
        assertThat(read.items()).isEqualTo(page().items());
        assertThat(read.from()).isEqualTo(page().from());
        assertThat(read.acknowledged()).isEqualTo(page().acknowledged());
        assertThat(read.more()).isTrue();
        assertThat(Parcel.read(parcel().write()).bundles()).isEqualTo(parcel().bundles());
        read.parcel().verify(PageTest::nobody);
    }

    @Test
    void oneSignatureADeviceCoversAllOfIt() {
        Parcel parcel = parcel();
        parcel.verify(PageTest::nobody);
        SortedMap<DeviceId, byte[]> unsigned = new TreeMap<>(parcel.signatures());
        unsigned.remove(PHONE.device());
        assertThatThrownBy(() -> new Parcel(parcel.bundles(), unsigned).verify(PageTest::nobody)).hasMessageContaining("is not signed");
        unsigned.put(PHONE.device(), parcel.signatures().get(LAPTOP.device()));
        assertThatThrownBy(() -> new Parcel(parcel.bundles(), unsigned).verify(PageTest::nobody)).hasMessageContaining("does not fit");
    }

    @Test
    void aBundleThatIsLeftOutIsMissed() {
        Parcel parcel = parcel();
        Parcel gap = new Parcel(parcel.bundles().subList(1, 4), parcel.signatures());
        assertThatThrownBy(() -> gap.verify(PageTest::nobody)).isInstanceOf(WireException.class).hasMessageContaining("has not introduced itself");
    }

    @Test
    void aParcelHoldsWholeBundles() {
        assertThatThrownBy(() -> Parcel.read(page().write())).isInstanceOf(WireException.class).hasMessage("a parcel holds whole bundles only");
    }

    @Test
    void aParcelIsNoPage() {
        assertThatThrownBy(() -> Page.read(parcel().write())).isInstanceOf(WireException.class).hasMessageContaining("a page lacks a part");
    }

    /** The next hub of another language has to come to the same. */
    @Test
    void theChainOfArrivals() {
        Point one = Point.START.next(Bytes32.ZERO);
        assertThat(one.n()).isEqualTo(1);
        assertThat(one.chain()).hasToString("f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
        assertThat(one.next(Bytes32.ZERO).chain()).isNotEqualTo(one.next(one.chain()).chain());
    }
}
