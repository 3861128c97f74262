package dev.heph.cli.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.cli.terminal.Style;
import dev.heph.cli.terminal.Terminal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static final Terminal COLOUR = new Terminal(true, true, true, true, 40);
    private static final Terminal PLAIN = new Terminal(true, true, true, false, 40);
    private static final String BODY = """
            # Bread
            See [[Rye|the *dark* one]], **bold**, ~~gone~~ and `a*b`.
            Next line.

            - [ ] knead [this](https://example.org)
            - [x] feed
              - twice
            1. one
            2. two

            > quoted
            > - x

            ```sh
            # no heading \t and much too long to stay within the forty columns
            ```
            ***
            """;

    @Test
    void pipe_asItIs() {
        assertThat(new Rendering(Terminal.NONE).of(BODY)).isEqualTo(BODY);
    }

    @Test
    void withoutColour_theMarksStay_andThereAreNoEscapes() {
        assertThat(plain(BODY)).isEqualTo("""
                # Bread

                See [[Rye|the *dark* one]], **bold**,
                ~~gone~~ and `a*b`.
                Next line.

                ☐ knead this (https://example.org)
                ☑ feed
                  • twice

                1. one
                2. two

                │ quoted
                │
                │ • x

                sh
                    # no heading \t and much too long to stay within the forty columns

                ────────────────────────────────────────
                """.replace("│\n", "│ \n"));
    }

    @Test
    void colour() {
        assertThat(colour("# Bread")).isEqualTo("^[1m# Bread^[0m\n");
        assertThat(colour("a **b *c* d** ~~e~~ `f`"))
                .isEqualTo("a ^[1mb ^[0m^[1;3mc^[0m^[1m d^[0m ^[9me^[0m ^[32mf^[0m\n");
        assertThat(colour("See [[Rye]] and ![[Oats|oats]]")).isEqualTo("See ^[4mRye^[0m and ^[4moats^[0m\n");
        assertThat(colour("![[pic.png|300]] ![[pic.png|300x200]] ![[pic.png|The oven]] [[Rye|300]]"))
                .isEqualTo("^[4mpic.png^[0m ^[4mpic.png^[0m ^[4mThe oven^[0m ^[4m300^[0m\n");
        assertThat(colour("- [x] feed")).isEqualTo("^[2m☑^[0m ^[2mfeed^[0m\n");
        assertThat(colour("> a")).isEqualTo("^[2m│ ^[0ma\n");
        assertThat(colour("    code")).isEqualTo("    ^[32mcode^[0m\n");
    }

    @Test
    void links_canBeClicked() {
        String link = "^]8;;https://a.org/b^\\^[4m%s^[0m^]8;;^\\\n";
        assertThat(colour("[text](https://a.org/b)")).isEqualTo(link.formatted("text"));
        assertThat(colour("https://a.org/b")).isEqualTo(link.formatted("https://a.org/b"));
        assertThat(colour("[other](other.md) ![](x.png)")).isEqualTo("^[4mother^[0m ^[4mx.png^[0m\n");
        assertThat(plain("https://a.org/b")).isEqualTo("https://a.org/b\n");
    }

    @Test
    void frontMatter_isSetApart() {
        assertThat(colour("---\ntags: [[a]]\n---\n[[b]]\n")).isEqualTo("^[2m---^[0m\n^[2mtags: [[a]]^[0m\n^[2m---^[0m\n\n^[4mb^[0m\n");
        assertThat(plain("---\nnever closed")).endsWith("never closed\n").doesNotContain("---");
    }

    @Test
    void table_isAligned_andFits() {
        assertThat(plain("| what | much |\n|:--|--:|\n| flour [[Rye]] | 500 g |\n| 水 | 1 |\n")).isEqualTo("""
                what            much
                ─────────────  ─────
                flour [[Rye]]  500 g
                水                 1
                """);
        assertThat(plain("| a | b |\n|---|---|\n| one two three four five six seven eight nine | x |\n")).isEqualTo("""
                a                                      b
                ─────────────────────────────────────  ─
                one two three four five six seven      x
                eight nine
                """);
    }

    @Test
    void looseList_keepsItsDistance_andAParagraphWithinAnItemIsIndented() {
        assertThat(plain("- a\n\n- b\n\n  c\n")).isEqualTo("• a\n\n• b\n\n  c\n");
        assertThat(plain("10) ten\n    more\n11) eleven")).isEqualTo("10) ten\n    more\n11) eleven\n");
    }

    @Test
    void wrapping_breaksAtBlanks_betweenWideCharacters_andNeverInAnAddress() {
        assertThat(plain("one two three four five six seven eight nine")).isEqualTo("one two three four five six seven eight\nnine\n");
        assertThat(plain("水".repeat(21))).isEqualTo("水".repeat(20) + "\n水\n");
        assertThat(plain("x".repeat(41))).isEqualTo("x".repeat(40) + "\nx\n");
        String address = "https://example.org/" + "x".repeat(40);
        assertThat(plain("see " + address)).isEqualTo("see\n" + address + "\n");
    }

    @Test
    void escapesInANote_areHarmless_alsoThoseWrittenAsEntities() {
        String attack = "a\u001b]0;title\u0007 &#27;[31m &#xdc1b;[32m [x](https://a.org/&#27;]) `c\u009b`\n\n    d\u001b\n\n<p>\u001b</p>\r\n";
        assertThat(Style.shown(plain(attack))).doesNotContain("\u001b", "\u0007", "\u009b", "\r");
        assertThat(Style.shown(new Rendering(COLOUR).of(attack)).replaceAll("\u001b\\[[\\d;]*m", "")).doesNotContain("\u001b");
    }

    @Test
    void deepNesting_isShown() {
        assertThat(plain(">".repeat(10_000) + " a")).contains("a");
        assertThat(plain("*a ".repeat(10_000))).contains("a");
        assertThat(plain("- ".repeat(5_000) + "a")).contains("a");
    }

    /** Whatever it is: nothing fails, there are no escapes without colour, and no word is lost. */
    @Property(tries = 1000)
    void anyText(@ForAll("markdown") String text, @ForAll @IntRange(min = 20, max = 60) int columns) {
        String shown = new Rendering(new Terminal(true, true, true, false, columns)).of(text);

        assertThat(shown).doesNotContain("\u001b");
        if (!text.contains("|-|-|")) { // GFM ignores the cells that a row has beyond those of the head
            assertThat(words(shown)).isEqualTo(words(text));
        }
    }

    private static long words(String text) {
        return text.codePoints().filter(c -> c == '水').count();
    }

    @Provide
    Arbitrary<String> markdown() {
        return Arbitraries.of(
                        "# ", "- ", "- [x] ", "1. ", "> ", "**", "*", "_", "~~", "`", "```\n", "\n", "\n\n", "    ",
                        "[[", "]]", "|", "|-|-|\n", "[a](b)", "![", "](", ")", "<b>", "&#27;", "---\n", "word ", "a", "水", "https://a.org ", "\t",
                        "\u001b[0m")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private static String colour(String markdown) {
        return Style.shown(new Rendering(COLOUR).of(markdown)).replace('\u001b', '^');
    }

    private static String plain(String markdown) {
        return new Rendering(PLAIN).of(markdown);
    }
}
