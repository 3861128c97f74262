package dev.heph.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WidthTest {
    @Test
    void of_columnsNotChars() {
        assertThat(Width.of("abc")).isEqualTo(3);
        assertThat(Width.of("漢字")).isEqualTo(4);
        assertThat(Width.of("e\u0301")).isEqualTo(1);
        assertThat(Width.of("🍞")).isEqualTo(2);
    }

    @Test
    void cut_keepsWhatFits() {
        assertThat(Width.cut("Sourdough", 9)).isEqualTo("Sourdough");
        assertThat(Width.cut("Sourdough", 6)).isEqualTo("Sourd…");
        assertThat(Width.cut("漢字漢字", 4)).isEqualTo("漢…");
        assertThat(Width.cut("Sourdough", 1)).isEqualTo("…");
        assertThat(Width.cut("Sourdough", 0)).isEmpty();
    }

    @Property
    void cut_neverTooWide_neverHalfACharacter(@ForAll String text, @ForAll @IntRange(max = 40) int columns) {
        String cut = Width.cut(text, columns);

        assertThat(Width.of(cut)).isLessThanOrEqualTo(columns);
        assertThat(text.length() <= cut.length() || text.startsWith(cut.replaceAll("…$", "")))
                .isTrue();
    }

    @Test
    void line_takesNoCommandsFromATitle() {
        assertThat(Width.line("red \u001b[31m\nalert")).isEqualTo("red  [31m alert");
        assertThat(Width.line("a\u202Egnp.exe\u2069")).isEqualTo("a gnp.exe ");
    }
}
