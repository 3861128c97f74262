package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is written is read back as it was. */
class CodecTest {
    private static final DeviceId AUTHOR = RandomOps.AUTHOR.device();
    private static final Id NODE = new Id(1, 2);

    @Property(edgeCases = EdgeCasesMode.NONE)
    void opsRoundTrip(@ForAll("ops") List<Op> ops) {
        byte[] bytes = PayloadCodec.encode(AUTHOR, ops);
        assertThat(PayloadCodec.decode(AUTHOR, bytes)).isEqualTo(ops);
        assertThat(PayloadCodec.encode(AUTHOR, PayloadCodec.decode(AUTHOR, bytes))).isEqualTo(bytes);
    }

    @Property
    void valuesRoundTrip(@ForAll("values") Value value) {
        assertThat(ValueCodec.decode(ValueCodec.encode(value))).isEqualTo(value);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void headersRoundTrip(@ForAll("headers") Header header) {
        byte[] bytes = HeaderCodec.encode(header);
        assertThat(HeaderCodec.decode(bytes)).isEqualTo(header);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void bundlesRoundTrip(@ForAll("headers") Header draft, @ForAll("ops") List<Op> ops) {
        Bundle bundle = Bundle.write(draft, ops.size(), PayloadCodec.encode(draft.device(), ops));
        Bundle read = Bundle.read(bundle.headerBytes(), bundle.payload());
        assertThat(read).isEqualTo(bundle);
        assertThat(read.ops()).isEqualTo(ops);
        assertThat(read.header().count()).isEqualTo(ops.size());
    }

    /** A generator left to itself would write more than some 4,000 characters in pieces of indefinite length. */
    @Test
    void aLongTextIsOneStringOfDefiniteLength() {
        String text = "é".repeat(100_000);
        byte[] bytes = ValueCodec.encode(Value.text(text));
        assertThat(bytes).hasSize(1 + 4 + 200_000).startsWith(0x7a, 0, 3, 0x0d, 0x40);
        assertThat(ValueCodec.decode(bytes)).isEqualTo(Value.text(text));
    }

    @Test
    void charactersBeyondTheFirstPlaneAreFourBytes() {
        assertThat(Diagnostic.of(ValueCodec.encode(Value.text("🌱 庭 é")))).isEqualTo("\"🌱 庭 é\"");
        assertThat(ValueCodec.encode(Value.text("🌱"))).hasSize(5);
    }

    @Test
    void theOrderInWhichFieldsWerePutDoesNotShow() {
        TreeMap<Field, Value> fields = new TreeMap<>();
        fields.put(Field.TITLE, Value.text("Oats"));
        fields.put(Field.KIND, Value.text("task"));
        fields.put(new Field("a-module-with-a-long-name", "x"), Value.NONE);
        byte[] bytes = PayloadCodec.encode(AUTHOR, List.of(new Op.NodeCreate(NODE, fields)));
        assertThat(Diagnostic.of(bytes)).endsWith(
                "{\"node\": {\"kind\": \"task\", \"title\": \"Oats\"}, \"a-module-with-a-long-name\": {\"x\": null}}}]");
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() {
        for (String text : List.of("a\0b", "\ud800", "a\udc00")) {
            assertThatExceptionOfType(WireException.class)
                    .isThrownBy(() -> PayloadCodec.encode(AUTHOR, List.of(new Op.LogAppend(NODE, text))));
        }
        Field number = new Field("node", "12");
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> PayloadCodec.encode(AUTHOR,
                List.of(new Op.NodeCreate(NODE, new TreeMap<>(Map.of(number, Value.NONE))))));
    }

    @Test
    void anOpThatIsNotUnderstoodCannotBeWrittenAnew() {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> PayloadCodec.encode(AUTHOR, List.of(new Op.Unknown("table.row", NODE))))
                .withMessageContaining("only forwarded");
    }

    @Provide
    Arbitrary<List<Op>> ops() {
        return RandomOps.ops();
    }

    @Provide
    Arbitrary<Value> values() {
        return RandomOps.values();
    }

    @Provide
    Arbitrary<Header> headers() {
        return RandomOps.headers();
    }
}
