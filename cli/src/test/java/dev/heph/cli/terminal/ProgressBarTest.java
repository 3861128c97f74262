package dev.heph.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void terminal_drawsOverItselfAndLeavesNothing() {
        try (var bar = new ProgressBar(new Output(err), new Terminal(true, true, true, false, 80))) {
            bar.at(1_500, 6_000, "Bread.md");
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[K[######..................]  25 %  1,500 of 6,000  Bread.md\r\u001b[K");
    }

    @Test
    void pipe_nothing() {
        try (var bar = new ProgressBar(new Output(err), Terminal.NONE)) {
            bar.at(1, 2, "x");
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
