package dev.heph.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The lines in which two texts differ. */
class HunkTest {
    @Test
    void equalTextsHaveNone() {
        assertThat(Hunk.between("a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void aWordOfALineShowsTheWholeLine() {
        assertThat(Hunk.between("# Soup\nsoup is cold\nbread\n", "# Soup\nsoup is hot\nbread\n"))
                .containsExactly(new Hunk(2, "soup is cold\n", "soup is hot\n"));
    }

    @Test
    void linesThatCameOrWentStandAlone() {
        assertThat(Hunk.between("a\nb\nc\n", "a\nnew\nb\n")).containsExactly(new Hunk(2, "", "new\n"), new Hunk(4, "c\n", ""));
    }

    @Test
    void aLastLineWithoutAnEnd() {
        assertThat(Hunk.between("a\nb", "a\nb\nc")).containsExactly(new Hunk(2, "b", "b\nc"));
        assertThat(Hunk.between("", "a")).containsExactly(new Hunk(1, "", "a"));
    }

    @Test
    void twoChangesOfOneLineAreOne() {
        assertThat(Hunk.between("one two three four\n", "1 two three 4\n")).hasSize(1);
    }

    /** Put in the place of the lines before, those after give the later text: no change is missing, none is told twice. */
    @Property
    void theyAreAllThatChanged(@ForAll("bodies") String before, @ForAll("bodies") String after) {
        StringBuilder made = new StringBuilder();
        int next = 0;
        int line = 1;
        for (Hunk hunk : Hunk.between(before, after)) {
            int at = next;
            while (line < hunk.line()) {
                at = before.indexOf('\n', at) + 1;
                line++;
            }
            made.append(before, next, at).append(hunk.after());
            assertThat(before.substring(at)).startsWith(hunk.before());
            assertThat(hunk.before()).isNotEqualTo(hunk.after());
            next = at + hunk.before().length();
            line += (int) hunk.after().chars().filter(unit -> unit == '\n').count();
        }
        assertThat(made.append(before.substring(next))).hasToString(after);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of("soup is cold", "soup is hot", "- [ ] milk", "- [x] milk", "", "a b c").list().ofMaxSize(6)
                .flatMap(lines -> Arbitraries.of("\n", "").map(end -> String.join("\n", lines) + (lines.isEmpty() ? "" : end)));
    }

    @Test
    void thousandsOfLines() {
        String long1 = "line\n".repeat(5_000);
        assertThat(Hunk.between(long1, long1 + "more\n")).isEqualTo(List.of(new Hunk(5_001, "", "more\n")));
    }
}
