package dev.heph.store.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The piece of a text that has the most of what was looked for, on one line, the terms between U+0002 and U+0003. */
final class Snippet {
    private static final int BEFORE = 50;
    private static final int LENGTH = 160;
    /** How far from the first match a better place is looked for. */
    private static final int LOOKED_AT = 20_000;
    private static final char OPEN = '\u0002';
    private static final char CLOSE = '\u0003';
    private static final String CUT = "…";
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\\R.*?\\R---\\R", Pattern.DOTALL);

    private Snippet() {}

    /** Front matter is for programs: a match in it counts only when there is nothing else to show. */
    static String of(String body, List<Term> terms) {
        Matcher front = FRONT_MATTER.matcher(body);
        int start = front.find() && !body.substring(front.end()).isBlank() ? front.end() : 0;
        Optional<Span> match = best(body, start, terms);
        if (match.isEmpty()) {
            int end = wordEnd(body, Math.min(body.length(), start + LENGTH));
            return clean(body, start, end) + (end < body.length() ? CUT : "");
        }
        int from = wordStart(body, Math.max(start, match.get().start() - BEFORE));
        int to = wordEnd(body, Math.min(body.length(), Math.max(from + LENGTH, match.get().end())));
        return (from > start ? CUT : "") + marked(clean(body, from, to), terms) + (to < body.length() ? CUT : "");
    }

    private record Span(int start, int end, Term term) {}

    /** The match from which the most different terms are near; of several the first. */
    private static Optional<Span> best(String body, int from, List<Term> terms) {
        List<Span> spans = new ArrayList<>();
        WordCursor cursor = new WordCursor(body, from);
        Set<Term> seen = new HashSet<>();
        int enough = body.length();
        while (!terms.isEmpty() && cursor.next() && cursor.start() <= enough) {
            Optional<Span> span = longest(body, cursor, terms);
            if (span.isPresent() && spans.isEmpty()) {
                enough = terms.size() == 1 ? 0 : cursor.start() + LOOKED_AT;
            }
            span.ifPresent(spans::add);
        }
        Span best = null;
        int most = 0;
        for (int at = 0; at < spans.size() && most < terms.size(); at++) {
            seen.clear();
            for (Span span : spans.subList(at, spans.size())) {
                if (span.end() - spans.get(at).start() > LENGTH - BEFORE) {
                    break;
                }
                seen.add(span.term());
            }
            best = seen.size() > most ? spans.get(at) : best;
            most = Math.max(most, seen.size());
        }
        return Optional.ofNullable(best);
    }

    private static Optional<Span> first(String text, int from, List<Term> terms) {
        WordCursor cursor = new WordCursor(text, from);
        while (!terms.isEmpty() && cursor.next()) {
            Optional<Span> span = longest(text, cursor, terms);
            if (span.isPresent()) {
                return span;
            }
        }
        return Optional.empty();
    }

    /** The longest term that stands where the cursor is. */
    private static Optional<Span> longest(String text, WordCursor cursor, List<Term> terms) {
        Span longest = null;
        for (Term term : terms) {
            int end = term.endIn(text, cursor);
            longest = end > (longest == null ? -1 : longest.end()) ? new Span(cursor.start(), end, term) : longest;
        }
        return Optional.ofNullable(longest);
    }

    private static String marked(String cut, List<Term> terms) {
        StringBuilder marked = new StringBuilder();
        int done = 0;
        for (Optional<Span> at = first(cut, 0, terms); at.isPresent(); at = first(cut, done, terms)) {
            Span span = at.get();
            marked.append(cut, done, span.start()).append(OPEN).append(cut, span.start(), span.end()).append(CLOSE);
            done = span.end();
        }
        return marked.append(cut, done, cut.length()).toString();
    }

    private static String clean(String body, int from, int to) {
        return SPACES.matcher(body.substring(from, to).replace(OPEN, ' ').replace(CLOSE, ' ')).replaceAll(" ").strip();
    }

    private static int wordStart(String body, int at) {
        int start = at;
        while (start > 0 && start > at - 20 && !Character.isWhitespace(body.charAt(start - 1))) {
            start--;
        }
        return Character.isLowSurrogate(body.isEmpty() ? ' ' : body.charAt(Math.min(start, body.length() - 1))) ? start + 1 : start;
    }

    private static int wordEnd(String body, int at) {
        int end = at;
        while (end < body.length() && end < at + 20 && !Character.isWhitespace(body.charAt(end))) {
            end++;
        }
        return end < body.length() && Character.isLowSurrogate(body.charAt(end)) ? end + 1 : end;
    }
}
