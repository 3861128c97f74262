package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.model.text.CharId;
import dev.heph.model.text.Run;
import dev.heph.model.text.TextEdit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The figures under "sizes" in docs/design/wire-format.md; they tell when the format grows. */
class WireSizeTest {
    private static final DeviceId LAPTOP = Devices.device("laptop");
    private static final Id NODE = Examples.NODE;
    private static final SortedMap<DeviceId, Head> NO_HEADS = Collections.emptySortedMap();

    private final Author author = new Author(Header.PERSONAL, LAPTOP, new Head(10_000, Bytes32.sha256(new byte[0])));

    @Test
    void oneTitleEdit() {
        assertSize(write(title(9_999)), 145, 67);
    }

    @Test
    void oneKeystroke() {
        TextEdit keystroke = new TextEdit(3_000_000_001L, 1_000,
                List.of(new Run(new CharId(3_000_000_001L, 999), new CharId(3_000_000_002L, 40), "e")), List.of(), List.of());
        assertSize(write(new Op.TextChange(NODE, "body", keystroke, Optional.empty())), 145, 64);
    }

    @Test
    void everyDeviceThatAdvancedAddsItsHead() {
        TreeMap<DeviceId, Head> heads = new TreeMap<>();
        heads.put(Devices.device("phone"), new Head(10_000, Bytes32.ZERO));
        Bundle bundle = author.write(Examples.STAMP, Action.single(NODE), heads, List.of(title(1))).getFirst();
        assertThat(bundle.headerBytes().length - write(title(2)).headerBytes().length).isEqualTo(57);
    }

    @Test
    void anActorWouldAdd35Bytes() {
        Header header = Examples.headers().values().iterator().next();
        Header withActor = new Header(header.format(), header.space(), header.device(), Optional.of(Bytes32.ZERO),
                header.firstSeq(), header.count(), header.hlc(), header.previous(), header.action(), header.heads(), header.payloadHash(), 0);
        assertThat(HeaderCodec.encode(withActor).length - HeaderCodec.encode(header).length).isEqualTo(35);
    }

    @Test
    void aThousandTitleEdits() {
        List<Op> edits = IntStream.range(0, 1_000).<Op>mapToObj(i -> title(10_000)).toList();
        Bundle together = author.write(Examples.STAMP, Action.single(NODE), NO_HEADS, edits).getFirst();
        assertThat(size(together)).as("as one action").isEqualTo(66_153);
        int apart = edits.stream().mapToInt(edit -> size(write(edit))).sum();
        assertThat(apart + 64).as("each by itself, one signature").isEqualTo(212_064);
    }

    private static Op title(long seen) {
        return new Op.NodeSet(NODE, Field.TITLE, Value.text("Buy oats and milk"), List.of(new OpId(LAPTOP, seen)));
    }

    private Bundle write(Op op) {
        return author.write(Examples.STAMP, Action.single(NODE), NO_HEADS, List.of(op)).getFirst();
    }

    private static int size(Bundle bundle) {
        return bundle.headerBytes().length + bundle.payload().length;
    }

    private static void assertSize(Bundle bundle, int header, int payload) {
        assertThat(bundle.headerBytes()).as("header").hasSize(header);
        assertThat(bundle.payload()).as("payload").hasSize(payload);
    }
}
