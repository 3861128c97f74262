package dev.heph.model.markdown;

import java.util.Optional;

/**
 * One link as a text holds it; what it points to is for whoever knows the titles.
 *
 * @param target    what stands before {@code #} and {@code |}, trimmed; a markdown link's path is percent-decoded and
 *                  keeps its {@code .md}; empty when the link points into its own note
 * @param anchor    what stands after {@code #}: a heading, or {@code ^} and the id of a block; empty when there is
 *                  none
 * @param label     the text shown instead, as written; empty when there is none
 * @param start     offset of the first character: {@code !} of an embed, else the opening bracket
 * @param end       offset after the last bracket or parenthesis
 * @param lineStart offset at which the text of the line begins, after list markers and quote signs: a snippet starts
 *                  here
 */
public record LinkRef(Kind kind, String target, String anchor, String label, int start, int end, int lineStart) {
    public enum Kind {
        /** {@code [[Note]]} */
        WIKI,
        /** {@code ![[Note]]} */
        EMBED,
        /** {@code [label](folder/note.md)} */
        MARKDOWN
    }

    public Optional<String> heading() {
        return anchor.isEmpty() || anchor.startsWith("^") ? Optional.empty() : Optional.of(anchor);
    }

    public Optional<String> block() {
        return anchor.startsWith("^") ? Optional.of(anchor.substring(1)) : Optional.empty();
    }

    /** The note's title: the last part of the path, without {@code .md}. */
    public String title() {
        String name = target.substring(target.lastIndexOf('/') + 1);
        return name.regionMatches(true, name.length() - 3, ".md", 0, 3) ? name.substring(0, name.length() - 3) : name;
    }

    /**
     * The folders before the title as written, without the last slash; empty when the link is not qualified by a
     * path.
     */
    public String folder() {
        return target.substring(0, Math.max(0, target.lastIndexOf('/')));
    }
}
