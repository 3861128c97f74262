package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontMatterTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "tags: [a, b/c];              a b/c",
        "tags: a, b;                  a b",
        "tags: a b;                   a b",
        "'tags:\\n- a\\n- \"#b\"';    a b",
        "'Tag: a\\ntags: [b, a]';     a b",
        "'tags:\\n';                  ''",
        "tags: [~, null, ''];         ''",
        "tags: {a: b};                ''",
        "tags: [[a]];                 ''",
    })
    void readsTags(String yaml, String tags) {
        assertThat(String.join(" ", of(yaml).tags())).isEqualTo(tags);
        assertThat(of(yaml).problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "aliases: [One, Two Words];        One|Two Words",
        "alias: One, Two;                  One|Two",
        "'aliases:\\n  - \"Doe, Ann\"';    Doe, Ann",
        "'aliases: >\\n  folded\\n  text'; folded text",
    })
    void readsAliases(String yaml, String aliases) {
        assertThat(String.join("|", of(yaml).aliases())).isEqualTo(aliases);
    }

    @Test
    void readsATitleBesideWhateverElseThereIs() {
        FrontMatter frontMatter = of("a: {b: [c, {d: e}]}\n? [x]\n: y\nref: &r z\nsame: *r\ntitle: 'A: b'");
        assertThat(frontMatter.title()).contains("A: b");
        assertThat(frontMatter.problem()).isEmpty();
    }

    @Test
    void oneBrokenLineCostsOnlyItself() {
        FrontMatter frontMatter = of("title: A: b\ntags:\n  - a\naliases: [One]\nquote: \"open");
        assertThat(frontMatter.tags()).containsExactly("a");
        assertThat(frontMatter.aliases()).containsExactly("One");
        assertThat(frontMatter.title()).isEmpty();
        assertThat(frontMatter.problem()).hasValueSatisfying(problem ->
                assertThat(problem).isEqualTo("the front matter is not valid YAML: line 2, mapping values are not allowed here"));
    }

    @Test
    void somethingElseThanAMappingIsAProblem() {
        assertThat(of("- a\n- b").problem()).isPresent();
        assertThat(of("text").problem()).isPresent();
        assertThat(of("").problem()).isEmpty();
        assertThat(of("# comment").problem()).isEmpty();
    }

    @Test
    void linksCountQuotedOrNotButNotInComments() {
        Extraction extraction = Extraction.of("---\nup: \"[[A|b]]\"\nin:\n  - '[[B]]'\nx: [[C]]\n# [[no]]\n---\n[[D]]");
        assertThat(extraction.links()).extracting(LinkRef::target).containsExactly("A", "B", "C", "D");
        assertThat(extraction.frontMatter().problem()).isEmpty();
    }

    @Test
    void endsWhereTheTextBegins() {
        String body = "\uFEFF--- \r\ntags: a\r\n---\r\ntext";
        assertThat(body.substring(Extraction.of(body).frontMatter().end())).isEqualTo("text");
        assertThat(Extraction.of("---\n---").frontMatter().end()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"---\ntags: a\n", "\n---\ntags: a\n---\n", "----\ntags: a\n----\n", "--- x\ntags: a\n---\n", "---", "text"})
    void anythingElseIsNoFrontMatter(String body) {
        assertThat(Extraction.of(body).frontMatter()).isEqualTo(FrontMatter.NONE);
    }

    @Test
    void tagsOfBothPlacesAreOneList() {
        assertThat(Extraction.of("---\ntags: [One, two]\n---\n#one #three").allTags()).containsExactly("One", "two", "three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "[[", "a: ", "- ", "? ", "&a [*a, ", "\"", "\t", "!!x ", "%"})
    void hostileYamlIsAProblemNotAFailure(String piece) {
        FrontMatter frontMatter = of(piece.repeat(20_000));
        assertThat(frontMatter.end()).isPositive();
        assertThat(of("\u0000\uD800").problem()).isPresent();
    }

    @Test
    void hugeFrontMatterIsNotRead() {
        List<String> lines = IntStream.range(0, 40_000).mapToObj(i -> "k" + i + ": v").toList();
        assertThat(of(String.join("\n", lines)).problem()).hasValueSatisfying(p -> assertThat(p).contains("256 KB"));
    }

    private static FrontMatter of(String yaml) {
        return Extraction.of("---\n" + yaml.replace("\\n", "\n") + "\n---\n").frontMatter();
    }
}
