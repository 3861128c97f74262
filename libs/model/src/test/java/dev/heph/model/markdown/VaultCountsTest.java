package dev.heph.model.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real vaults, counted by other means: a few lines that drop fences, comments, code spans and escapes, and regular
 * expressions over what is left. The two ways must agree note by note.
 */
class VaultCountsTest {
    private static final Pattern FENCE = Pattern.compile("[\\s>]*(?:(?:[-*+]|\\d+\\.)\\s+)?(```+|~~~+)([^`]*)");
    private static final Pattern HIDDEN = Pattern.compile("(?s)<!--.*?-->|\\\\[\\[\\]`#]|(?<!`)(`+)(?!`)(?:(?!\n\n).)*?(?<!`)\\1(?!`)");
    private static final Pattern WIKI_LINK = Pattern.compile("\\[\\[[^\\[\\]\n]+]]");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("]\\((?![a-z]+:)[^)\\s]*\\.md(?:#[^)\\s]*)?\\)");
    private static final Pattern CHECKBOX = Pattern.compile("(?m)^[\\s>]*(?:[-*+]|\\d+[.)])\\s+\\[[^\\[\\]]](?:\\s|$)");
    private static final Pattern HEADING = Pattern.compile("(?m)^(?:>[ >]*)?(?:[-*+] )? {0,3}#{1,6}(?:[ \t]|$)");
    private static final Pattern TAG = Pattern.compile("(?<!\\S)#([\\p{L}\\p{M}\\p{N}\\p{So}_/-]*[\\p{L}\\p{So}][\\p{L}\\p{M}\\p{N}\\p{So}_/-]*)");

    @TestFactory
    Stream<DynamicTest> extractionAgreesWithACountByOtherMeans() throws IOException {
        Optional<Path> vaults = vaults();
        assumeTrue(vaults.isPresent(), "skipped: no vaults at ../shared/data/vaults beside the checkout");
        try (Stream<Path> folders = Files.list(vaults.get())) {
            return folders.sorted().map(vault -> DynamicTest.dynamicTest(vault.getFileName().toString(), () -> compare(vault)))
                    .toList().stream();
        }
    }

    private static void compare(Path vault) throws IOException {
        List<Path> notes;
        try (Stream<Path> files = Files.walk(vault)) {
            notes = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
        assertThat(notes).isNotEmpty();
        SoftAssertions all = new SoftAssertions();
        long links = 0;
        for (Path note : notes) {
            String body = Files.readString(note);
            Extraction extraction = Extraction.of(body);
            all.assertThat(summary(extraction)).as(note.toString()).isEqualTo(counted(body));
            links += extraction.links().size();
        }
        all.assertAll();
        System.out.printf("%s: %d notes, %d links%n", vault.getFileName(), notes.size(), links);
    }

    private static String summary(Extraction extraction) {
        long markdown = extraction.links().stream().filter(link -> link.kind() == LinkRef.Kind.MARKDOWN).count();
        return summary(extraction.links().size() - markdown, markdown, extraction.items().size(), extraction.headings().size(),
                new TreeSet<>(extraction.tags()));
    }

    private static String counted(String body) {
        String head = frontMatter(body);
        String text = HIDDEN.matcher(withoutCode(body.substring(head.length()))).replaceAll("·");
        return summary(count(WIKI_LINK, head) + count(WIKI_LINK, text), count(MARKDOWN_LINK, text), count(CHECKBOX, text),
                count(HEADING, text), tags(text));
    }

    private static String summary(long links, long markdown, long items, long headings, TreeSet<String> tags) {
        return "%d wiki links, %d markdown links, %d checkboxes, %d headings, tags %s"
                .formatted(links, markdown, items, headings, tags);
    }

    private static TreeSet<String> tags(String text) {
        TreeSet<String> tags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        TAG.matcher(WIKI_LINK.matcher(text).replaceAll("·")).results().map(match -> match.group(1)).forEach(tags::add);
        TreeSet<String> sorted = new TreeSet<>();
        sorted.addAll(tags);
        return sorted;
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).count();
    }

    private static String frontMatter(String body) {
        int end = body.startsWith("---\n") ? body.indexOf("\n---\n", 3) : -1;
        return end < 0 ? "" : body.substring(0, end + 5);
    }

    /** Lines of fenced code become empty lines. */
    private static String withoutCode(String text) {
        StringBuilder kept = new StringBuilder();
        String fence = "";
        for (String line : text.split("\n", -1)) {
            var mark = FENCE.matcher(line);
            if (fence.isEmpty() && mark.matches()) {
                fence = mark.group(1);
                kept.append('\n');
            } else if (!fence.isEmpty()) {
                boolean closes = mark.matches() && mark.group(2).isBlank() && mark.group(1).startsWith(fence);
                fence = closes ? "" : fence;
                kept.append('\n');
            } else {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private static Optional<Path> vaults() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path vaults = at.resolveSibling("shared").resolve("data").resolve("vaults");
            if (Files.isDirectory(vaults)) {
                return Optional.of(vaults);
            }
            at = at.getParent();
        }
        return Optional.empty();
    }
}
