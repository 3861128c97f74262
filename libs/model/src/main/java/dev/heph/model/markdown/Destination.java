package dev.heph.model.markdown;

/**
 * The part of an inline link after its text (CommonMark §6.3): {@code (path "title")} or {@code (<path with
 * spaces>)}.
 */
final class Destination {
    static final int NONE = -1;

    private static final int DEEPEST_PARENTHESES = 32;

    private final String text;
    private int start;
    private int end;

    Destination(String text) {
        this.text = text;
    }

    /** The offset after the closing parenthesis when a destination opens at {@code at}, else {@link #NONE}. */
    int parse(int at) {
        if (unit(at) != '(') {
            return NONE;
        }
        int path = skipWhite(at + 1);
        int after = unit(path) == '<' ? bracketed(path) : bare(path);
        if (after == NONE) {
            return NONE;
        }
        int next = skipWhite(after);
        if (next > after && unit(next) != ')') {
            int titled = title(next);
            next = titled == NONE ? next : skipWhite(titled);
        }
        return unit(next) == ')' ? next + 1 : NONE;
    }

    /** What the last successful {@link #parse} read, its backslash escapes resolved. */
    String target() {
        String raw = text.substring(start, end);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder target = new StringBuilder();
        for (int at = 0; at < raw.length(); at++) {
            boolean escape = raw.charAt(at) == '\\' && at + 1 < raw.length() && isPunctuation(raw.charAt(at + 1));
            target.append(raw.charAt(escape ? ++at : at));
        }
        return target.toString();
    }

    private int bracketed(int open) {
        int at = open + 1;
        while (at < text.length() && unit(at) != '>') {
            if (unit(at) == '<' || unit(at) == '\n') {
                return NONE;
            }
            at += unit(at) == '\\' ? 2 : 1;
        }
        start = open + 1;
        end = Math.min(at, text.length());
        return unit(at) == '>' ? at + 1 : NONE;
    }

    private int bare(int from) {
        int depth = 0;
        int at = from;
        while (at < text.length() && unit(at) > ' ') {
            char unit = unit(at);
            if (unit == ')' && depth == 0) {
                break;
            }
            depth += unit == '(' ? 1 : unit == ')' ? -1 : 0;
            if (depth > DEEPEST_PARENTHESES) {
                return NONE;
            }
            at += unit == '\\' && isPunctuation(unit(at + 1)) ? 2 : 1;
        }
        start = from;
        end = at;
        return depth == 0 ? at : NONE;
    }

    private int title(int open) {
        char closer = switch (unit(open)) {
            case '"' -> '"';
            case '\'' -> '\'';
            case '(' -> ')';
            default -> '\0';
        };
        if (closer == '\0') {
            return NONE;
        }
        int at = open + 1;
        while (at < text.length() && unit(at) != closer) {
            if (unit(at) == '(' && closer == ')') {
                return NONE;
            }
            at += unit(at) == '\\' ? 2 : 1;
        }
        return at < text.length() ? at + 1 : NONE;
    }

    private int skipWhite(int at) {
        int next = at;
        while (unit(next) == ' ' || unit(next) == '\t' || unit(next) == '\n') {
            next++;
        }
        return next;
    }

    private static boolean isPunctuation(char unit) {
        return unit > ' ' && unit < 0x7F && !Character.isLetterOrDigit(unit);
    }

    private char unit(int at) {
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
