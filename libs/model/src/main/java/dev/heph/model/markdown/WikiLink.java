package dev.heph.model.markdown;

import dev.heph.model.markdown.LinkRef.Kind;

/** The text between {@code [[} and {@code ]]}: {@code path#anchor|label}, on one line, without further brackets. */
final class WikiLink {
    static final int NONE = -1;

    private WikiLink() {}

    /** The offset after the wiki link that opens at {@code at}, or {@link #NONE}. */
    static int end(String text, int at, CodeSpans code, HtmlTags tags) {
        if (!text.startsWith("[[", at)) {
            return NONE;
        }
        int from = at + 2;
        int close = close(text, from, code, tags);
        return close == NONE || isEmpty(text, from, close) ? NONE : close + 2;
    }

    /**
     * Code and HTML may stand inside, as in a label; their brackets do not count, and they must end on the line too.
     */
    private static int close(String text, int from, CodeSpans code, HtmlTags tags) {
        int at = from;
        while (at < text.length()) {
            int next = switch (text.charAt(at)) {
                case '\n', '[' -> NONE;
                case ']' -> text.startsWith("]]", at) ? at : NONE;
                case '`' -> Math.max(code.runEnd(at), code.end(at));
                case '<' -> Math.max(at + 1, tags.end(at));
                case '\\' -> text.startsWith("[", at + 1) || text.startsWith("]", at + 1) ? NONE : at + 1;
                default -> at + 1;
            };
            if (next <= at) {
                return next;
            }
            if (next > at + 1 && text.substring(at, next).indexOf('\n') >= 0) {
                return NONE;
            }
            at = next;
        }
        return NONE;
    }

    /** Without path and anchor there is nothing to point to. */
    private static boolean isEmpty(String text, int from, int to) {
        for (int at = from; at < to && text.charAt(at) != '|'; at++) {
            if (text.charAt(at) != '#' && !Character.isWhitespace(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** In a table the bar before the label is written {@code \|}; the backslash is no part of the path. */
    static LinkRef read(Kind kind, String inside, int start, int end, int lineStart) {
        int bar = inside.indexOf('|');
        String place = bar < 0 ? inside : inside.substring(0, bar);
        if (bar >= 0 && place.endsWith("\\")) {
            place = place.substring(0, place.length() - 1);
        }
        String label = bar < 0 ? "" : inside.substring(bar + 1).strip();
        int hash = place.indexOf('#');
        String target = hash < 0 ? place : place.substring(0, hash);
        String anchor = hash < 0 ? "" : place.substring(hash + 1);
        return new LinkRef(kind, target.strip(), anchor.strip(), label, start, end, lineStart);
    }
}
