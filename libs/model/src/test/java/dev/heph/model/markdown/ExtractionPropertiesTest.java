package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.markdown.LinkRef.Kind;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random markdown, checked against commonmark-java's own reading of it. */
class ExtractionPropertiesTest {
    /** A parenthesis within a destination: commonmark-java 0.30 takes it also when it does not close. */
    private static final Pattern UNBALANCED = Pattern.compile("]\\(\\s*[^\\s<]*\\(");
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final Pattern WIKI_LINK = Pattern.compile("\\[\\[[a-z]+]]");
    /** Without {@code ??>}, at which commonmark-java 0.30 misses the end of a processing instruction. */
    private static final String[] PIECES = {
        "\n", "\n", "\n\n", "\r\n", " ", " ", "    ", "\t", "> ", "- ", "1. ", "# ", "```\n", "~~~\n", "`", "``", "```", "\\", "<", ">",
        "<!--", "-->", "<b>", "</b>", "<a href='", "\"", "'", "<x y=z/>", "<?", " ?>", "<div>", "<pre>", "</pre>", "<u:>", "*", "_", "!",
        "[", "]", "(", ")", "](y.md)", "](<a b.md> \"t\")", "[r]: z.md\n", "[r]", "[x](y.md)", "![x](y.md)", "text", "a", "---\n",
        "===\n", "|", "#", "日本", "💡", "[ ] ",
    };
    private static final String[] WIKI_PIECES = {
        "[[a]]", "[[bc]]", "![[d]]", "[[e|f]]", "[[g#h]]", "[[", "]]", "#tag", "#a/b ", "- [ ] x\n", "- [x] ", "---\ntags: a\n---\n", "%% ",
        "\u0000",
    };

    @Property
    void neverFailsAndStaysInsideTheText(@ForAll("anything") String body) {
        Extraction extraction = Extraction.of(body);
        assertThat(extraction.frontMatter().end()).isBetween(0, body.length());
        assertThat(extraction.links()).allSatisfy(link -> {
            assertThat(0 <= link.lineStart() && link.lineStart() <= link.end() && link.end() <= body.length()).isTrue();
            assertThat(body.substring(link.start(), link.end())).matches("(?s)!?\\[.*[])]");
        });
        assertThat(extraction.headings()).allSatisfy(h ->
                assertThat(body.substring(h.start(), h.end())).contains(firstLine(h.text())));
        assertThat(extraction.items()).allSatisfy(item ->
                assertThat(body.substring(item.markAt() - 1)).startsWith("[" + item.mark() + "]"));
        assertThat(extraction.tags()).allSatisfy(tag -> assertThat(body).contains("#" + tag));
    }

    @Property
    void theSameTextGivesTheSame(@ForAll("anything") String body) {
        assertThat(Extraction.of(body)).isEqualTo(Extraction.of(new String(body.toCharArray())));
    }

    @Property(tries = 2_000)
    void wikiLinksAreThoseThatStandInText(@ForAll("wikiMarkdown") String text) {
        String body = "\n" + text;
        Assume.that(hasOneLengthOfBackticks(body) && hasNoComment(body));
        Reference reference = new Reference(body);
        List<LinkRef> links = Extraction.of(body).links();
        for (LinkRef link : links) {
            boolean brackets = link.kind() == Kind.MARKDOWN || isText(reference, link.end() - 2, link.end());
            assertThat(brackets && isText(reference, link.start(), link.start() + 1)).as("%s in %s", link, body).isTrue();
        }
        for (MatchResult match : WIKI_LINK.matcher(body).results().toList()) {
            if (reference.all(Reference.TEXT, match.start(), match.end()) && !isEscaped(body, match.start())) {
                assertThat(links).as("%s in %s", match.group(), body).anyMatch(link -> link.end() == match.end());
            }
        }
    }

    @Property(tries = 2_000)
    void markdownLinksAreThoseThatCommonMarkSees(@ForAll("markdown") String text) {
        String body = "\n" + text;
        Assume.that(!body.contains("[[") && !UNBALANCED.matcher(body).find() && hasOneLengthOfBackticks(body) && hasNoComment(body));
        Reference reference = new Reference(body);
        List<String> links = Extraction.of(body).links().stream()
                .filter(link -> !reference.all(Reference.HTML_BLOCK, link.start(), link.start() + 1))
                .map(link -> "%d-%d %s".formatted(link.start(), link.end(), link.target())).sorted().toList();
        assertThat(links).as(body).isEqualTo(reference.noteLinks());
    }

    /** In HTML blocks text between tags counts; commonmark-java makes no difference there. */
    private static boolean isText(Reference reference, int from, int to) {
        return !reference.all(Reference.CODE, from, to) && !reference.all(Reference.HTML, from, to);
    }

    /** After a run of backticks that does not close, commonmark-java 0.30 can miss code spans of another length. */
    private static boolean hasOneLengthOfBackticks(String body) {
        return BACKTICKS.matcher(body).results().map(MatchResult::group).distinct().count() <= 1;
    }

    /** Of Obsidian's, which CommonMark does not know. */
    private static boolean hasNoComment(String body) {
        return body.indexOf("%%") == body.lastIndexOf("%%");
    }

    private static boolean isEscaped(String body, int at) {
        return at > 0 && body.charAt(at - 1) == '\\';
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.oneOf(wikiMarkdown(), Arbitraries.strings().ofMaxLength(60));
    }

    @Provide
    Arbitrary<String> markdown() {
        return joined(Arbitraries.of(PIECES));
    }

    @Provide
    Arbitrary<String> wikiMarkdown() {
        return joined(Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.of(WIKI_PIECES)));
    }

    private static Arbitrary<String> joined(Arbitrary<String> pieces) {
        return pieces.list().ofMaxSize(30).map(list -> String.join("", list));
    }
}
