package dev.heph.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.Heph;
import dev.heph.cli.rpc.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTest {
    /** The oldest class format with stack maps as a must: what the AOT cache takes. */
    private static final int OLDEST_CACHED = 51;

    @Test
    void runs() throws IOException {
        Training.main(new String[0]);
    }

    @Test
    void everyAnswerIsAResult() throws IOException {
        List<String> methods = List.of(
                "node.get", "node.list", "next", "board", "search", "health", "links.outgoing", "capture", "date.parse", "task.change",
                "task.list", "undo");
        for (String method : methods) {
            String answer = Training.script().answer(method, Json.NULL, line -> {});
            assertThat(Json.parse("{" + answer + "}").at("result").isNull())
                    .as(method)
                    .isFalse();
        }
    }

    @Test
    void picocliIsLifted() throws IOException {
        assertThat(classVersion("/picocli/CommandLine.class")).isGreaterThanOrEqualTo(OLDEST_CACHED);
        assertThat(classVersion("/picocli/CommandLine$Model$CommandSpec.class")).isGreaterThanOrEqualTo(OLDEST_CACHED);
    }

    private static int classVersion(String resource) throws IOException {
        try (var in = new DataInputStream(Heph.class.getResourceAsStream(resource))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
