package dev.heph.store.query;

import dev.heph.model.filter.Filter;
import java.util.List;
import java.util.stream.Stream;

/** What a filter means that says nothing of the state: in each of its branches, since {@code #home or state:done} says it in one only. */
final class UsualState {
    private final Filter usual;

    UsualState(Filter usual) {
        this.usual = usual;
    }

    /** The filter, narrowed where it does not speak of the state. */
    Filter of(Filter filter) {
        if (decides(filter)) {
            return filter;
        }
        return switch (filter) {
            case Filter.Or(List<Filter> parts) -> Filter.anyOf(parts.stream().map(this::of).toList());
            case Filter.And(List<Filter> parts) when parts.stream().anyMatch(UsualState::mentions) -> within(parts);
            default -> Filter.allOf(List.of(usual, filter));
        };
    }

    /** One part speaks of the state in some of its branches: it is narrowed in the others, and with it the whole. */
    private Filter within(List<Filter> parts) {
        Filter speaks = parts.stream().filter(UsualState::mentions).findFirst().orElseThrow();
        Stream<Filter> others = parts.stream().filter(part -> part != speaks);
        return Filter.allOf(Stream.concat(others, Stream.of(of(speaks))).toList());
    }

    /** Whether the state is spoken of, whichever branch a task matches. */
    private static boolean decides(Filter filter) {
        return switch (filter) {
            case Filter.InState state -> true;
            case Filter.Not(Filter denied) -> mentions(denied);
            case Filter.And(List<Filter> parts) -> parts.stream().anyMatch(UsualState::decides);
            case Filter.Or(List<Filter> parts) -> parts.stream().allMatch(UsualState::decides);
            default -> false;
        };
    }

    private static boolean mentions(Filter filter) {
        return switch (filter) {
            case Filter.InState state -> true;
            case Filter.Not(Filter denied) -> mentions(denied);
            case Filter.And(List<Filter> parts) -> parts.stream().anyMatch(UsualState::mentions);
            case Filter.Or(List<Filter> parts) -> parts.stream().anyMatch(UsualState::mentions);
            default -> false;
        };
    }
}
