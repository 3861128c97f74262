package dev.heph.model.capture;

import dev.heph.model.date.DateWords;
import java.util.Locale;

/**
 * The backslash that makes a word plain text. It counts only before a word that could mean something, so that paths and
 * {@code \o/} stay what they are; before such a word, a second one makes the first one text.
 */
final class Escape {
    private static final String MARKS = "#+@!";

    private Escape() {}

    /** Whether the word begins with a backslash that is no text. */
    static boolean isIn(String word) {
        String bare = bare(word);
        return bare.length() < word.length() && (isSpecial(bare) || DateWords.isWord(bare));
    }

    /** Whether the word, anywhere in a line, needs a backslash to be text. A date word needs one only at the end. */
    static boolean isNeeded(String word) {
        return isIn(word) || isSpecial(word);
    }

    private static boolean isSpecial(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return !word.isEmpty() && MARKS.indexOf(word.charAt(0)) >= 0 || word.endsWith("!") && Mark.of(word).isPresent()
                || lower.startsWith(LineReader.DO) || lower.startsWith(LineReader.LATE)
                || lower.equals(LineReader.EVERY) || word.equals(LineReader.END);
    }

    private static String bare(String word) {
        int at = 0;
        while (at < word.length() && word.charAt(at) == '\\') {
            at++;
        }
        return word.substring(at);
    }
}
