package dev.heph.model.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Wiki links that follow a note to its new title ("rename" in docs/design/markdown.md): nothing but the target is written anew; label,
 * anchor and every other byte stay.
 *
 * @param body the text as it is afterwards
 * @param lines what changes, in its order
 */
public record Relinking(String body, List<Line> lines) {
    /** Of a longer line as much is told on either side of a link. */
    private static final int AROUND = 120;

    /** The line around a link, as it was and as it will be; of a long one what is next to the link. */
    public record Line(String before, String after) {}

    private static final Pattern UNFIT = Pattern.compile("[\\[\\]|#^\\\\/`<>\\p{Cntrl}]");
    private static final Pattern UNFIT_IN_YAML = Pattern.compile("[\"':]");

    public Relinking {
        lines = List.copyOf(lines);
    }

    /** Whether a wiki link can hold a title: {@code |}, {@code #}, {@code /}, brackets and code mean something else in one. */
    public static boolean canHold(String title) {
        return !UNFIT.matcher(title).find() && !title.isBlank() && !title.regionMatches(true, title.length() - 3, ".md", 0, 3);
    }

    /**
     * Points links elsewhere. A markdown link holds a path, not a title, and is left alone; so is what would not read as the new title
     * afterwards.
     *
     * @param ordinals which of {@link Extraction#links}
     * @throws IllegalArgumentException for a title that no wiki link {@link #canHold}
     */
    public static Relinking of(String body, Set<Integer> ordinals, String title) {
        if (!canHold(title)) {
            throw new IllegalArgumentException("no wiki link can hold " + title);
        }
        Extraction before = Extraction.of(body);
        List<Integer> chosen = ordinals.stream()
                .sorted()
                .filter(at -> at < before.links().size())
                .filter(at -> mayMove(before, before.links().get(at), title))
                .toList();
        Optional<String> after = written(body, before.links(), chosen, title);
        if (chosen.isEmpty() || after.isEmpty()) {
            return new Relinking(body, List.of());
        }
        List<LinkRef> now = Extraction.of(after.get()).links();
        boolean readsAsMeant = now.size() == before.links().size()
                && chosen.stream().allMatch(at -> now.get(at).target().equals(title));
        if (!readsAsMeant) {
            return new Relinking(body, List.of());
        }
        List<Line> lines = new ArrayList<>();
        for (int at : chosen) {
            lines.add(new Line(line(body, before.links().get(at)), line(after.get(), now.get(at))));
        }
        return new Relinking(after.get(), lines);
    }

    private static boolean mayMove(Extraction text, LinkRef link, String title) {
        boolean quotedInYaml = link.start() < text.frontMatter().end() && UNFIT_IN_YAML.matcher(title).find();
        return link.kind() != LinkRef.Kind.MARKDOWN && !link.target().isEmpty() && !quotedInYaml;
    }

    private static Optional<String> written(String body, List<LinkRef> links, List<Integer> chosen, String title) {
        StringBuilder written = new StringBuilder();
        int from = 0;
        for (int at : chosen) {
            LinkRef link = links.get(at);
            int target = body.indexOf(link.target(), link.start() + (link.kind() == LinkRef.Kind.EMBED ? 3 : 2));
            if (target < from || target + link.target().length() > link.end()) {
                return Optional.empty();
            }
            written.append(body, from, target).append(title);
            from = target + link.target().length();
        }
        return Optional.of(written.append(body, from, body.length()).toString());
    }

    private static String line(String body, LinkRef link) {
        int feed = body.indexOf('\n', link.end());
        int last = feed < 0 ? body.length() : feed;
        int from = Math.max(link.lineStart(), link.start() - AROUND);
        int to = Math.min(last, link.end() + AROUND);
        String cut = body.substring(whole(body, from), whole(body, to)).strip();
        return (from > link.lineStart() ? "…" : "") + cut + (to < last ? "…" : "");
    }

    /** Not between the two halves of a character. */
    private static int whole(String body, int at) {
        return at > 0 && at < body.length() && Character.isSurrogatePair(body.charAt(at - 1), body.charAt(at)) ? at + 1 : at;
    }
}
