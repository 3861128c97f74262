package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** "Chain and signature" in docs/design/wire-format.md. */
class SegmentTest {
    private static final DeviceKey LAPTOP = Devices.key("laptop");
    private static final DeviceKey PHONE = Devices.key("phone");
    private static final Id NODE = new Id(1, 1);

    private final List<Bundle> chain = chain(LAPTOP.device(), Header.PERSONAL, 4);

    @Test
    void aRunOfTheChainIsVerifiedFromWhereOneStands() {
        Segment all = Segment.sign(chain, LAPTOP);
        Segment rest = Segment.sign(chain.subList(2, 4), LAPTOP);
        all.verify(Head.START, LAPTOP.publicKey());
        rest.verify(chain.get(1).head(), LAPTOP.publicKey());
    }

    /** So a forwarder needs no key: it passes on the bytes and the signature it has. */
    @Test
    void forwardedBytesVerifyWithTheAuthorsSignature() {
        Segment sent = Segment.sign(chain, LAPTOP);
        List<Bundle> stored = sent.bundles().stream()
                .map(bundle -> Bundle.read(bundle.headerBytes(), bundle.payload()))
                .toList();
        Segment forwarded = new Segment(stored.subList(1, 4), sent.signature());
        forwarded.verify(stored.getFirst().head(), LAPTOP.publicKey());
    }

    @Test
    void aGapIsRefused() {
        assertRefused(List.of(chain.get(0), chain.get(2)), Head.START, LAPTOP, "does not continue the chain");
        assertRefused(chain.subList(1, 4), Head.START, LAPTOP, "does not continue the chain");
        assertRefused(chain, chain.getFirst().head(), LAPTOP, "does not continue the chain");
    }

    @Test
    void aBundleOfAnotherBranchIsRefused() {
        Bundle other = author(LAPTOP.device(), Header.PERSONAL)
                .write(new Hlc(99, 9), Action.single(NODE), Collections.emptySortedMap(), List.of(new Op.Tombstone(NODE)))
                .getFirst();
        assertRefused(chain.subList(1, 2), other.head(), LAPTOP, "does not continue the chain");
    }

    @Test
    void anotherDevicesKeyIsRefused() {
        Segment signedByPhone = Segment.sign(chain, PHONE);
        assertRefused(signedByPhone, Head.START, PHONE, "is not that of device");
        assertRefused(signedByPhone, Head.START, LAPTOP, "signature");
    }

    @Test
    void devicesAndSpacesAreNotMixed() {
        List<Bundle> mixed = new ArrayList<>(chain);
        mixed.addAll(chain(PHONE.device(), Header.PERSONAL, 1));
        assertRefused(mixed, Head.START, LAPTOP, "one device and space");
        Bundle elsewhere = new Author("elsewhere", LAPTOP.device(), chain.getLast().head())
                .write(new Hlc(1, 0), Action.single(NODE), Collections.emptySortedMap(), List.of(new Op.Tombstone(NODE)))
                .getFirst();
        assertRefused(List.of(chain.getLast(), elsewhere), chain.get(2).head(), LAPTOP, "one device and space");
    }

    @Test
    void aSegmentIsNotEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Segment(List.of(), new byte[64]));
    }

    @Test
    void aCutSignatureIsRefused() {
        assertRefused(new Segment(chain, new byte[63]), Head.START, LAPTOP, "signature");
        assertRefused(new Segment(chain, new byte[0]), Head.START, LAPTOP, "signature");
    }

    @Property
    void oneFlippedBitAnywhereIsRefused(@ForAll @IntRange int anywhere) {
        Segment right = Segment.sign(chain, LAPTOP);
        List<byte[]> parts = new ArrayList<>();
        for (Bundle bundle : right.bundles()) {
            parts.add(bundle.headerBytes());
            parts.add(bundle.payload());
        }
        parts.add(right.signature());
        int bit = anywhere % (parts.stream().mapToInt(part -> part.length).sum() * 8);
        for (byte[] part : parts) {
            if (bit >= 0 && bit < part.length * 8) {
                part[bit / 8] ^= (byte) (1 << bit % 8);
            }
            bit -= part.length * 8;
        }
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> {
            List<Bundle> bundles = new ArrayList<>();
            for (int i = 0; i + 1 < parts.size(); i += 2) {
                bundles.add(Bundle.read(parts.get(i), parts.get(i + 1)));
            }
            new Segment(bundles, parts.getLast()).verify(Head.START, LAPTOP.publicKey());
        });
    }

    @Test
    void whatIsHandedOutCannotChangeASegment() {
        Segment segment = Segment.sign(chain, LAPTOP);
        segment.signature()[0] ^= 1;
        segment.bundles().getFirst().headerBytes()[0] ^= 1;
        segment.bundles().getFirst().payload()[0] ^= 1;
        assertThatCode(() -> segment.verify(Head.START, LAPTOP.publicKey())).doesNotThrowAnyException();
    }

    private static void assertRefused(List<Bundle> bundles, Head from, DeviceKey key, String why) {
        assertRefused(Segment.sign(bundles, key), from, key, why);
    }

    private static void assertRefused(Segment segment, Head from, DeviceKey key, String why) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> segment.verify(from, key.publicKey()))
                .withMessageContaining(why);
    }

    private static List<Bundle> chain(DeviceId device, String space, int length) {
        Author author = author(device, space);
        List<Bundle> bundles = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            bundles.addAll(author.write(new Hlc(i, 0), Action.single(NODE), Collections.emptySortedMap(),
                    List.of(new Op.LogAppend(NODE, "entry " + i), new Op.Tombstone(NODE))));
        }
        return bundles;
    }

    private static Author author(DeviceId device, String space) {
        return new Author(space, device, Head.START);
    }
}
