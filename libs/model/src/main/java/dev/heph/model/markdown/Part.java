package dev.heph.model.markdown;

import dev.heph.model.id.NameFold;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a body to which the anchor of a link leads, in whole lines: what stands under a heading, up to the next one of its
 * level or a higher one, or a block.
 *
 * @param start offset of its first line
 * @param end   offset after the end of its last line
 */
public record Part(int start, int end) {
    /** Of these the anchors of links hold some and not others, so none makes a difference. */
    private static final Pattern PUNCTUATION = Pattern.compile("[\\p{P}\\p{Sm}\\p{Sc}\\p{Sk}]+");

    /**
     * @param anchor {@code Heading}, {@code Heading#One below it} or {@code ^block}; case, punctuation and runs of white space make no
     *     difference. The first of several wins
     */
    public static Optional<Part> of(String body, String anchor) {
        List<String> path = path(anchor);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Extraction extraction = Extraction.of(body);
        return isBlock(anchor)
                ? block(body, extraction.blocks(), path.getLast().substring(1))
                : heading(body, extraction.headings(), body.length(), path);
    }

    /** Whether the anchor names a block, not a heading. */
    public static boolean isBlock(String anchor) {
        List<String> path = path(anchor);
        return !path.isEmpty() && path.getLast().startsWith("^");
    }

    private static List<String> path(String anchor) {
        return Arrays.stream(anchor.split("#")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    private static Optional<Part> block(String body, List<Block> blocks, String id) {
        return blocks.stream()
                .filter(block -> block.id().equalsIgnoreCase(id))
                .findFirst()
                .map(block -> new Part(lineStart(body, block.start()), afterLine(body, block.end())));
    }

    /** @param end where the last of the headings ends */
    private static Optional<Part> heading(String body, List<Heading> headings, int end, List<String> path) {
        String name = plain(path.getFirst());
        for (int at = 0; at < headings.size(); at++) {
            if (plain(headings.get(at).text()).equals(name)) {
                int next = next(body, headings, at);
                int until = next < headings.size() ? lineStart(body, headings.get(next).start()) : end;
                Optional<Part> found = path.size() > 1
                        ? heading(body, headings.subList(at + 1, next), until, path.subList(1, path.size()))
                        : Optional.of(new Part(lineStart(body, headings.get(at).start()), until));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The heading that ends what stands under this one. One in a quote or a list item ends nothing outside of it. */
    private static int next(String body, List<Heading> headings, int at) {
        Heading heading = headings.get(at);
        boolean within = isWithin(body, heading);
        int next = at + 1;
        while (next < headings.size()
                && (headings.get(next).level() > heading.level() || !within && isWithin(body, headings.get(next)))) {
            next++;
        }
        return next;
    }

    private static boolean isWithin(String body, Heading heading) {
        return !body.substring(lineStart(body, heading.start()), heading.start()).isBlank();
    }

    private static String plain(String text) {
        String words = NameFold.fold(PUNCTUATION.matcher(text).replaceAll(" "));
        return words.isEmpty() ? NameFold.fold(text) : words;
    }

    private static int lineStart(String body, int at) {
        int start = at;
        while (start > 0 && body.charAt(start - 1) != '\n' && body.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    private static int afterLine(String body, int at) {
        int end = at;
        while (end < body.length() && body.charAt(end) != '\n' && body.charAt(end) != '\r') {
            end++;
        }
        return Math.min(body.length(), end + (body.startsWith("\r\n", end) ? 2 : 1));
    }
}
