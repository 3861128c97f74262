package dev.heph.store.query;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.store.view.SearchText;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person typed to search, read so that nothing can be wrong with its form: words are all required, {@code "a phrase"},
 * {@code prefix*}, {@code -not}, {@code OR} between two terms, and {@linkplain Operator operators},
 * of which {@code #tag} and {@code @project} are short forms. Everything else is text to look for.
 *
 * @param match the expression for the word index; empty when there is nothing to require
 * @param without the expression of what must not be there; empty when nothing is excluded
 * @param wanted the terms to highlight
 */
record WordQuery(Optional<String> match, Optional<String> without, List<Term> wanted, List<Operator> operators) {
    private static final Pattern TERM = Pattern.compile("(?<not>-?)(?:(?<key>kind|tag|project|state|before|after):(?=[^\\s])"
            + "|(?<sign>[#@])(?=[\\p{L}\\p{N}\\p{So}_\"]))?"
            + "(?:\"(?<phrase>[^\"]*)\"?(?<star>\\*?)|(?<word>[^\\s\"]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    static WordQuery of(String typed, Now now) {
        // The word index takes a NUL for the end.
        return new Reader(typed.replace('\0', ' '), now).read();
    }

    /** Whether it asks for nothing. */
    boolean isEmpty() {
        return match.isEmpty() && without.isEmpty() && operators.isEmpty();
    }

    private static final class Reader {
        private final String typed;
        private final Now now;
        private final Matcher terms;
        private final List<String> required = new ArrayList<>();
        private final List<String> excluded = new ArrayList<>();
        private final List<Term> wanted = new ArrayList<>();
        private final List<Operator> operators = new ArrayList<>();
        private boolean or;

        Reader(String typed, Now now) {
            this.typed = typed;
            this.now = now;
            this.terms = TERM.matcher(typed);
        }

        WordQuery read() {
            while (terms.find()) {
                boolean denied = !terms.group("not").isEmpty();
                if (terms.group("sign") != null) {
                    operator(denied, terms.group("sign").equals("#") ? Operator.Key.TAG : Operator.Key.PROJECT);
                } else if (terms.group("key") != null) {
                    operator(denied, Operator.Key.of(terms.group("key")).orElseThrow());
                } else if ("OR".equals(terms.group("word")) && !denied && !required.isEmpty()) {
                    or = true;
                } else {
                    term(denied);
                }
            }
            return new WordQuery(joined(required, " AND "), joined(excluded, " OR "), List.copyOf(wanted), List.copyOf(operators));
        }

        private void operator(boolean denied, Operator.Key key) {
            boolean quoted = terms.group("phrase") != null;
            String group = quoted ? "phrase" : "word";
            String value = terms.group(group);
            int start = terms.start(group);
            if (key.isDate() && !quoted) {
                value = date(start).orElse(value);
                terms.region(start + value.length(), typed.length());
            }
            if (!value.isBlank()) {
                operators.add(new Operator(denied, key, CONTROL.matcher(value).replaceAll(" "), start));
            }
        }

        /** A date without quotes takes as many words as make one, as in a filter. */
        private Optional<String> date(int start) {
            String rest = typed.substring(start);
            List<String> words = Arrays.asList(SPACES.split(rest, DateWords.MOST_WORDS + 1));
            return DateWords.longest(words, now, when -> !(when instanceof When.None))
                    .map(run -> rest.substring(0, end(rest, run.words())));
        }

        private static int end(String text, int words) {
            Matcher spaces = SPACES.matcher(text);
            int end = text.length();
            for (int word = 0; word < words; word++) {
                end = spaces.find() ? spaces.start() : text.length();
            }
            return end;
        }

        private void term(boolean denied) {
            boolean quoted = terms.group("phrase") != null;
            String text = quoted ? terms.group("phrase") : terms.group("word");
            boolean star = quoted ? !terms.group("star").isEmpty() : text.endsWith("*");
            String bare = !quoted && star ? text.substring(0, text.length() - 1) : text;
            List<String> words = WordCursor.words(bare);
            if (words.isEmpty()) {
                return;
            }
            boolean prefix = star || endsOpen(bare);
            String expression = expression(bare, prefix);
            if (denied) {
                excluded.add(expression);
                return;
            }
            wanted.add(new Term(bare, words, prefix, terms.start(quoted ? "phrase" : "word")));
            if (or) {
                required.set(required.size() - 1, required.getLast() + " OR " + expression);
            } else {
                required.add(expression);
            }
            or = false;
        }

        /** Korean joins what other languages write as words of their own to the end of a word. */
        private static boolean endsOpen(String text) {
            return UnicodeScript.of(text.codePointBefore(text.length())) == UnicodeScript.HANGUL;
        }

        /** A quoted string is always right for FTS5: the tokenizer takes it apart as it did the text. */
        private static String expression(String text, boolean prefix) {
            return "\"" + SearchText.of(text).replace("\"", "\"\"").strip() + "\"" + (prefix ? " *" : "");
        }

        private static Optional<String> joined(List<String> terms, String by) {
            return terms.isEmpty() ? Optional.empty() : Optional.of("(" + String.join(")" + by + "(", terms) + ")");
        }
    }
}
