package dev.heph.model.filter;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.DateWordsException;
import dev.heph.model.date.Now;
import dev.heph.model.date.Quoted;
import dev.heph.model.date.When;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Attention;
import dev.heph.model.node.Kind;
import dev.heph.model.node.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads one term: a key and its values, a mark, or text. */
final class TermReader {
    /** An address of the web is text, though a colon follows its first word. */
    private static final Pattern KEYED = Pattern.compile(
            "(?<key>\\p{L}[\\p{L}_-]*(?<=\\p{L}))(?<gap>[%1$s]*)(?<sign>:?(?:<=|>=|<|>)|!=|==?|:(?!//))[%1$s]*".formatted(Line.SPACE));
    /** As in a captured line: a number is no tag, and a plus before a digit is text. */
    private static final Pattern MARK = Pattern.compile(
            "(?:@|#(?!\\d+(?:[%1$s()]|\\z))|\\+(?!\\d)|!(?=[\\p{L}\\p{N}]))(?![%1$s(),@#+!/-]|\\z)".formatted(Line.SPACE));
    private static final Pattern DATE_WORD = Pattern.compile("[%1$s]*([^%1$s(),\"'\\\\]+)".formatted(Line.SPACE));

    /** Words that people also use for a value. */
    private static final Map<String, String> SYNONYMS = Map.of("open", State.OUTSTANDING.word(), "note", Kind.DOC.word(),
            "later", Attention.BLUE.word());

    private final Line line;
    private final Now now;
    private int read;

    TermReader(Line line, Now now) {
        this.line = line;
        this.now = now;
    }

    Filter read() {
        Optional<MatchResult> keyed = line.ahead(KEYED);
        if (keyed.isPresent()) {
            Optional<Key> key = Key.of(keyed.get().group("key"));
            if (key.isPresent()) {
                line.skipTo(keyed.get().end());
                return compared(key.get(), keyed.get().group("sign"));
            }
            if (keyed.get().group("gap").isEmpty()) {
                throw unknownKey(keyed.get().group("key"), keyed.get().group("sign"));
            }
        }
        Optional<MatchResult> mark = line.ahead(MARK);
        if (mark.isPresent()) {
            line.skipTo(mark.get().end());
            return anyOfValues(marked(mark.get().group()), Comparison.ON);
        }
        count();
        return text(line.word(""));
    }

    /** Each value is a term of its own. */
    private void count() {
        read++;
        if (read > Filter.MOST_TERMS) {
            throw new FilterException("The filter is too long. It may have %d terms: make it two".formatted(Filter.MOST_TERMS));
        }
    }

    private static Key marked(String mark) {
        return switch (mark) {
            case "@" -> Key.PROJECT;
            case "!" -> Key.ATTENTION;
            default -> Key.TAG;
        };
    }

    /** People write {@code do:<fri} and {@code state==done} too. */
    private Filter compared(Key key, String sign) {
        if (sign.equals("!=")) {
            return anyOfValues(key, Comparison.ON).negated();
        }
        Comparison comparison = Comparison.of(sign.replaceFirst("^:(?=.)", "")).orElse(Comparison.ON);
        if (comparison != Comparison.ON && !key.isDate()) {
            throw new FilterException("%s has no order: %s is for do and late only. Write %s".formatted(
                    key.word(), comparison.sign(), key.example()));
        }
        return anyOfValues(key, comparison);
    }

    private Filter anyOfValues(Key key, Comparison comparison) {
        List<Filter> values = new ArrayList<>();
        do {
            count();
            line.skipSpace();
            values.add(key.isDate() ? date(key, comparison) : value(key));
        } while (line.take(','));
        return Filter.anyOf(values);
    }

    private Filter value(Key key) {
        Line.Word word = line.word(",");
        if (NameFold.fold(word.text()).isEmpty()) {
            throw noValue(key);
        }
        if (key.isOptional() && (word.is(FilterWords.NONE) || word.is(FilterWords.ANY))) {
            Filter has = new Filter.Has(key);
            return word.is(FilterWords.ANY) ? has : has.negated();
        }
        return switch (key) {
            case KIND -> new Filter.OfKind(known(key, word.text(), Kind::of, Kind.words()));
            case STATE -> new Filter.InState(known(key, word.text(), State::of, State.words()));
            case ATTENTION -> new Filter.WithAttention(known(key, word.text(), Attention::of, Attention.words()));
            case PROJECT -> new Filter.InProject(word.text());
            case TAG -> new Filter.Tagged(word.text());
            case TEXT -> new Filter.Text(word.text());
            case DO, LATE -> throw new IllegalArgumentException("%s is a date".formatted(key));
        };
    }

