package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links to Old, pointed to New. */
class RelinkingTest {
    private static Relinking all(String body, String title) {
        return moved(body, "Old", title);
    }

    private static Relinking moved(String body, String from, String title) {
        var links = Extraction.of(body).links();
        return Relinking.of(body, IntStream.range(0, links.size()).filter(at -> links.get(at).target().equals(from)).boxed()
                .collect(Collectors.toSet()), title);
    }

    @Test
    void ofALongLineWhatIsNextToTheLinkIsTold() {
        Relinking moved = all("a".repeat(10_000) + " [[Old]] " + "🎉".repeat(5_000), "New");
        assertThat(moved.lines()).singleElement().satisfies(line -> {
            assertThat(line.before()).startsWith("…a").contains(" [[Old]] 🎉").endsWith("🎉…").hasSizeLessThan(300);
            assertThat(line.after()).contains(" [[New]] 🎉").hasSizeLessThan(300);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "see [[Old]]. ~ see [[New]].",
        "[[Old|the old one]] ~ [[New|the old one]]",
        "[[Old#Old|Old]] ~ [[New#Old|Old]]",
        "![[ Old ]] and [[Old#^b1]] ~ ![[ New ]] and [[New#^b1]]",
        "| [[Old\\|x]] | ~ | [[New\\|x]] |",
        "`[[Old]]` [[Old]] ~ `[[Old]]` [[New]]",
        "[a](Old.md) [[Old]] ~ [a](Old.md) [[New]]",
        "[[#Old]] [[Old]][[Old]] ~ [[#Old]] [[New]][[New]]"})
    void onlyTheTargetIsWrittenAnew(String body, String expected) {
        assertThat(all(body, "New").body()).isEqualTo(expected);
    }

    @Test
    void onlyTheChosenLinksMove() {
        Relinking moved = Relinking.of("- [[Old]]\n- [[Other]]\n> [[Old|x]] end\n", Set.of(0, 2), "New");
        assertThat(moved.body()).isEqualTo("- [[New]]\n- [[Other]]\n> [[New|x]] end\n");
        assertThat(moved.lines()).containsExactly(
                new Relinking.Line("[[Old]]", "[[New]]"), new Relinking.Line("[[Old|x]] end", "[[New|x]] end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|b", "a#b", "a/b", "[x]", "a^b", "a\\b", " ", "a\nb", "`a`", "<b>"})
    void aTitleThatNoWikiLinkHoldsIsRefused(String title) {
        assertThatThrownBy(() -> Relinking.of("[[Old]]", Set.of(0), title)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTitleThatWouldBreakTheFrontMatterLeavesItsLinksAlone() {
        String body = "---\nup: \"[[Old]]\"\n---\n[[Old]]\n";
        assertThat(all(body, "Say \"hi\"").body()).isEqualTo("---\nup: \"[[Old]]\"\n---\n[[Say \"hi\"]]\n");
        assertThat(all(body, "New").body()).isEqualTo("---\nup: \"[[New]]\"\n---\n[[New]]\n");
    }

    /** Whatever the text: there are as many links as before, and the other way round gives the text again. */
    @Property(tries = 2_000)
    void thereAndBackIsTheSameText(@ForAll("texts") String body) {
        Relinking there = all(body, "New Name");
        assertThat(Extraction.of(there.body()).links()).hasSameSizeAs(Extraction.of(body).links());
        if (!there.lines().isEmpty()) {
            assertThat(there.body()).isNotEqualTo(body);
            assertThat(moved(there.body(), "New Name", "Old").body()).isEqualTo(body);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("[[Old]]", "![[Old]]", "[[Old|x]]", "[[Old#h]]", "`", "```\n", "\n", "- [ ] ", "text ", "<b>", "-->", "<!--",
                        "| ", "# ", "    ", "> ", "[[", "]]", "$", "\\")
                .list().ofMaxSize(30).map(parts -> String.join("", parts));
    }
}
