package dev.heph.model.filter;

import dev.heph.model.date.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a filter, and the place up to which it has been read. */
final class Line {
    /** White space as {@link #isSpace} knows it, for patterns. */
    static final String SPACE = "\\s\\p{Z}\\x85";

    private static final char ESCAPE = '\\';

    private final String text;
    private int at;

    /**
     * A word or what stands between quotes.
     *
     * @param literal whether a quote or a backslash says that it stands for itself
     */
    record Word(String text, boolean literal) {
        boolean is(String keyword) {
            return !literal && text.equalsIgnoreCase(keyword);
        }
    }

    Line(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    boolean is(char character) {
        return !atEnd() && text.charAt(at) == character;
    }

    boolean isQuote() {
        return is('"') || is('\'');
    }

    boolean isWord(String keyword) {
        return text.regionMatches(true, at, keyword, 0, keyword.length()) && isWordEnd(at + keyword.length());
    }

    boolean take(char character) {
        boolean found = is(character);
        at += found ? 1 : 0;
        return found;
    }

    boolean takeWord(String keyword) {
        boolean found = isWord(keyword);
        at += found ? keyword.length() : 0;
        return found;
    }

    /** A minus denies what it is joined to; one that is joined to nothing, or to another one, is text. */
    boolean takeMinus() {
        boolean joined = at + 1 < text.length() && !isSpace(text.charAt(at + 1)) && "-)".indexOf(text.charAt(at + 1)) < 0;
        return joined && take('-');
    }

    void skipSpace() {
        while (!atEnd() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    void skipTo(int end) {
        at = end;
    }

    /** What {@code pattern} finds right here. */
    Optional<MatchResult> ahead(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    /** What {@code pattern} finds right here, then where that ends, and so on, at most {@code most} times. */
    List<MatchResult> ahead(Pattern pattern, int most) {
        List<MatchResult> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        while (found.size() < most && matcher.lookingAt()) {
            found.add(matcher.toMatchResult());
            matcher.region(matcher.end(), text.length());
        }
        return found;
    }

    /** What stands between two quotes, or else all up to white space, a parenthesis or one of {@code ends}; perhaps nothing. */
    Word word(String ends) {
        return isQuote() ? quoted() : bare(ends);
    }

    private Word bare(String ends) {
        StringBuilder word = new StringBuilder();
        boolean literal = false;
        while (!isWordEnd(at) && ends.indexOf(text.charAt(at)) < 0) {
            literal |= takeEscape();
            word.append(text.charAt(at++));
        }
        return new Word(word.toString(), literal);
    }

    private Word quoted() {
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder word = new StringBuilder();
        while (!atEnd() && !is(quote)) {
            takeEscape();
            word.append(text.charAt(at++));
        }
        if (!take(quote)) {
            throw new FilterException("The quote in %s is not closed. Write %s at its end, or \\ before it".formatted(
                    Quoted.of(text.substring(start)), quote));
        }
        return new Word(word.toString(), true);
    }

    /** A backslash, unless nothing follows that it could make plain. */
    private boolean takeEscape() {
        return at + 1 < text.length() && take(ESCAPE);
    }

    private boolean isWordEnd(int index) {
        return index >= text.length() || isSpace(text.charAt(index)) || "()".indexOf(text.charAt(index)) >= 0;
    }

    private static boolean isSpace(char unit) {
        return '\t' <= unit && unit <= '\r' || unit == '\u0085' || Character.isSpaceChar(unit);
    }
}
