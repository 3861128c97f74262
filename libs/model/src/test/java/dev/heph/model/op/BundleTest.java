package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final DeviceId LAPTOP = Devices.device("laptop");
    private static final DeviceId PHONE = Devices.device("phone");
    private static final Id ACTION = new Id(1, 1);
    private static final Hlc STAMP = new Hlc(1, 0);
    private static final SortedMap<DeviceId, Head> NO_HEADS = Collections.emptySortedMap();

    private final Author author = new Author(Header.PERSONAL, LAPTOP, Head.START);

    @Test
    void opsAreNumberedFromOneWithoutGap() {
        Bundle first = author.write(STAMP, Action.single(ACTION), NO_HEADS, entries(3)).getFirst();
        assertThat(first.opId(0)).isEqualTo(new OpId(LAPTOP, 1));
        assertThat(first.header().lastSeq()).isEqualTo(3);
        assertThat(author.nextOp(1)).isEqualTo(new OpId(LAPTOP, 5));
        Bundle second = author.write(STAMP, Action.single(ACTION), NO_HEADS, entries(1)).getFirst();
        assertThat(second.opId(0)).isEqualTo(new OpId(LAPTOP, 4));
    }

    @Test
    void aBundleNamesTheOneBefore() {
        Bundle first = author.write(STAMP, Action.single(ACTION), NO_HEADS, entries(1)).getFirst();
        Bundle second = author.write(STAMP, Action.single(ACTION), NO_HEADS, entries(1)).getFirst();
        assertThat(first.header().previous()).isEqualTo(Bytes32.ZERO);
        assertThat(second.header().previous()).isEqualTo(first.chain()).isEqualTo(Bytes32.sha256(first.headerBytes()));
        assertThat(author.head()).isEqualTo(second.head());
    }

    @Test
    void aLargeActionIsSeveralBundles() {
        TreeMap<DeviceId, Head> heads = new TreeMap<>();
        heads.put(PHONE, new Head(1, Bytes32.ZERO));
        List<Bundle> bundles = author.write(STAMP, Action.single(ACTION), heads, entries(2_500));
        assertThat(bundles).extracting(bundle -> bundle.header().count()).containsExactly(1_000, 1_000, 500);
        assertThat(bundles).extracting(bundle -> bundle.header().action())
                .containsExactly(new Action(ACTION, 0, false), new Action(ACTION, 1, false), new Action(ACTION, 2, true));
        assertThat(bundles).extracting(bundle -> bundle.header().heads().size()).containsExactly(1, 0, 0);
        assertThat(bundles.stream().flatMap(bundle -> bundle.ops().stream())).containsExactlyElementsOf(entries(2_500));
    }

    /** An import writes as it goes: it knows its action's end only at its end. */
    @Test
    void anActionMayBeWrittenInSeveralGoes() {
        List<Bundle> bundles = new ArrayList<>(author.write(STAMP, new Action(ACTION, 0, false), NO_HEADS, entries(1_001)));
        bundles.addAll(author.write(STAMP, new Action(ACTION, 2, true), NO_HEADS, entries(1_001)));
        assertThat(bundles).extracting(bundle -> bundle.header().action()).containsExactly(new Action(ACTION, 0, false),
                new Action(ACTION, 1, false), new Action(ACTION, 2, false), new Action(ACTION, 3, true));
    }

    @Test
    void bundlesAreCutBySizeToo() {
        List<Op> large = List.of(entry("a".repeat(700_000)), entry("b".repeat(300_000)), entry("c".repeat(300_000)));
        assertThat(author.write(STAMP, Action.single(ACTION), NO_HEADS, large))
                .extracting(bundle -> bundle.header().count()).containsExactly(2, 1);
    }

    @Test
    void whatFitsNoBundleIsRefusedBeforeItIsWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> author.write(STAMP, Action.single(ACTION), NO_HEADS, List.of(entry("a".repeat(1 << 20)))))
                .withMessageContaining("at most 1048576 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> author.write(STAMP, Action.single(ACTION), NO_HEADS, List.of()));
        assertThat(author.head()).isEqualTo(Head.START);
    }

    @Test
    void headsAreThoseOfOtherDevices() {
        TreeMap<DeviceId, Head> own = new TreeMap<>();
        own.put(LAPTOP, new Head(1, Bytes32.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> author.write(STAMP, Action.single(ACTION), own, entries(1)));
    }

    @Test
    void aPayloadMustBeTheOneItsHeaderPromises() {
        Bundle one = author.write(STAMP, Action.single(ACTION), NO_HEADS, entries(1)).getFirst();
        Bundle other = author.write(STAMP, Action.single(ACTION), NO_HEADS, entries(2)).getFirst();
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Bundle.read(one.headerBytes(), other.payload()))
                .withMessageContaining("is not the one its header promises");
    }

    @Test
    void aPayloadMustHoldAsManyOpsAsItsHeaderCounts() {
        Bundle bundle = author.write(STAMP, Action.single(ACTION), NO_HEADS, entries(2)).getFirst();
        byte[] header = bundle.headerBytes();
        int count = indexOf(header, new byte[] {5, 2, 6});
        header[count + 1] = 3;
        Bundle wrong = Bundle.read(header, bundle.payload());
        assertThatExceptionOfType(WireException.class).isThrownBy(wrong::ops)
                .withMessageContaining("promises 3 ops and holds 2");
    }

    @Test
    void aHeaderHasALimit() {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Bundle.read(new byte[Bundle.MAX_HEADER_BYTES + 1], new byte[0]))
                .withMessageContaining("at most");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static List<Op> entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> entry("entry " + i)).toList();
    }

    private static Op entry(String text) {
        return new Op.LogAppend(new Id(7, 7), text);
    }
}
