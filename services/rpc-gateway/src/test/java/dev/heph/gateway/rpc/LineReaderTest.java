package dev.heph.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.error.HephException;
import dev.heph.gateway.rpc.Message.Line;
import dev.heph.gateway.rpc.Message.Request;
import dev.heph.runtime.Json;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final String LINE =
            "{\"id\":7,\"jsonrpc\":\"2.0\",\"params\":{\"id\":\"é😀\\u00e9\",\"n\":[1.5e3,true,null,{}]},\"method\":\"m\"}";

    @Property(tries = 2_000)
    void paramsAreFoundExactlyWhateverTheyHold(@ForAll @StringLength(max = 40) String name, @ForAll @StringLength(max = 40) String value,
            @ForAll boolean spaced) {
        String params = Json.object().put(clean(name), clean(value)).set("list", Json.MAPPER.createArrayNode().add(1).add(clean(value))).toString();
        String gap = spaced ? " \t " : "";
        String line = "{" + gap + "\"method\":\"m\"," + gap + "\"params\":" + gap + params + gap + ",\"id\":" + gap + "-1.50" + gap
                + ",\"jsonrpc\":\"2.0\"" + gap + "}";

        Request request = request(line);

        assertThat(request.params().orElseThrow().toString()).isEqualTo(params);
        assertThat(request.id().orElseThrow().toString()).isEqualTo("-1.50");
    }

    @Property(tries = 20_000)
    void damagedLinesAreReadOrRefusedAndNothingElse(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] line = ("[" + LINE + "," + LINE + "]").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= random.nextInt(4); i++) {
            line[random.nextInt(line.length)] = (byte) random.nextInt(256);
        }
        try {
            assertThat(LineReader.read(line)).isNotNull();
        } catch (HephException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
        }
    }

    @Test
    void aByteOrderMarkDoesNotShiftWhatIsFound() {
        assertThat(request("\uFEFF" + LINE).params().orElseThrow().toString()).startsWith("{\"id\":\"é").endsWith("{}]}");
    }

    @Test
    void halvesOfPairsAreFound() {
        assertThat(Slice.of("\"\\ud83d\\ude00\"").hasHalfPair()).isFalse();
        assertThat(Slice.of("\"\\\\ud83d\"").hasHalfPair()).isFalse();
        assertThat(Slice.of("\"\\ud83d\"").hasHalfPair()).isTrue();
        assertThat(Slice.of("\"\\ud83dx\\ude00\"").hasHalfPair()).isTrue();
        assertThat(Slice.of("\"\\ude00\"").hasHalfPair()).isTrue();
        assertThat(Slice.of("\"\\ud83d\\ud83d\\ude00\"").hasHalfPair()).isTrue();
    }

    private static Request request(String line) {
        return (Request) ((Line.One) LineReader.read(line.getBytes(StandardCharsets.UTF_8))).message();
    }

    /** Any text that UTF-8 can hold. */
    private static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
