package dev.heph.store.query;

import dev.heph.store.view.SearchText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person typed to search, read so that nothing can be wrong with it: words are all required, {@code "a phrase"},
 * {@code prefix*}, {@code -not}, {@code OR} between two terms. Everything else is text to look for.
 *
 * @param match the expression for the word index; empty when there is nothing to require
 * @param without the expression of what must not be there; empty when nothing is excluded
 * @param wanted the terms to highlight
 */
record WordQuery(Optional<String> match, Optional<String> without, List<String> wanted) {
    private static final Pattern TERM = Pattern.compile("(-?)\"([^\"]*)\"?(\\*?)|(-?)([^\\s\"]+)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

    static WordQuery of(String typed) {
        List<String> required = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        boolean or = false;
        Matcher terms = TERM.matcher(typed);
        while (terms.find()) {
            boolean quoted = terms.group(2) != null;
            boolean not = !(quoted ? terms.group(1) : terms.group(4)).isEmpty();
            String text = quoted ? terms.group(2) : terms.group(5);
            boolean prefix = quoted ? !terms.group(3).isEmpty() : text.endsWith("*");
            if (!quoted && text.equals("OR") && !required.isEmpty()) {
                or = true;
                continue;
            }
            String bare = !quoted && prefix ? text.substring(0, text.length() - 1) : text;
            if (!WORD.matcher(bare).find()) {
                continue;
            }
            String term = term(bare, prefix);
            if (not) {
                excluded.add(term);
                continue;
            }
            wanted.add(bare);
            if (or) {
                required.set(required.size() - 1, required.getLast() + " OR " + term);
            } else {
                required.add(term);
            }
            or = false;
        }
        return new WordQuery(joined(required, " AND "), joined(excluded, " OR "), List.copyOf(wanted));
    }

    boolean isEmpty() {
        return match.isEmpty() && without.isEmpty();
    }

    /** A quoted string is always right for FTS5: the tokenizer takes it apart as it did the text. */
    private static String term(String text, boolean prefix) {
        return "\"" + SearchText.of(text).replace("\"", "\"\"").strip() + "\"" + (prefix ? " *" : "");
    }

    private static Optional<String> joined(List<String> terms, String by) {
        return terms.isEmpty() ? Optional.empty() : Optional.of("(" + String.join(")" + by + "(", terms) + ")");
    }
}
