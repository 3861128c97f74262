package dev.heph.store.query;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The piece of a text around the first term that was looked for, on one line, the terms between U+0002 and U+0003. */
final class Snippet {
    private static final int BEFORE = 50;
    private static final int LENGTH = 160;
    private static final char OPEN = '\u0002';
    private static final char CLOSE = '\u0003';
    private static final String CUT = "…";
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern FRONT_MATTER = Pattern.compile("\\A---\\R.*?\\R---\\R", Pattern.DOTALL);

    private Snippet() {}

    /** Front matter is for programs: a match in it counts only when there is nothing else to show. */
    static String of(String body, List<String> terms) {
        Matcher front = FRONT_MATTER.matcher(body);
        int start = front.find() && !body.substring(front.end()).isBlank() ? front.end() : 0;
        Matcher match = pattern(terms).matcher(body);
        if (terms.isEmpty() || !match.find(start)) {
            int end = wordEnd(body, Math.min(body.length(), start + LENGTH));
            return clean(body, start, end) + (end < body.length() ? CUT : "");
        }
        int from = wordStart(body, Math.max(start, match.start() - BEFORE));
        int to = wordEnd(body, Math.min(body.length(), Math.max(from + LENGTH, match.end())));
        String cut = clean(body, from, to);
        String marked = pattern(terms).matcher(cut).replaceAll(hit -> OPEN + Matcher.quoteReplacement(hit.group()) + CLOSE);
        return (from > start ? CUT : "") + marked + (to < body.length() ? CUT : "");
    }

    private static Pattern pattern(List<String> terms) {
        String any = terms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(any, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
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
