package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.heph.testing.Seed;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of an edit: small, exactly readable, and refused when they are anything else. */
class TextEditCodecTest {
    private static final TextEdit RICH = new TextEdit(4_000_000_000L, 70_000,
            List.of(new Run(null, null, "start"), new Run(new CharId(1, 2), new CharId(4_000_000_000L, 3), "日本 😀")),
            List.of(new DeleteRange(1, 5, 300), new DeleteRange(4_000_000_000L, 0, 1)),
            List.of(new Undelete(Replica.op(9, 1L << 40), new DeleteRange(77, 1, 2))));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(TextEditCodec.read(TextEditCodec.write(RICH))).isEqualTo(RICH);
        TextEdit nothing = new TextEdit(1, 0, List.of(), List.of(), List.of());
        assertThat(TextEditCodec.read(TextEditCodec.write(nothing))).isEqualTo(nothing);
    }

    @Test
    void aLongRunIsOneStringOfDefiniteLength() {
        TextEdit edit = new TextEdit(1, 0, List.of(new Run(null, null, "é😀".repeat(100_000))), List.of(), List.of());
        byte[] bytes = TextEditCodec.write(edit);
        assertThat(bytes.length).isEqualTo(600_000 + 13);
        assertThat(TextEditCodec.read(bytes)).isEqualTo(edit);
    }

    @Test
    void aKeystrokeTakesAtMostThirtyBytes() {
        Replica replica = new Replica(0xCAFE_BABEL);
        replica.splice(0, 0, "x".repeat(60_000));
        var op = replica.splice(30_000, 0, "y");
        assertThat(TextEditCodec.write(replica.edit(op)).length).isLessThanOrEqualTo(22);
    }

    @Test
    void anEditIsAValueAmongOthers() throws Exception {
        CBORFactory cbor = new CBORFactory();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator out = cbor.createGenerator(bytes)) {
            out.writeStartObject(null, 2);
            out.writeFieldName("edit");
            TextEditCodec.write(RICH, out);
            out.writeStringField("after", "kept");
            out.writeEndObject();
        }
        try (CBORParser in = cbor.createParser(bytes.toByteArray())) {
            in.nextToken();
            assertThat(in.nextFieldName()).isEqualTo("edit");
            in.nextToken();
            assertThat(TextEditCodec.read(in)).isEqualTo(RICH);
            assertThat(in.nextFieldName()).isEqualTo("after");
            assertThat(in.nextTextValue()).isEqualTo("kept");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, ''",
        "not an array, 01",
        "an empty array, 80",
        "no clients, 828000",
        "no clock, 818101",
        "a client of 54 bits, 82811b002000000000000000",
        "a negative client, 82812000",
        "a client that is text, 8281616100",
        "a client twice, 8282010100",
        "a negative clock, 82810120",
        "a clock of 64 bits, 8281011bffffffffffffffff",
        "a clock that is a big number, 828101c24101",
        "a clock that is a fraction, 828101f93c00",
        "a tagged clock, 828101c100",
        "a null, 828101f6",
        "runs that are no array, 8381010000",
        "a run that is no array, 838101008100",
        "a run without text, 83810100818200 00",
        "a run of empty text, 83810100818300 00 60",
        "a run of bytes, 83810100818300 00 4161",
        "a run that is too long, 83810100818400 00 6161 00",
        "a neighbour that is not listed, 83810100818402 00 00 6161",
        "a neighbour without a clock, 838101008183 01 00 6161",
        "a text with NUL, 83810100818300 00 6100",
        "a text with half a pair, 83810100818300 00 63eda080",
        "a text that is not UTF-8, 83810100818300 00 61ff",
        "a text that claims two gigabytes, 83810100818300 00 7a7fffffff61",
        "a text that claims all there is, 83810100818300 00 7bffffffffffffffff61",
        "runs that claim a lot, 838101009a7fffffff",
        "a delete without a length, 848101008082 0000",
        "a delete of nothing, 848101008083 000000",
        "a delete without a client, 848101008083 010001",
        "a delete beyond all clocks, 848101008083 001a3fffffff02",
        "an undelete by a short device, 85810100808081 85 4101 01 00 00 01",
        "an undelete of op 0, 85810100808081 85 5000000000000000000000000000000001 00 00 00 01",
        "a sixth part, 86810100808080 80",
        "bytes behind, 82810100 00",
    })
    void isNoEdit(String what, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> TextEditCodec.read(bytes)).isInstanceOf(TextException.class).message().isNotBlank();
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] bytes = TextEditCodec.write(RICH);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> TextEditCodec.read(cut)).isInstanceOf(TextException.class);
        }
    }

    @Test
    void damageIsRefusedOrStillAnEdit() {
        long seed = Seed.next();
        Random random = new Random(seed);
        byte[] bytes = TextEditCodec.write(RICH);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = bytes.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                TextEdit edit = TextEditCodec.read(damaged);
                assertThat(TextEditCodec.read(TextEditCodec.write(edit))).as("seed %d", seed).isEqualTo(edit);
            } catch (TextException refused) {
                assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
            }
        }
    }
}
