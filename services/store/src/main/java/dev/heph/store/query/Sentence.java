package dev.heph.store.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentence of a line in which a link stands. */
final class Sentence {
    /** As it stands in front matter, where no markdown takes it off. */
    private static final Pattern LIST_MARK = Pattern.compile("^[-*+] +");

    /**
     * A sign that ends a sentence, what closes behind it, and white space; not where the sentence goes on in small letters, nor
     * after a letter alone, as in "e.g." and in initials. The sign comes first, so that most letters are passed over at once.
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
            return LIST_MARK.matcher(line).replaceFirst("");
        }
        int end = end(line, start + target.length());
        int from = 0;
        int to = line.length();
        for (Matcher stop = STOP.matcher(line); stop.find() && to == line.length();) {
            from = stop.end() <= start ? stop.end() : from;
            to = stop.start() >= end ? stop.end() : to;
        }
        return LIST_MARK.matcher(line.substring(from, to).strip()).replaceFirst("");
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
