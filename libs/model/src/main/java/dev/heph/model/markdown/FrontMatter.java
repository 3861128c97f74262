package dev.heph.model.markdown;

import java.util.List;
import java.util.Optional;

/**
 * The YAML block between two {@code ---} lines at the head of a note.
 *
 * @param end     offset of the text after the block; 0 when there is none
 * @param tags    from {@code tags} and {@code tag}, without a leading {@code #}
 * @param aliases from {@code aliases} and {@code alias}
 * @param title   from {@code title}
 * @param problem what is wrong with the YAML, in one line for a person; what could be read is there all the same
 */
public record FrontMatter(
        int end, List<String> tags, List<String> aliases, Optional<String> title, Optional<String> problem) {
    static final FrontMatter NONE = new FrontMatter(0, List.of(), List.of(), Optional.empty(), Optional.empty());

    public FrontMatter {
        tags = List.copyOf(tags);
        aliases = List.copyOf(aliases);
    }
}
