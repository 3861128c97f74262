package dev.heph.gateway.vault;

import dev.heph.model.markdown.Extraction;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with the front matter of a file. Such a file comes in as it is; only somebody has to be told. */
final class BrokenFrontMatter {
    private static final Pattern FENCE = Pattern.compile("^\\uFEFF?---[ \\t]*$", Pattern.MULTILINE);

    private BrokenFrontMatter() {}

    /** The problem, for a person; empty if there is none, or no front matter. */
    static Optional<String> in(String body) {
        Matcher fence = FENCE.matcher(body);
        boolean opens = fence.lookingAt();
        // The block alone, and not the text behind it, which may be long.
        return opens && fence.find()
                ? Extraction.of(body.substring(0, fence.end())).frontMatter().problem()
                : Optional.empty();
    }
}
