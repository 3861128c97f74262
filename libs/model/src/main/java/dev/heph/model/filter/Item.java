package dev.heph.model.filter;

import dev.heph.model.date.When;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An item as filters see it.
 *
 * @param state     of a task; empty for all else, as is attention
 * @param projects  the folded names of its project and of those above it, and the paths to each: {@code a/b} is b in a
 * @param tags      folded names
 * @param doDate    a day or a moment; {@link When.None} is the same as empty, as for lateOn
 * @param texts     its title and its body; a phrase never reaches from one into the other
 */
public record Item(Kind kind, Optional<State> state, Optional<Attention> attention, Set<String> projects, Set<String> tags,
        Optional<When> doDate, Optional<When> lateOn, List<String> texts) {
    public Item {
        projects = Set.copyOf(projects);
        tags = Set.copyOf(tags);
        doDate = doDate.filter(when -> !(when instanceof When.None));
        lateOn = lateOn.filter(when -> !(when instanceof When.None));
        texts = List.copyOf(texts);
    }

    /** The date that {@code key} asks about. */
    Optional<When> date(Key key) {
        return key == Key.DO ? doDate : lateOn;
    }

    /** Whether it has a value for an {@linkplain Key#isOptional optional} key. */
    boolean has(Key key) {
        return switch (key) {
            case PROJECT -> !projects.isEmpty();
            case TAG -> !tags.isEmpty();
            default -> date(key).isPresent();
        };
    }
}
