package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
    private static final String BODY = """
            ---
            title: x
            ---
            # Bread

            Flour.
            ## Crust: **dark** & [[thick|very thick]]
            Dark.
            ### Why
            Heat.

            > # Quoted
            > within

            ## Crumb
            Light.

            Soup
            ====
            ### Why
            Water.
            """;

    @Test
    void aHeadingHoldsWhatStandsUnderItDownToTheNextOfItsLevelOrAHigherOne() {
        assertThat(part(BODY, "Crumb")).isEqualTo("## Crumb\nLight.\n\n");
        assertThat(part(BODY, "Soup")).isEqualTo("Soup\n====\n### Why\nWater.\n");
        assertThat(part(BODY, "Bread")).startsWith("# Bread\n\nFlour.").endsWith("> within\n\n## Crumb\nLight.\n\n");
    }

    @Test
    void aHeadingInAQuoteEndsNothingOutsideOfIt() {
        assertThat(part(BODY, "Bread#Why")).isEqualTo("### Why\nHeat.\n\n> # Quoted\n> within\n\n");
        assertThat(part("> # A\n> a\n>\n> # B\n> b\n", "A")).isEqualTo("> # A\n> a\n>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Crust: **dark** & [[thick|very thick]]", "crust dark thick very thick", " CRUST:  dark thick, very thick "})
    void caseSpaceAndPunctuationMakeNoDifference(String anchor) {
        assertThat(part(BODY, anchor)).startsWith("## Crust");
    }

    @Test
    void headingsAreToldApartByThoseAboveThem() {
        assertThat(part(BODY, "Why")).contains("Heat");
        assertThat(part(BODY, "Bread#Crust dark thick very thick#Why")).contains("Heat").doesNotContain("Light");
        assertThat(part(BODY, "Soup#Why")).contains("Water");
        assertThat(part("# A\n## B\n# A\n## C\nc", "A#C")).as("the first A has none").isEqualTo("## C\nc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "Cru", "Soup#Crumb", "Crumb#Why", "^", "^none", "title"})
    void leadsNowhere(String anchor) {
        assertThat(Part.of(BODY, anchor)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false, value = {
        "one\\ntwo ^a\\n\\nthree~one\\ntwo ^a\\n",
        "one\\ntwo\\n^a~one\\ntwo\\n^a",
        "- one ^a\\n  - below\\n- two~- one ^a\\n  - below\\n",
        "- one\\n  - below ^a \\n- two~  - below ^a \\n",
        "- [ ] one ^a\\r\\n\\r\\nend~- [ ] one ^a\\r\\n",
        "- one\\n- two\\n\\n^a\\n\\nend~- one\\n- two\\n",
        "|x|\\n|-|\\n|1|\\n\\n^a~|x|\\n|-|\\n|1|\\n",
        "```\\ncode ^no\\n```\\n\\n^a~```\\ncode ^no\\n```\\n",
        "> said\\n> so ^a\\n\\nend~> said\\n> so ^a\\n",
        "## Head ^a\\n\\ntext~## Head ^a\\n",
        "日本 💡 ^a~日本 💡 ^a",
    })
    void aBlockIsTheParagraphOrListItemThatCarriesTheId(String body, String part) {
        assertThat(part(body.translateEscapes(), "^A")).isEqualTo(part.translateEscapes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"two^a", "2 ^ a", "x ^a b", "`x ^a`", "```\nx ^a\n```", "    x ^a", "x ^a_b", "<!-- x ^a -->", "^", "x ^ä"})
    void isNoBlock(String body) {
        assertThat(Extraction.of(body).blocks()).isEmpty();
    }

    @Property
    void everyHeadingAndBlockOfATextIsFound(@ForAll("markdown") String body) {
        Extraction extraction = Extraction.of(body);
        for (Heading heading : extraction.headings()) {
            String anchor = heading.text().replaceAll("[#^]", " ");
            if (!anchor.isBlank()) {
                assertThat(Part.of(body, anchor)).as(body).hasValueSatisfying(part -> whole(body, part));
            }
        }
        for (Block block : extraction.blocks()) {
            assertThat(Part.of(body, "^" + block.id())).as(body).hasValueSatisfying(part -> whole(body, part));
        }
    }

    private static void whole(String body, Part part) {
        assertThat(part.start()).as(body).isLessThan(part.end());
        assertThat(part.start() == 0 || "\r\n".indexOf(body.charAt(part.start() - 1)) >= 0).as("begins a line").isTrue();
        assertThat(part.end() == body.length() || "\r\n".indexOf(body.charAt(part.end() - 1)) >= 0).as("ends a line").isTrue();
    }

    @Provide
    Arbitrary<String> markdown() {
        return Arbitraries.of("# One", "## Two", "\n", "\n\n", "\r\n", " ^a", "^b\n", "> ", "- ", "    ", "text", "---\n", "===\n", "```\n", "|x|\n|-|\n", "?")
                .list().ofMaxSize(25).map(list -> String.join("", list));
    }

    private static String part(String body, String anchor) {
        Part part = Part.of(body, anchor).orElseThrow();
        return body.substring(part.start(), part.end());
    }
}
