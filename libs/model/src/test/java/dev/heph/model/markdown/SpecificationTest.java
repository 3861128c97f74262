package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heph.model.markdown.LinkRef.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.Parser;
import org.commonmark.testutil.TestResources;
import org.commonmark.testutil.example.Example;
import org.commonmark.testutil.example.ExampleReader;
import org.junit.jupiter.api.Test;

/** The 652 examples of the CommonMark specification, each with the HTML that it must become, and those of GFM's task lists. */
class SpecificationTest {
    private static final List<Example> EXAMPLES = ExampleReader.readExamples(TestResources.getSpec());

    /** What nearly every example calls the place to which a link leads. */
    private static final Pattern DESTINATION = Pattern.compile("/ur[il](?![\\w?/])");

    /** Of what stands in the text of a picture its HTML shows the words alone; it leads there all the same. */
    private static final Pattern WITHIN_AN_IMAGE = Pattern.compile("!\\[[^]]*\\[");

    private static final Pattern LED_TO = Pattern.compile("(?:href|src)=\"y\\.md\"");
    /** Not of an address, in which heph sees no link though CommonMark takes it for text. */
    private static final Pattern WORD = Pattern.compile("(?<![\\p{L}\\d])(?<![a-z]{2}:\\S{0,60})[a-z]{2,}(?![\\p{L}\\d])");
    private static final Pattern LIST_ITEM = Pattern.compile("(?m)^([ >]*(?:[-*+]|\\d{1,9}[.)]) )(?=[^ ])");

    @Test
    void thereAreAllOfThem() {
        assertThat(EXAMPLES).hasSize(652);
    }

    @Test
    void noneMakesItFail_andOneLeadsToANote() {
        assertThat(EXAMPLES.stream()
                        .flatMap(example -> Extraction.of(example.getSource()).links().stream())
                        .filter(link -> link.kind() == Kind.MARKDOWN))
                .singleElement().extracting(LinkRef::target).isEqualTo("./target.md");
    }

    /** Where an example leads to a note, there is a link to it for each that its HTML has; but wiki links come first. */
    @Test
    void linksAreThoseThatTheSpecificationSays() {
        SoftAssertions all = new SoftAssertions();
        int links = 0;
        for (Example example : EXAMPLES) {
            String source = DESTINATION.matcher(example.getSource()).replaceAll("y.md");
            long expected = LED_TO.matcher(DESTINATION.matcher(example.getHtml()).replaceAll("y.md")).results().count();
            if (!source.contains("[[") && !WITHIN_AN_IMAGE.matcher(source).find()) {
                all.assertThat(Extraction.of(source).links().stream().filter(link -> link.target().equals("y.md")).count())
                        .as("%s\n%s", example, source).isEqualTo(expected);
                links += expected;
            }
        }
        all.assertAll();
        assertThat(links).isGreaterThan(60);
    }

    /** Each word of each example as a wiki link, one after the other: it is one exactly where the word was text. */
    @Test
    void aWikiLinkIsSeenInTextAndNowhereElse() {
        SoftAssertions all = new SoftAssertions();
        int seen = 0;
        int code = 0;
        for (Example example : EXAMPLES) {
            for (MatchResult word : WORD.matcher(example.getSource()).results().toList()) {
                String body = example.getSource().substring(0, word.start()) + "[[w]]" + example.getSource().substring(word.end());
                Reference reference = new Reference(body);
                boolean found = Extraction.of(body).links().stream().anyMatch(link -> link.target().equals("w") && link.end() == word.start() + 5);
                if (reference.all(Reference.CODE, word.start(), word.start() + 5)) {
                    all.assertThat(found).as("in code: %s\n%s", example, body).isFalse();
                    code++;
                } else if (reference.all(Reference.TEXT, word.start(), word.start() + 5)) {
                    all.assertThat(found).as("in text: %s\n%s", example, body).isTrue();
                    seen++;
                }
            }
        }
        all.assertAll();
        System.out.printf("%,d links in text, %,d in code%n", seen, code);
        assertThat(seen).isGreaterThan(800);
        assertThat(code).isGreaterThan(100);
    }

    @Test
    void checkboxesAreThoseOfTheExtensionForTaskLists() {
        SoftAssertions all = new SoftAssertions();
        long boxes = 0;
        for (Example example : EXAMPLES) {
            String body = LIST_ITEM.matcher(example.getSource()).replaceAll("$1[x] ");
            long expected = boxes(body);
            all.assertThat(Extraction.of(body).items()).as("%s\n%s", example, body).hasSize((int) expected);
            boxes += expected;
        }
        all.assertAll();
        assertThat(boxes).isGreaterThan(100);
    }

    @Test
    void theTaskListsOfGfm() {
        assertThat(marks("- [ ] foo\n- [x] bar\n")).containsExactly(" foo", "xbar");
        assertThat(marks("- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n")).containsExactly("xfoo", " bar", "xbaz", " bim");
    }

    private static Stream<String> marks(String body) {
        return Extraction.of(body).items().stream().map(item -> item.mark() + item.text());
    }

    private static long boxes(String body) {
        long[] boxes = {0};
        Parser.builder().extensions(Set.of(TaskListItemsExtension.create())).build().parse(body).accept(new AbstractVisitor() {
            @Override
            public void visit(CustomNode node) {
                boxes[0] += node instanceof TaskListItemMarker ? 1 : 0;
            }
        });
        return boxes[0];
    }
}
