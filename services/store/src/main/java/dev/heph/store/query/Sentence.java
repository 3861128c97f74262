package dev.heph.store.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentence of a line in which a link stands. */
final class Sentence {
    /** As it stands in front matter, where no markdown takes it off. */
    private static final Pattern LIST_MARK = Pattern.compile("[-*+] +");

    /**
     * A sign that ends a sentence, what closes behind it, and white space; not where the sentence goes on in small letters, nor
     * after a letter alone, as in "e.g." and in initials.
     */
    private static final Pattern STOP = Pattern.compile("[.!?…؟।](?<!\\b\\p{L}.)[\\])\"'”’»*_]*\\s+(?!\\p{Ll})|[。！？｡．][」』）”]*\\s*");

    private Sentence() {}

    /**
     * The sentence around the first link to {@code target} in {@code line}, the link itself always whole; the line if it is that of
     * a table, or the link is not found, which may be written in ways that nothing here knows.
     */
    static String around(String line, String target) {
        int start = start(line, target);
        if (start < 0 || line.startsWith("|")) {
            return withoutMark(line);
        }
        Matcher stop = STOP.matcher(line).useTransparentBounds(true);
        int from = begin(line, start, stop);
        int to = stop(line, end(line, start + target.length()), stop);
        return withoutMark(line.substring(from, to).strip());
    }

    /** After the last stop that ends before the link. */
    private static int begin(String line, int link, Matcher stop) {
        for (int at = link - 1; at >= 0; at--) {
            if (isStop(line, at, stop) && stop.end() <= link) {
                return stop.end();
            }
        }
        return 0;
    }

    /** After the first stop behind the link. */
    private static int stop(String line, int link, Matcher stop) {
        for (int at = link; at < line.length(); at++) {
            if (isStop(line, at, stop)) {
                return stop.end();
            }
        }
        return line.length();
    }

    private static boolean isStop(String line, int at, Matcher stop) {
        return isSign(line.charAt(at)) && stop.region(at, line.length()).lookingAt();
    }

    /** With what {@link #STOP} begins. The matcher is asked at these alone: it takes ten times as long to look for itself. */
    private static boolean isSign(char unit) {
        return switch (unit) {
            case '.', '!', '?', '…', '؟', '।', '。', '！', '？', '｡', '．' -> true;
            default -> false;
        };
    }

    private static String withoutMark(String text) {
        Matcher mark = LIST_MARK.matcher(text);
        return mark.lookingAt() ? text.substring(mark.end()) : text;
    }

    private static int start(String line, String target) {
        for (String open : new String[] {"[[", "]("}) {
            int at = line.indexOf(open + target);
            if (at >= 0) {
                int bracket = open.equals("[[") ? at : Math.max(0, line.lastIndexOf('[', at));
                return line.startsWith("!", bracket - 1) ? bracket - 1 : bracket;
            }
        }
        return -1;
    }

    /** After the brackets or parenthesis that close the link; the last sign of a sentence may stand behind it. */
    private static int end(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) != ']' && line.charAt(at) != ')') {
            at++;
        }
        while (at < line.length() && (line.charAt(at) == ']' || line.charAt(at) == ')')) {
            at++;
        }
        return at;
    }
}
