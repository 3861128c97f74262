package dev.heph.model.filter;

import dev.heph.model.date.Now;
import java.util.ArrayList;
import java.util.List;

/** Reads a filter by descent: {@code or} joins what {@code and} joins, which may be denied, and is a term or in parentheses. */
final class FilterReader {
    private final Line line;
    private final TermReader terms;
    private int open;
    /** What was read last and wants something to follow: a keyword or a parenthesis. */
    private String before = "";

    FilterReader(String text, Now now) {
        line = new Line(text);
        terms = new TermReader(line, now);
    }

    Filter read() {
        line.skipSpace();
        return line.atEnd() ? new Filter.Everything() : either();
    }

    private Filter either() {
        List<Filter> sides = new ArrayList<>();
        do {
            sides.add(both());
        } while (takeKeyword(FilterWords.OR));
        return Filter.anyOf(sides);
    }

    /** Terms side by side mean {@code and}. */
    private Filter both() {
        List<Filter> sides = new ArrayList<>();
        do {
            sides.add(side());
        } while (takeKeyword(FilterWords.AND) || !isOver() && !line.isWord(FilterWords.OR));
        return Filter.allOf(sides);
    }

    private Filter side() {
        boolean denied = false;
        while (takeKeyword(FilterWords.NOT) || line.takeMinus()) {
            denied = !denied;
        }
        Filter filter = one();
        line.skipSpace();
        return denied ? filter.negated() : filter;
    }

    private Filter one() {
        if (isOver()) {
            throw missing("after", before);
        }
        for (String keyword : List.of(FilterWords.AND, FilterWords.OR)) {
            if (line.isWord(keyword)) {
                throw missing("before", keyword);
            }
        }
        return line.take('(') ? inParentheses() : terms.read();
    }

    private Filter inParentheses() {
        open++;
        if (open > Filter.MOST_TERMS) {
            throw new FilterException("The filter is too deep. At most %d ( may be open at once: leave some out".formatted(
                    Filter.MOST_TERMS));
        }
        before = "(";
        line.skipSpace();
        Filter inner = either();
        if (!line.take(')')) {
            throw new FilterException("A ( is not closed. Write ) where it ends, or \\( if it is text");
        }
        open--;
        return inner;
    }

    /** Whether the filter ends here, or the parentheses that this is in. */
    private boolean isOver() {
        if (line.is(')') && open == 0) {
            throw new FilterException("A ) has no beginning. Write ( where it begins, or \\) if it is text");
        }
        return line.atEnd() || line.is(')');
    }

    private boolean takeKeyword(String keyword) {
        boolean found = line.takeWord(keyword);
        if (found) {
            before = keyword;
            line.skipSpace();
        }
        return found;
    }

    private static FilterException missing(String where, String what) {
        return new FilterException("There is nothing %s '%s'. Write a term there, as in %s; as text write \\%s".formatted(
                where, what, Key.KIND.example(), what));
    }
}
