package dev.heph.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static final Terminal COLOUR = new Terminal(true, true, true, true, 80);
    private static final String BODY = """
            # Bread
            See [[Rye]] and [this](https://example.org).
            - [ ] knead
            - [x] feed
            ```
            # not a heading
            ```
            end""";

    @Test
    void pipe_asItIs() {
        assertThat(new Rendering(Terminal.NONE).of(BODY)).isEqualTo(BODY);
    }

    @Test
    void colour() {
        assertThat(new Rendering(COLOUR).of(BODY).replace('\u001b', '^')).isEqualTo("""
                ^[1m# Bread^[0m
                See ^[4m[[Rye]]^[0m and ^[4m[this](https://example.org)^[0m.
                - [ ] knead
                ^[2m- [x] feed^[0m
                ^[2m```^[0m
                ^[2m# not a heading^[0m
                ^[2m```^[0m
                end""");
    }

    @Test
    void frontMatter_isSetApart() {
        assertThat(new Rendering(COLOUR)
                        .of("---\ntags: [[a]]\n---\n[[b]]  \n---\n")
                        .replace('\u001b', '^'))
                .isEqualTo("^[2m---^[0m\n^[2mtags: [[a]]^[0m\n^[2m---^[0m\n^[4m[[b]]^[0m  \n---\n");
    }

    @Test
    void escapesInANote_areHarmlessOnATerminal() {
        assertThat(new Rendering(new Terminal(true, true, true, false, 80))
                        .of("a\u001b]0;title\u0007b\tc\rd\u009b\r\n"))
                .isEqualTo("a\ufffd]0;title\ufffdb\tc\ufffdd\ufffd\r\n");
    }
}