    private Filter text(Line.Word word) {
        if (NameFold.fold(word.text()).isEmpty()) {
            throw new FilterException("There is nothing to look for between the quotes. Write a word there, or leave them out");
        }
        Optional<Attention> attention = word.text().endsWith("!") && !word.literal()
                ? find(word.text().substring(0, word.text().length() - 1), Attention::of)
                : Optional.empty();
        return attention.<Filter>map(Filter.WithAttention::new).orElseGet(() -> new Filter.Text(word.text()));
    }

    /** As in a captured line, a date without quotes takes as many words as make one. */
    private Filter date(Key key, Comparison comparison) {
        if (line.isQuote()) {
            String words = line.word("").text();
            return dated(key, comparison, DateWords.find(words, now).orElseThrow(() -> noDate(key, words)));
        }
        List<MatchResult> ahead = line.ahead(DATE_WORD, DateWords.MOST_WORDS);
        if (ahead.isEmpty()) {
            throw noValue(key);
        }
        List<String> words = ahead.stream().map(word -> word.group(1)).toList();
        Optional<Filter> undated = undated(key, words.getFirst()).filter(filter -> comparison == Comparison.ON);
        if (undated.isPresent()) {
            line.skipTo(ahead.getFirst().end());
            return undated.get();
        }
        DateWords.Run run = DateWords.longest(words, now, when -> true).orElseThrow(() -> noDate(key, words.getFirst()));
        line.skipTo(ahead.get(run.words() - 1).end());
        return dated(key, comparison, run.when());
    }

    private Optional<Filter> undated(Key key, String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case FilterWords.ANY -> Optional.of(new Filter.Has(key));
            case FilterWords.PASSED -> key == Key.LATE ? Optional.of(new Filter.Passed(now)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Filter dated(Key key, Comparison comparison, When when) {
        if (!(when instanceof When.None)) {
            return new Filter.Dated(key, comparison, when);
        }
        if (comparison != Comparison.ON) {
            throw new FilterException("%1$s%2$snone cannot be: nothing is before or after no date. Write %1$s:none, or a date".formatted(
                    key.word(), comparison.sign()));
        }
        return new Filter.Has(key).negated();
    }

    private static <T> T known(Key key, String word, Function<String, Optional<T>> of, List<String> words) {
        return find(word, of).orElseThrow(() -> new FilterException("%s is no %s.%s Known are %s".formatted(
                Quoted.of(word), key.word(), meant(word, words), listed(words))));
    }

    private static <T> Optional<T> find(String word, Function<String, Optional<T>> of) {
        String lower = word.toLowerCase(Locale.ROOT);
        return of.apply(SYNONYMS.getOrDefault(lower, lower));
    }

    private static FilterException noValue(Key key) {
        return new FilterException("%s has no value. Write one, as in %s; as text write \\%s".formatted(
                key.word(), key.example(), key.word()));
    }

    private static FilterException noDate(Key key, String words) {
        DateWordsException cause = new DateWordsException(words);
        return new FilterException("%s: %s; as text write \\%s".formatted(key.word(), cause.getMessage(), key.word()), cause);
    }

    private static FilterException unknownKey(String word, String sign) {
        return new FilterException("%s is no key.%s Known are %s; as text put it in quotes".formatted(
                Quoted.of(word + sign), meant(word, Key.words()), listed(Key.words())));
    }

    private static String meant(String word, List<String> known) {
        return Nearest.to(word.toLowerCase(Locale.ROOT), known).map(" Did you mean %s?"::formatted).orElse("");
    }

    private static String listed(List<String> words) {
        return "%s and %s".formatted(String.join(", ", words.subList(0, words.size() - 1)), words.getLast());
    }
}
