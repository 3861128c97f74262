package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bytes from a stranger are decoded or refused with a {@link WireException}: no other end, no hang, no memory beyond them. */
class HostileBytesTest {
    private static final DeviceId AUTHOR = Examples.LAPTOP.device();

    /** Something that is read from bytes, and an example of it. */
    private record Target(String name, byte[] example, Consumer<byte[]> reading) {
        void read(byte[] bytes) {
            try {
                reading.accept(bytes);
            } catch (WireException refused) {
                assertThat(refused.getMessage()).as(name).isNotBlank().hasSizeLessThan(400).doesNotContain("\n");
            }
        }
    }

    private static final List<Target> TARGETS = Stream.concat(
                    Stream.of(
                            new Target("payload", Examples.everyOp().payload(), bytes -> PayloadCodec.decode(AUTHOR, bytes)),
                            new Target("header", Examples.everyOp().headerBytes(), HeaderCodec::decode),
                            new Target("parcel", PageTest.parcel().write(), Parcel::read),
                            new Target("page", PageTest.page().write(), Page::read),
                            new Target("first header", Examples.bundles().getFirst().headerBytes(), HeaderCodec::decode)),
                    Examples.values().values().stream()
                            .map(value -> new Target("value", ValueCodec.encode(value), ValueCodec::decode)))
            .toList();

    @Test
    void everyTruncationIsRefused() {
        for (Target target : TARGETS) {
            for (int length = 0; length < target.example().length; length++) {
                byte[] cut = Arrays.copyOf(target.example(), length);
                assertThatExceptionOfType(WireException.class).as("%s cut to %s bytes", target.name(), length)
                        .isThrownBy(() -> target.reading().accept(cut));
            }
        }
    }

    @Property(tries = 20_000)
    void bytesChangedAtRandom(@ForAll Random random) {
        Target target = TARGETS.get(Math.min(random.nextInt(TARGETS.size() * 2), TARGETS.size() - 1));
        byte[] bytes = target.example().clone();
        for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
            bytes = changed(bytes, random);
        }
        target.read(bytes);
    }

    /** These keep the canonical form, so they get past it. */
    @Property(tries = 20_000)
    void partsChangedAtRandom(@ForAll Random random) {
        Target target = TARGETS.get(random.nextInt(3));
        byte[] bytes = target.example();
        for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            bytes = CborTree.damaged(bytes, random);
        }
        target.read(bytes);
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(1, 9));
        byte[] insert = new byte[random.nextInt(3)];
        random.nextBytes(insert);
        return switch (random.nextInt(4)) {
            case 0 -> joined(Arrays.copyOf(bytes, from), insert, Arrays.copyOfRange(bytes, from, bytes.length));
            case 1 -> joined(Arrays.copyOf(bytes, from), insert, Arrays.copyOfRange(bytes, to, bytes.length));
            case 2 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
            default -> {
                byte[] flipped = bytes.clone();
                if (from < bytes.length) {
                    flipped[from] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Test
    void aMegabyteOfAnythingIsDealtWithQuickly() {
        assertQuick("clients of a text", payload(out -> {
            out.writeStartObject(null, 4);
            start(out, "text.edit");
            out.writeFieldId(PayloadCodec.FIELD);
            out.writeString("body");
            out.writeFieldId(PayloadCodec.EDIT);
            out.writeStartArray(null, 2);
            out.writeStartArray(null, 200_000);
            for (long client = 0; client < 200_000; client++) {
                out.writeNumber(0xFFFF_0000L - client);
            }
            out.writeEndArray();
            out.writeNumber(0);
            out.writeEndArray();
            out.writeEndObject();
        }));
        assertQuick("digits of a decimal", payload(out -> {
            out.writeStartObject(null, 5);
            start(out, "node.set");
            out.writeFieldId(PayloadCodec.FACET);
            out.writeString("task");
            out.writeFieldId(PayloadCodec.FIELD);
            out.writeString("effort");
            out.writeFieldId(PayloadCodec.VALUE);
            out.writeStartArray(null, 2);
            out.writeNumber(1);
            Cbor.text(out, "9".repeat(1_000_000));
            out.writeEndArray();
            out.writeEndObject();
        }));
        assertQuick("seen writes", payload(out -> {
            out.writeStartObject(null, 3);
            start(out, "node.restore");
            out.writeFieldId(PayloadCodec.SEEN);
            out.writeStartArray(null, 1_000_000);
            for (int seq = 0; seq < 1_000_000; seq++) {
                out.writeNumber(seq % 23 + 1);
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
        assertQuick("noughts", new byte[1 << 20]);
        byte[] brackets = new byte[1 << 20];
        Arrays.fill(brackets, (byte) 0x81);
        assertQuick("brackets", brackets);
    }

    private static void start(CBORGenerator out, String type) throws IOException {
        out.writeFieldId(PayloadCodec.TYPE);
        out.writeString(type);
        out.writeFieldId(PayloadCodec.TARGET);
        out.writeBinary(new Id(1, 1).bytes());
    }

    private static byte[] payload(Cbor.Writing op) {
        return Cbor.write(out -> {
            out.writeStartArray(null, 1);
            op.to(out);
            out.writeEndArray();
        });
    }

    private static void assertQuick(String what, byte[] bytes) {
        Target target = new Target(what, bytes, any -> PayloadCodec.decode(AUTHOR, any));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> target.read(bytes), what);
    }
}
