package dev.heph.model.op;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.heph.model.id.DeviceId;
import dev.heph.model.id.Id;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes in canonical form that still are not what they should be. */
class MalformedTest {
    private static final int DECIMAL = 1;
    private static final int MOMENT = 3;

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "+1", "1.5e1", "15E0", "01", ".5", "١٢", "1E+9999999999", "1E+7000"})
    void aDecimalHasOneSpelling(String text) {
        assertValueRefused(DECIMAL, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "2026-11-21", "2026-11-21T09:00:00", "2026-11-21T09:00Z", "2026-13-21T09:00", "+12026-11-21T09:00",
        "2026-11-21T09:00[", "2026-11-21T09:00[]", "2026-11-21T09:00[UTC", "2026-11-21T09:00[UTC]]", "2026-11-21T09:00]UTC["
    })
    void aMomentHasOneSpelling(String text) {
        assertValueRefused(MOMENT, text);
    }

    @Test
    void aValueHasNoMorePartsThanItsCodeSays() {
        assertRefused("more parts", Cbor.write(out -> {
            out.writeStartArray(null, 3);
            out.writeNumber(2);
            out.writeNumber(20_778);
            out.writeNumber(1);
            out.writeEndArray();
        }));
    }

    /** Cut to 32 bits, each of these would be the code of a day. */
    @Test
    void largeNumbersAreNotCutToSmallOnes() {
        for (long code : new long[] {(1L << 32) + 2, Long.MIN_VALUE + 2}) {
            assertRefused("32 bits", Cbor.write(out -> {
                out.writeStartArray(null, 2);
                out.writeNumber(code);
                out.writeNumber(20_778);
                out.writeEndArray();
            }));
        }
    }

    @Test
    void aDeviceIntroducesOnlyItself() {
        byte[] payload = PayloadCodec.encode(Devices.device("phone"),
                List.of(new Op.DeviceEnrol(Devices.key("phone").publicKey(), "phone")));
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> PayloadCodec.decode(Devices.device("laptop"), payload))
                .withMessageContaining("another than its author");
    }

    @Test
    void headsAscend() {
        assertHeadsRefused("do not ascend", new DeviceId(new Id(2, 0)), new DeviceId(new Id(1, 0)));
        assertHeadsRefused("do not ascend", new DeviceId(new Id(1, 0)), new DeviceId(new Id(1, 0)));
        assertHeadsRefused("other devices", Examples.LAPTOP.device());
    }

    private static void assertHeadsRefused(String why, DeviceId... devices) {
        byte[] heads = Cbor.write(out -> {
            out.writeStartArray(null, devices.length);
            for (DeviceId device : devices) {
                head(out, device);
            }
            out.writeEndArray();
        });
        // The example has no heads; they go in before its last two parts, the payload's hash and size.
        byte[] header = HeaderCodec.encode(Examples.headers().values().iterator().next());
        int end = header.length - (1 + 2 + Bytes32.BYTES) - 2;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(header[0] + 1);
        all.write(header, 1, end - 1);
        all.write(9);
        all.writeBytes(heads);
        all.write(header, end, header.length - end);
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> HeaderCodec.decode(all.toByteArray()))
                .withMessageContaining(why);
    }

    private static void head(CBORGenerator out, DeviceId device) throws IOException {
        out.writeStartArray(null, 3);
        out.writeBinary(device.bytes());
        out.writeNumber(1);
        out.writeBinary(Bytes32.ZERO.bytes());
        out.writeEndArray();
    }

    private static void assertValueRefused(int code, String text) {
        assertRefused("", Cbor.write(out -> {
            out.writeStartArray(null, 2);
            out.writeNumber(code);
            Cbor.text(out, text);
            out.writeEndArray();
        }));
    }

    private static void assertRefused(String why, byte[] value) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> ValueCodec.decode(value)).withMessageContaining(why);
    }
}
