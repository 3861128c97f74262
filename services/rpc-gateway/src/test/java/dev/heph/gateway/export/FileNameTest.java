package dev.heph.gateway.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    private static final Path ROOT = Path.of("/root of all");

    @Property(tries = 5_000)
    void anyTitleGivesAFileInItsDirectory(@ForAll @StringLength(max = 300) String title) {
        String name = FileName.stem(title) + ".md";

        assertThat(ROOT.resolve(name).normalize().getParent()).isEqualTo(ROOT);
        assertThat(name).doesNotStartWith(".").hasSizeGreaterThan(3);
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThan(200);
        assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(name);
    }

    @Property(tries = 5_000)
    void anySourceThatIsTakenStaysInside(@ForAll @StringLength(max = 20) String a, @ForAll @StringLength(max = 20) String b) {
        for (String path : new String[] {a + "/" + b + ".md", a + "../" + b + ".md", a + ".md"}) {
            FileName.source(path).ifPresent(taken -> assertThat(ROOT.resolve(taken).normalize()).hasToString(ROOT + "/" + taken));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Pay rent|Pay rent", "a/b\\c:d|a b c d", "...hidden|hidden", "../../.env|env", "... .hidden agenda|hidden agenda", "ends. . .|ends", "`  `|untitled", "con|untitled con",
        "日本語|日本語", "tab\tand\u0000nul|tab and nul"
    })
    void titlesStayReadable(String title, String stem) {
        assertThat(FileName.stem(title)).isEqualTo(stem);
    }
}
