package dev.heph.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import org.junit.jupiter.api.Test;

class SnippetTest {
    private static final Terminal COLOUR = new Terminal(true, true, true, true, 80);
    private static final Snippet SNIPPET = new Snippet("…feed\n the \u0002dough\u0003  twice\t\u0002a day\u0003");

    @Test
    void plain() {
        assertThat(SNIPPET.line(80, Terminal.NONE)).isEqualTo("…feed the dough twice a day");
    }

    @Test
    void colour_matchesAreBold() {
        assertThat(Style.shown(SNIPPET.line(80, COLOUR)))
                .isEqualTo("…feed the \u001b[1mdough\u001b[0m twice \u001b[1ma day\u001b[0m");
    }

    @Test
    void cut_countsColumnsNotEscapes() {
        assertThat(Style.shown(SNIPPET.line(13, COLOUR))).isEqualTo("…feed the \u001b[1mdo…\u001b[0m");
    }

    @Test
    void unclosedMark() {
        assertThat(new Snippet("a \u0002b").line(80, Terminal.NONE)).isEqualTo("a b");
        assertThat(new Snippet("").line(80, Terminal.NONE)).isEmpty();
    }
}
