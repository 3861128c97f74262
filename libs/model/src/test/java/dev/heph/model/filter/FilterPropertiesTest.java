package dev.heph.model.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every filter. */
class FilterPropertiesTest {
    private static final Now NOW = new Now(LocalDateTime.parse("2026-11-20T10:00"), LocalTime.of(4, 0));
    private static final String[] NAMES = {
        "home", "home/garden", "house", "Reading list", "none", "any", "and", "OR", "not", "a\"b", "it's", "\\", "\\\\\"", "a,b", "(x)",
        "-x", "#x", "do:fri", "17:00", "passed", "Straße", "日本", "💡", "x \n y", "\u00A0x", "\u001C", "\uD83D", "red!", "https://x.org",
    };
    private static final String[] PIECES = {
        "kind:", "kind=task", "state!=", "done", "open", "prio:1", "attention:", "!red", "red!", "!x", "@", "@house", "@\"Reading", "list\"",
        "#", "#home", "#12", "#a,b", "+shop", "do", "do:", "do<", "<=", ":", "=", "fri", "17:00", "next", "week", "3d", "-1", "none", "any",
        "late:passed", "late>", "text:", "and", "or", "not", "AND", "-", "--", "(", ")", "\"", "'", "\\", ",", "rent", "https://x.org/#y",
        "日本", "💡", "\u00A0", "\u2028", "\u001C", "\uD83D", "\u0000",
    };

    @Property(tries = 5_000)
    void wordsAreReadAsTheSameFilter(@ForAll("filters") Filter filter) {
        assertThat(Filter.parse(filter.words(), NOW)).as(filter.words()).isEqualTo(filter);
    }

    @Property(tries = 5_000)
    void aTextIsUnderstoodOrRefusedInOneLine(@ForAll("texts") String text) {
        try {
            Filter filter = Filter.parse(text, NOW);
            assertThat(Filter.parse(filter.words(), NOW)).as(filter.words()).isEqualTo(filter);
        } catch (FilterException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n").hasSizeLessThan(200);
        }
    }

    @Property(tries = 2_000)
    void deMorgan(@ForAll("someFilters") List<Filter> filters, @ForAll("items") Item item) {
        List<Filter> denied = filters.stream().filter(filter -> !(filter instanceof Filter.Everything)).map(Filter::negated).toList();
        if (denied.size() == filters.size()) {
            assertThat(Filter.allOf(filters).negated().matches(item)).isEqualTo(Filter.anyOf(denied).matches(item));
            assertThat(Filter.anyOf(filters).negated().matches(item)).isEqualTo(Filter.allOf(denied).matches(item));
        }
    }

    @Property(tries = 2_000)
    void theNormalFormMeansWhatItsPartsMean(@ForAll("someFilters") List<Filter> filters, @ForAll("items") Item item) {
        assertThat(Filter.allOf(filters).matches(item)).isEqualTo(filters.stream().allMatch(filter -> filter.matches(item)));
        assertThat(Filter.anyOf(filters).matches(item)).isEqualTo(filters.stream().anyMatch(filter -> filter.matches(item)));
    }

    /** An item with a date is before, on or after any other date, and exactly one of them. */
    @Property(tries = 2_000)
    void datesAreInOrder(@ForAll("dates") When when, @ForAll("items") Item item, @ForAll("dateKeys") Key key) {
        List<Comparison> apart = List.of(Comparison.BEFORE, Comparison.ON, Comparison.AFTER);
        assertThat(apart.stream().filter(comparison -> new Filter.Dated(key, comparison, when).matches(item)).count())
                .isEqualTo(new Filter.Has(key).matches(item) ? 1 : 0);
        assertThat(new Filter.Dated(key, Comparison.UNTIL, when).matches(item))
                .isEqualTo(item.has(key) && !new Filter.Dated(key, Comparison.AFTER, when).matches(item));
        assertThat(new Filter.Dated(key, Comparison.FROM, when).matches(item))
                .isEqualTo(item.has(key) && !new Filter.Dated(key, Comparison.BEFORE, when).matches(item));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "not ", "-(", "- ", "rent ", "x", "a-", "a_ ", "\\", "\"", "do:fri,", "do:", "9", "#a,", "@\"x\",",
        "kind:task,", "a or b and ", "   ", "late<3d 9am ", "!=", "é"})
    void aLongTextTakesNoTime(String piece) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatCode(() -> Filter.parse(piece.repeat(100_000), NOW))
                .satisfies(error -> assertThat(error == null || error instanceof FilterException).as("%s", error).isTrue()));
    }

    @Provide
    Arbitrary<Filter> filters() {
        return Arbitraries.lazyOf(this::terms, this::terms, this::terms,
                () -> filters().list().ofMaxSize(3).map(Filter::allOf),
                () -> filters().list().ofMinSize(1).ofMaxSize(3).map(Filter::anyOf),
                () -> filters().map(filter -> filter instanceof Filter.Everything ? filter : filter.negated()));
    }

    @Provide
    Arbitrary<List<Filter>> someFilters() {
        return filters().list().ofMinSize(1).ofMaxSize(4);
    }

    private Arbitrary<Filter> terms() {
        return Arbitraries.oneOf(
                Arbitraries.of(Kind.values()).map(Filter.OfKind::new),
                Arbitraries.of(State.values()).map(Filter.InState::new),
                Arbitraries.of(Attention.values()).map(Filter.WithAttention::new),
                names().map(Filter.InProject::new),
                names().map(Filter.Tagged::new),
                names().map(Filter.Text::new),
                Arbitraries.of(Key.PROJECT, Key.TAG, Key.DO, Key.LATE).map(Filter.Has::new),
                Combinators.combine(dateKeys(), Arbitraries.of(Comparison.values()), dates()).as(Filter.Dated::new),
                Arbitraries.just(new Filter.Passed(NOW)));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(Arbitraries.of(NAMES),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(8).map(name -> "x" + name));
    }

    @Provide
    Arbitrary<Key> dateKeys() {
        return Arbitraries.of(Key.DO, Key.LATE);
    }

    @Provide
    Arbitrary<When> dates() {
        Arbitrary<LocalDate> days = Arbitraries.integers().between(-3, 3).map(NOW.today()::plusDays);
        return Arbitraries.oneOf(days.map(When.Day::new),
                Combinators.combine(days, Arbitraries.integers().between(0, 23))
                        .as((day, hour) -> new When.Moment(day.atTime(hour, 0))));
    }

    @Provide
    Arbitrary<Item> items() {
        return Combinators.combine(Arbitraries.of(Kind.values()), Arbitraries.of(State.values()).optional(),
                Arbitraries.of(Attention.values()).optional(), Arbitraries.of("house", "reading list").set(),
                Arbitraries.of("home", "home/garden", "any").set(), dates().optional(), dates().optional(), names().list().ofMaxSize(2))
                .as(Item::new);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.of(PIECES).list().ofMaxSize(10).map(pieces -> String.join(" ", pieces)),
                Arbitraries.of(PIECES).list().ofMaxSize(6).map(pieces -> String.join("", pieces)), Arbitraries.strings().ofMaxLength(20));
    }
}
