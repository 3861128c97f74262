package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.heph.model.id.Id;
import dev.heph.model.merge.MemoryFacts;
import dev.heph.model.merge.Merge;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a later version may write, and what this one does with it: "later versions" in docs/design/wire-format.md. */
class ForwardCompatibilityTest {
    private static final DeviceKey LATER = Devices.key("later");
    private static final Id NODE = new Id(1, 1);

    @Test
    void anOpOfAnUnknownTypeIsKeptAndNotApplied() {
        Bundle bundle = bundle(Header.FORMAT, out -> {
            out.writeStartArray(null, 2);
            op(out, "table.row", 1);
            out.writeFieldId(PayloadCodec.VALUE);
            out.writeStartArray(null, 3);
            for (int cell = 0; cell < 3; cell++) {
                out.writeNumber(cell);
            }
            out.writeEndArray();
            out.writeEndObject();
            title(out, "Buy oats", 0);
            out.writeEndArray();
        }, 2);
        assertThat(bundle.ops()).startsWith(new Op.Unknown("table.row", NODE));
        assertUnapplied(bundle, new OpId(LATER.device(), 1));
    }

    @Test
    void aValueOfAnUnknownTypeLeavesItsOpUnapplied() {
        Bundle bundle = bundle(Header.FORMAT, out -> {
            out.writeStartArray(null, 3);
            title(out, "Buy oats", 0);
            for (int code : new int[] {6, 900}) {
                op(out, "node.set", 3);
                text(out, PayloadCodec.FACET, "task");
                text(out, PayloadCodec.FIELD, "effort");
                out.writeFieldId(PayloadCodec.VALUE);
                out.writeStartArray(null, 3);
                out.writeNumber(code);
                out.writeString("2");
                out.writeString("h");
                out.writeEndArray();
                out.writeEndObject();
            }
            out.writeEndArray();
        }, 3);
        assertUnapplied(bundle, new OpId(LATER.device(), 2), new OpId(LATER.device(), 3));
    }

    @Test
    void anUnknownFieldOfAKnownOpIsPassedOver() {
        Bundle bundle = bundle(Header.FORMAT, out -> {
            out.writeStartArray(null, 1);
            title(out, "Buy oats", 2);
            out.writeFieldId(200);
            out.writeStartObject(null, 1);
            out.writeFieldName("why");
            out.writeString("spelling");
            out.writeEndObject();
            out.writeFieldId(5_000);
            out.writeNull();
            out.writeEndObject();
            out.writeEndArray();
        }, 1);
        assertThat(bundle.ops()).containsExactly(new Op.NodeSet(NODE, Field.TITLE, Value.text("Buy oats"), List.of()));
        assertUnapplied(bundle);
    }

    @Test
    void anUnknownFieldOfAHeaderIsPassedOverAndForwarded() {
        Bundle today = bundle(Header.FORMAT, out -> {
            out.writeStartArray(null, 1);
            title(out, "Buy oats", 0);
            out.writeEndArray();
        }, 1);
        byte[] header = today.headerBytes();
        byte[] more = Arrays.copyOf(header, header.length + 3);
        more[0]++;
        more[header.length] = 0x18;
        more[header.length + 1] = 77;
        more[header.length + 2] = (byte) 0xf5;

        Bundle read = Bundle.read(more, today.payload());
        assertThat(read.header()).isEqualTo(today.header());
        assertUnapplied(read);
        assertThat(read.chain()).as("the unknown part is under the hash").isNotEqualTo(today.chain());
    }

    /** The routing must be readable in every format, or nobody could pass the bundle on. */
    @Test
    void aBundleOfALaterFormatIsKeptAndNotApplied() {
        Bundle bundle = bundle(Header.FORMAT + 1, out -> out.writeString("sealed"), 1);
        assertThat(bundle.header().format()).isEqualTo(2);
        assertForwardedAsItCame(bundle);
        assertThatExceptionOfType(WireException.class).isThrownBy(bundle::ops)
                .withMessage("a bundle is of format 2, this version applies 1");
    }

    @Test
    void oneMalformedOpLeavesTheWholeBundleUnapplied() {
        Bundle bundle = bundle(Header.FORMAT, out -> {
            out.writeStartArray(null, 2);
            title(out, "Buy oats", 0);
            op(out, "node.set", 0);
            out.writeEndObject();
            out.writeEndArray();
        }, 2);
        MemoryFacts facts = new MemoryFacts();
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> Merge.apply(facts, bundle))
                .withMessage("an op of type 'node.set' lacks its facet");
        assertThat(facts).hasToString("");
        assertForwardedAsItCame(bundle);
    }

    private static void assertUnapplied(Bundle bundle, OpId... unapplied) {
        MemoryFacts facts = new MemoryFacts();
        assertThat(Merge.apply(facts, bundle)).containsExactly(unapplied);
        assertThat(facts.register(NODE, Field.TITLE).value()).as("the rest is applied").contains(Value.text("Buy oats"));
        assertForwardedAsItCame(bundle);
    }

    private static void assertForwardedAsItCame(Bundle bundle) {
        Segment sent = Segment.sign(List.of(bundle), LATER);
        Bundle stored = Bundle.read(bundle.headerBytes(), bundle.payload());
        Segment forwarded = new Segment(List.of(stored), sent.signature());
        forwarded.verify(Head.START, LATER.publicKey());
        assertThat(forwarded.bundles().getFirst().headerBytes()).isEqualTo(bundle.headerBytes());
        assertThat(forwarded.bundles().getFirst().payload()).isEqualTo(bundle.payload());
    }

    private static void op(CBORGenerator out, String type, int otherKeys) throws IOException {
        out.writeStartObject(null, 2 + otherKeys);
        text(out, PayloadCodec.TYPE, type);
        out.writeFieldId(PayloadCodec.TARGET);
        out.writeBinary(NODE.bytes());
    }

    private static void text(CBORGenerator out, int key, String text) throws IOException {
        out.writeFieldId(key);
        Cbor.text(out, text);
    }

    /** A node.set; with {@code otherKeys} the caller adds these and ends the map. */
    private static void title(CBORGenerator out, String title, int otherKeys) throws IOException {
        op(out, "node.set", 3 + otherKeys);
        text(out, PayloadCodec.FACET, "node");
        text(out, PayloadCodec.FIELD, "title");
        text(out, PayloadCodec.VALUE, title);
        if (otherKeys == 0) {
            out.writeEndObject();
        }
    }

    private static Bundle bundle(int format, Cbor.Writing payload, int count) {
        byte[] bytes = Cbor.write(payload);
        Header header = new Header(format, Header.PERSONAL, LATER.device(), Optional.empty(), 1, count, new Hlc(1, 0),
                Bytes32.ZERO, Action.single(NODE), Collections.emptySortedMap(), Bytes32.sha256(bytes), bytes.length);
        return Bundle.read(HeaderCodec.encode(header), bytes);
    }
}
