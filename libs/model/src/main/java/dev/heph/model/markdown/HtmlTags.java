package dev.heph.model.markdown;

/**
 * Raw HTML and autolinks within one passage (CommonMark §6.5, §6.6): where what opens with an angle bracket ends. The
 * work lost on things that do not close is limited by the length of the passage; a passage made to exceed that has
 * its further angle brackets read as text.
 */
final class HtmlTags {
    static final int NONE = -1;

    private static final int LONGEST_SCHEME = 32;

    private final String text;
    private final boolean html;
    private long patience;

    /** @param html whether this is a block of HTML, in which a comment and its like end at the latest with the block */
    HtmlTags(String text, boolean html) {
        this.text = text;
        this.html = html;
        this.patience = 8L * text.length() + 1_000;
    }

    /** Blocks in which even a browser sees no text with links: scripts, styles, preformatted text. */
    static boolean isOpaque(String block) {
        String head = block.stripLeading();
        for (String tag : new String[] {"<pre", "<script", "<style", "<textarea"}) {
            boolean named = head.regionMatches(true, 0, tag, 0, tag.length());
            if (named && (head.length() == tag.length() || !Character.isLetterOrDigit(head.charAt(tag.length())))) {
                return true;
            }
        }
        return false;
    }

    /** The offset after the tag, comment or autolink that opens at {@code at}, or {@link #NONE}. */
    int end(int at) {
        if (patience < 0) {
            return NONE;
        }
        return switch (unit(at + 1)) {
            case '!' -> bang(at);
            case '?' -> after(at, "?>", at + 2);
            case '/' -> closingTag(at);
            default -> {
                int end = tag(at);
                yield end != NONE ? end : autolink(at);
            }
        };
    }

    private int bang(int at) {
        if (text.startsWith("<!-->", at) || text.startsWith("<!--->", at)) {
            return text.indexOf('>', at) + 1;
        }
        if (text.startsWith("<!--", at)) {
            return after(at, "-->", at + 4);
        }
        if (text.startsWith("<![CDATA[", at)) {
            return after(at, "]]>", at + 9);
        }
        int name = at + 2;
        while (isLetter(unit(name))) {
            name++;
        }
        return name > at + 2 && isWhite(unit(name)) ? after(at, ">", name) : lost(at, name);
    }

    private int after(int at, String closer, int from) {
        int close = text.indexOf(closer, from);
        if (close < 0) {
            return html ? text.length() : lost(at, text.length());
        }
        return close + closer.length();
    }

    private int closingTag(int at) {
        if (!isLetter(unit(at + 2))) {
            return NONE;
        }
        int end = skipWhite(skipName(at + 2));
        return unit(end) == '>' ? end + 1 : lost(at, end);
    }

    private int tag(int at) {
        if (!isLetter(unit(at + 1))) {
            return NONE;
        }
        int end = skipName(at + 1);
        while (true) {
            int attribute = skipWhite(end);
            int after = attribute > end ? attribute(attribute) : attribute;
            end = attribute;
            if (after == attribute) {
                break;
            }
            end = after;
        }
        if (unit(end) == '/') {
            end++;
        }
        return unit(end) == '>' ? end + 1 : lost(at, end);
    }

    /**
     * The offset after {@code name}, {@code name=value} or {@code name="value"}; {@code at} itself when there is
     * none.
     */
    private int attribute(int at) {
        if (!isLetter(unit(at)) && unit(at) != '_' && unit(at) != ':') {
            return at;
        }
        int name = at;
        while (isLetterOrDigit(unit(name)) || "_.:-".indexOf(unit(name)) >= 0) {
            name++;
        }
        int equals = skipWhite(name);
        return unit(equals) == '=' ? value(skipWhite(equals + 1), name) : name;
    }

    private int value(int at, int otherwise) {
        char quote = unit(at);
        if (quote == '"' || quote == '\'') {
            int close = text.indexOf(quote, at + 1);
            if (close < 0) {
                patience -= text.length() - at;
            }
            return close < 0 ? otherwise : close + 1;
        }
        int end = at;
        while (end < text.length() && !isWhite(unit(end)) && "\"'=<>`".indexOf(unit(end)) < 0) {
            end++;
        }
        return end > at ? end : otherwise;
    }

    private int autolink(int at) {
        int name = at + 1;
        while (isLetterOrDigit(unit(name)) || ".!#$%&'*+/=?^_`{|}~-".indexOf(unit(name)) >= 0) {
            name++;
        }
        int end = unit(name) == ':' ? url(at + 1, name) : unit(name) == '@' && name > at + 1 ? domain(name + 1) : at;
        return unit(end) == '>' ? end + 1 : lost(at, Math.max(end, name));
    }

    private int url(int scheme, int colon) {
        int length = colon - scheme;
        boolean valid = length >= 2 && length <= LONGEST_SCHEME && isLetter(unit(scheme));
        for (int at = scheme; at < colon; at++) {
            valid &= isLetterOrDigit(unit(at)) || "+.-".indexOf(unit(at)) >= 0;
        }
        int end = colon;
        while (valid && end < text.length() && unit(end) > ' ' && unit(end) != '<' && unit(end) != '>') {
            end++;
        }
        return end;
    }

    private int domain(int from) {
        int end = from;
        while (isLetterOrDigit(unit(end)) || unit(end) == '.' || unit(end) == '-') {
            end++;
        }
        return end;
    }

    private int lost(int at, int scanned) {
        patience -= scanned - at;
        return NONE;
    }

    private int skipName(int at) {
        int end = at;
        while (isLetterOrDigit(unit(end)) || unit(end) == '-') {
            end++;
        }
        return end;
    }

    private int skipWhite(int at) {
        int end = at;
        while (end < text.length() && isWhite(unit(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWhite(char unit) {
        return unit == ' ' || unit == '\t' || unit == '\n';
    }

    private static boolean isLetter(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
    }

    private static boolean isLetterOrDigit(char unit) {
        return isLetter(unit) || (unit >= '0' && unit <= '9');
    }

    /** The character at {@code at}; NUL, which no rule here takes, after the end. */
    private char unit(int at) {
        return at < text.length() ? text.charAt(at) : '\0';
    }
}
