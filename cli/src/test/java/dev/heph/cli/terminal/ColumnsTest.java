package dev.heph.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.terminal.Columns.Cell;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private Columns columns = new Columns()
            .row(Cell.of("k3f9"), Cell.of("A title that is rather long"), Cell.of("late"))
            .row(Cell.of("m2x1"), Cell.of("漢字"), Cell.of(""));

    @Test
    void pipe_aligned_nothingCut_noTrailingBlanks() {
        assertThat(printed(Terminal.NONE)).isEqualTo("k3f9  A title that is rather long  late\nm2x1  漢字\n");
    }

    @Test
    void terminal_theWidestColumnGivesWay() {
        assertThat(printed(new Terminal(true, true, true, false, 24)))
                .isEqualTo("k3f9  A title tha…  late\nm2x1  漢字\n");
    }

    @Test
    void narrowTerminal_theNextWidestGivesWayToo_andThenTheLastGoes() {
        columns = new Columns().row(Cell.of("k3f9"), Cell.of("● red"), Cell.of("Paint the whole door"), Cell.of("@House"), Cell.of("late since Thu 19 Nov"));
        assertThat(printed(new Terminal(true, true, true, false, 46))).isEqualTo("k3f9  ● red  Paint the whol…  @House  late si…\n");
        for (int width = 6; width < 70; width++) {
            String line = printed(new Terminal(true, true, true, false, width));
            assertThat(Width.of(line.stripTrailing())).as("at " + width).isLessThanOrEqualTo(width);
            assertThat(line).startsWith("k3f9");
        }
    }

    @Test
    void colour_onlyAroundTheText() {
        columns.row(new Cell("x", Style.BOLD), new Cell("y", Style.RED));
        assertThat(printed(new Terminal(true, true, true, true, 80)))
                .endsWith("\u001b[1mx\u001b[0m     \u001b[31my\u001b[0m\n");
    }

    @Test
    void aColumnThatIsEmpty_takesNoRoom() {
        columns = new Columns().row(Cell.of("a"), Cell.of(""), Cell.of("b")).row(Cell.of("c"), Cell.of(""), Cell.of("d"));
        assertThat(printed(Terminal.NONE)).isEqualTo("a  b\nc  d\n");
    }

    private String printed(Terminal terminal) {
        var bytes = new ByteArrayOutputStream();
        var out = new Output(bytes);
        columns.print(out, terminal);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
