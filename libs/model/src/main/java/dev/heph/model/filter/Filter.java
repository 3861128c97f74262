package dev.heph.model.filter;

import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A question that an item answers with yes or no ("terms" in docs/design/filters.md). It is in normal form: a conjunction has
 * at least two parts, none of which is a conjunction or everything; so has a disjunction; nothing is denied twice. Dates in it
 * are those that the words meant when they were read.
 */
public sealed interface Filter {
    /** Enough for people, and few enough for the stack and for what a database takes in one expression. */
    int MOST_TERMS = 300;

    /**
     * What {@code text} asks when it is written at {@code now}; of nothing but white space, {@link Everything}.
     *
     * @throws FilterException for an unknown key, state, attention, kind or date, a value, side or quote that is missing,
     *     parentheses without a partner, and more than {@value #MOST_TERMS} terms or parentheses in one another
     */
    static Filter parse(String text, Now now) {
        return new FilterReader(text, now).read();
    }

    /** All of these: {@link Everything} if there are none. */
    static Filter allOf(List<Filter> filters) {
        List<Filter> parts = filters.stream()
                .filter(part -> !(part instanceof Everything))
                .flatMap(part -> part instanceof And(List<Filter> inner) ? inner.stream() : Stream.of(part))
                .toList();
        return parts.isEmpty() ? new Everything() : parts.size() == 1 ? parts.getFirst() : new And(parts);
    }

    /** At least one of these, of which there must be one. */
    static Filter anyOf(List<Filter> filters) {
        if (filters.contains(new Everything())) {
            return new Everything();
        }
        List<Filter> parts = filters.stream()
                .flatMap(part -> part instanceof Or(List<Filter> inner) ? inner.stream() : Stream.of(part))
                .toList();
        return parts.size() == 1 ? parts.getFirst() : new Or(parts);
    }

    /** What this one does not match; there is no such filter for {@link Everything}. */
    default Filter negated() {
        return this instanceof Not(Filter denied) ? denied : new Not(this);
    }

    /** What it means. Whoever translates it into a query finds the same items. */
    boolean matches(Item item);

    /** Text that {@link #parse} reads as this filter again, if {@link Passed} is read at its time. */
    default String words() {
        return FilterWords.of(this);
    }

    /** The empty filter. */
    record Everything() implements Filter {
        @Override
        public boolean matches(Item item) {
            return true;
        }
    }

    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
            require(parts.size() > 1 && parts.stream().noneMatch(part -> part instanceof And || part instanceof Everything), parts);
        }

        @Override
        public boolean matches(Item item) {
            return parts.stream().allMatch(part -> part.matches(item));
        }
    }

    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
            require(parts.size() > 1 && parts.stream().noneMatch(part -> part instanceof Or || part instanceof Everything), parts);
        }

        @Override
        public boolean matches(Item item) {
            return parts.stream().anyMatch(part -> part.matches(item));
        }
    }

    record Not(Filter denied) implements Filter {
        public Not {
            require(!(denied instanceof Not || denied instanceof Everything), denied);
        }

        @Override
        public boolean matches(Item item) {
            return !denied.matches(item);
        }
    }

    record OfKind(Kind kind) implements Filter {
        @Override
        public boolean matches(Item item) {
            return item.kind() == kind;
        }
    }

    record InState(State state) implements Filter {
        @Override
        public boolean matches(Item item) {
            return item.state().filter(state::equals).isPresent();
        }
    }

    record WithAttention(Attention attention) implements Filter {
        @Override
        public boolean matches(Item item) {
            return item.attention().filter(attention::equals).isPresent();
        }
    }

    /** In the project of that name, or in one below it. The name is folded. */
    record InProject(String name) implements Filter {
        public InProject {
            name = NameFold.fold(name);
            require(!name.isEmpty(), name);
        }

        @Override
        public boolean matches(Item item) {
            return item.projects().contains(name);
        }
    }

    /** With the tag of that name, or one below it: {@code home} is also {@code home/garden}. The name is folded. */
    record Tagged(String name) implements Filter {
        public Tagged {
            name = NameFold.fold(name);
            require(!name.isEmpty(), name);
        }

        @Override
        public boolean matches(Item item) {
            return item.tags().stream().anyMatch(tag -> tag.equals(name) || tag.startsWith(name + "/"));
        }
    }

    /** With any value of an {@linkplain Key#isOptional optional} key. */
    record Has(Key key) implements Filter {
        public Has {
            require(key.isOptional(), key);
        }

        @Override
        public boolean matches(Item item) {
            return item.has(key);
        }
    }

    /**
     * With a date before, on or after another. Against a day, days are compared. Against a moment, a bare do-date is when that
     * day begins, and a bare late-on is when it ends.
     */
    record Dated(Key key, Comparison comparison, When when) implements Filter {
        public Dated {
            require(key.isDate() && !(when instanceof When.None), key);
        }

        @Override
        public boolean matches(Item item) {
            return item.date(key).filter(has -> comparison.holds(order(has))).isPresent();
        }

        private int order(When has) {
            return when instanceof When.Moment(LocalDateTime at) ? moment(has).compareTo(at) : day(has).compareTo(day(when));
        }

        private LocalDateTime moment(When has) {
            return has instanceof When.Moment(LocalDateTime at) ? at
                    : day(has).plusDays(key == Key.DO ? 0 : 1).atStartOfDay();
        }
    }

    /** Whose late-on has passed at {@code now}: a bare one when the next day has begun for that person. */
    record Passed(Now now) implements Filter {
        @Override
        public boolean matches(Item item) {
            return item.lateOn().filter(when -> when instanceof When.Moment(LocalDateTime at)
                    ? !at.isAfter(now.clock())
                    : day(when).isBefore(now.today())).isPresent();
        }
    }

    /** With these words, one after another, in the title or in the body. */
    record Text(String phrase) implements Filter {
        private static final Pattern SPACE = Pattern.compile("[%s]+".formatted(Line.SPACE));
        private static final Pattern SPACE_AROUND = Pattern.compile("^ | $");

        public Text {
            phrase = SPACE_AROUND.matcher(SPACE.matcher(phrase).replaceAll(" ")).replaceAll("");
            require(!phrase.isEmpty(), phrase);
        }

        @Override
        public boolean matches(Item item) {
            return item.texts().stream().anyMatch(text -> Phrase.isIn(text, phrase));
        }
    }

    private static LocalDate day(When when) {
        return switch (when) {
            case When.Day(LocalDate date) -> date;
            case When.Moment(LocalDateTime at) -> at.toLocalDate();
            case When.None() -> throw new IllegalArgumentException("none is no day");
        };
    }

    private static void require(boolean normal, Object part) {
        if (!normal) {
            throw new IllegalArgumentException("no filter has such a part: %s".formatted(part));
        }
    }
}
