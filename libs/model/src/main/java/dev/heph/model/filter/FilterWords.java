package dev.heph.model.filter;

import dev.heph.model.date.When;
import dev.heph.model.filter.Filter.And;
import dev.heph.model.filter.Filter.Dated;
import dev.heph.model.filter.Filter.Everything;
import dev.heph.model.filter.Filter.Has;
import dev.heph.model.filter.Filter.InProject;
import dev.heph.model.filter.Filter.InState;
import dev.heph.model.filter.Filter.Not;
import dev.heph.model.filter.Filter.OfKind;
import dev.heph.model.filter.Filter.Or;
import dev.heph.model.filter.Filter.Passed;
import dev.heph.model.filter.Filter.Tagged;
import dev.heph.model.filter.Filter.Text;
import dev.heph.model.filter.Filter.WithAttention;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A filter as text: its sides joined by words, its dates spelled out, in quotes what could be taken for something else. */
final class FilterWords {
    static final String AND = "and";
    static final String OR = "or";
    static final String NOT = "not";
    static final String NONE = "none";
    static final String ANY = "any";
    static final String PASSED = "passed";

    private static final Set<String> RESERVED = Set.of(AND, OR, NOT, NONE, ANY);
    private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}/]*");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);

    private FilterWords() {}

    static String of(Filter filter) {
        return switch (filter) {
            case Everything() -> "";
            case And(List<Filter> parts) -> joined(parts, AND);
            case Or(List<Filter> parts) -> joined(parts, OR);
            case Not(Has(Key key)) -> keyed(key, NONE);
            case Not(Filter denied) -> "%s %s".formatted(NOT, bracketed(denied));
            case OfKind(var kind) -> keyed(Key.KIND, kind.word());
            case InState(var state) -> keyed(Key.STATE, state.word());
            case WithAttention(var attention) -> keyed(Key.ATTENTION, attention.word());
            case InProject(String name) -> keyed(Key.PROJECT, quoted(name));
            case Tagged(String name) -> keyed(Key.TAG, quoted(name));
            case Has(Key key) -> keyed(key, ANY);
            case Dated(Key key, Comparison comparison, When when) -> key.word() + comparison.sign() + date(when);
            case Passed(var now) -> keyed(Key.LATE, PASSED);
            case Text(String phrase) -> quoted(phrase);
        };
    }

    private static String joined(List<Filter> parts, String by) {
        return parts.stream().map(FilterWords::bracketed).collect(Collectors.joining(" %s ".formatted(by)));
    }

    /** Brackets also where precedence would do: who reads it need not know it. */
    private static String bracketed(Filter filter) {
        return filter instanceof And || filter instanceof Or ? "(%s)".formatted(of(filter)) : of(filter);
    }

    private static String keyed(Key key, String value) {
        return "%s:%s".formatted(key.word(), value);
    }

    private static String date(When when) {
        return switch (when) {
            case When.Day(LocalDate date) -> date.toString();
            case When.Moment(LocalDateTime at) -> MINUTE.format(at);
            case When.None() -> NONE;
        };
    }

    private static String quoted(String text) {
        boolean bare = BARE.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        return bare ? text : "\"%s\"".formatted(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
