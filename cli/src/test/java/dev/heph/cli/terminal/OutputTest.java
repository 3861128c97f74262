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

    /** Of a name with an escape sequence and line ends, as a file may have one. */
    @Test
    void aLineForPeople_isOneAndHarmless_butForItsStyles() {
        var bytes = new ByteArrayOutputStream();
        var colour = new Terminal(true, true, true, true, 80);
        new Output(bytes).line(Style.RED.on(colour, "a") + " \u001b[31mb\nc\r\u009b2J\u202e.md").flush();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[31ma\u001b[0m  [31mb c  2J .md\n");
    }

    /** Half of it is what stands for an escape. */
    @Test
    void aCharacterOfTwoUnits_isNoEscape() {
        var bytes = new ByteArrayOutputStream();
        var colour = new Terminal(true, true, true, true, 80);
        new Output(bytes).line("\uD83D\uDC1B[2J" + Style.RED.on(colour, "\uD83D\uDC1B") + "\uD841\uDC1B").flush();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\uD83D\uDC1B[2J\u001b[31m\uD83D\uDC1B\u001b[0m\uD841\uDC1B\n");
    }

    @Test
    void aLineForPrograms_isAsItIs() {
        var bytes = new ByteArrayOutputStream();
        new Output(bytes).data("\"\u0085\u2028\t\"").flush();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\"\u0085\u2028\t\"\n");
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
