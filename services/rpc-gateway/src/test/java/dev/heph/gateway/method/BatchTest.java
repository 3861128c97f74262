package dev.heph.gateway.method;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heph.gateway.rpc.LineReader;
import dev.heph.runtime.Json;
import dev.heph.runtime.Meters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch is answered when the answers are too large to be one line. */
class BatchTest {
    private static final int LARGE_BYTES = 30 << 20;

    private final List<String> carriedOut = new ArrayList<>();

    @Test
    void whatDoesNotFitIsSaidAndTheRestIsNotCarriedOut() {
        JsonNode answers = Json.read(answer("""
                [{"jsonrpc":"2.0","id":1,"method":"large"},{"jsonrpc":"2.0","id":2,"method":"large"},
                 {"jsonrpc":"2.0","id":3,"method":"large"},{"jsonrpc":"2.0","id":4,"method":"small"},
                 {"jsonrpc":"2.0","method":"small"},{"jsonrpc":"2.0"}]""".replace("\n", "")));

        assertThat(answers.findValuesAsText("id")).containsExactly("1", "2", "3", "4", "null");
        assertThat(answers.get(1).path("result").asText()).hasSize(LARGE_BYTES - 2);
        assertThat(answers.get(2).at("/error/code").asInt()).isEqualTo(-32013);
        assertThat(answers.get(2).at("/error/message").asText()).isEqualTo("the answers of a batch take at most 64 MiB;"
                + " this request was carried out, but its answer does not fit beside the others: ask alone");
        assertThat(answers.get(3).at("/error/message").asText()).isEqualTo("the answers of a batch take at most 64 MiB;"
                + " this request was not carried out: send it in another batch");
        assertThat(answers.get(4).at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(carriedOut).as("a notification too").containsExactly("large", "large", "large", "small");
    }

    private byte[] answer(String line) {
        Methods methods = new Methods(List.of(
                new Method("large", "", List.of(), "Text", false, call -> text(call, LARGE_BYTES)),
                new Method("small", "", List.of(), "Text", false, call -> text(call, 2))));
        return new Dispatcher(methods, Meters.NONE).answer(LineReader.read(line.getBytes(StandardCharsets.UTF_8)), null).orElseThrow();
    }

    /** JSON of that length. */
    private byte[] text(Call call, int bytes) {
        carriedOut.add(call.method());
        byte[] text = new byte[bytes];
        Arrays.fill(text, (byte) 'x');
        text[0] = text[bytes - 1] = '"';
        return text;
    }
}
