package dev.heph.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heph.error.HephException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void everythingInOrder_howeverLarge() {
        var bytes = new ByteArrayOutputStream();
        String large = "x".repeat(200_000);
        new Output(bytes).text("a").text(large).line("b").flush();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a" + large + "b\n");
    }

    @Test
    void closedPipe_isNoComplaint() {
        assertThatThrownBy(() -> new Output(failing("Broken pipe")).line("a").flush())
                .isInstanceOf(Output.Closed.class);
    }

    @Test
    void fullDisk_isOne() {
        assertThatThrownBy(() ->
                        new Output(failing("No space left on device")).line("a").flush())
                .isInstanceOf(HephException.class)
                .hasMessage("cannot write the output: No space left on device");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
