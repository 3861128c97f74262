package dev.heph.model.markdown;

import dev.heph.model.markdown.LinkRef.Kind;

/** The text between {@code [[} and {@code ]]}: {@code path#anchor|label}, on one line, without further brackets. */
final class WikiLink {
    static final int NONE = -1;

    private WikiLink() {}

    /** The offset after the wiki link that opens at {@code at}, or {@link #NONE}. */
    static int end(String text, int at, CodeSpans code) {
        if (!text.startsWith("[[", at)) {
            return NONE;
        }
        int from = at + 2;
        int close = close(text, from, code);
        return close == NONE || isEmpty(text, from, close) ? NONE : close + 2;
    }

    /** A code span may stand inside, as in a label; its brackets do not count, and it must end inside too. */
    private static int close(String text, int from, CodeSpans code) {
        int at = from;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '\n', '[' -> {
                    return NONE;
                }
                case ']' -> {
                    return text.startsWith("]]", at) ? at : NONE;
                }
                case '`' -> {
                    int end = Math.max(code.runEnd(at), code.end(at));
                    if (text.substring(at, end).indexOf('\n') >= 0) {
                        return NONE;
                    }
                    at = end;
                }
                case '\\' -> {
                    if (at + 1 < text.length() && "[]".indexOf(text.charAt(at + 1)) >= 0) {
                        return NONE;
                    }
                    at++;
                }
                default -> at++;
            }
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
