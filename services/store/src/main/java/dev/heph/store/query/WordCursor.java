package dev.heph.store.query;

import dev.heph.model.filter.Emoji;
import dev.heph.store.view.SearchText;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the words of a text as the word index takes them apart: runs of letters and digits without case and accents; a
 * letter of a script without spaces is a word by itself, and so is an emoji.
 */
final class WordCursor {
    private static final int HALF_A_FLAG = 2; // chars

    private final String text;
    private final StringBuilder word = new StringBuilder();
    private int at;
    private int start;

    WordCursor(String text, int from) {
        this.text = text;
        this.at = from;
    }

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (WordCursor cursor = new WordCursor(text, 0); cursor.next();) {
            words.add(cursor.word());
        }
        return words;
    }

    /** @return whether there is another word */
    boolean next() {
        word.setLength(0);
        boolean alone = false;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            boolean accent = point >= 0x300 && (Character.getType(point) == Character.NON_SPACING_MARK || Emoji.isLook(point));
            boolean letter = !accent && isLetter(point);
            boolean unspaced = letter && SearchText.isUnspaced(point);
            if (!word.isEmpty() && !accent && (alone || unspaced || !letter || Emoji.isHalfOfAFlag(point) != isHalfAFlag())) {
                return true;
            }
            if (letter) {
                start = word.isEmpty() ? at : start;
                alone = unspaced || isHalfAFlag();
                fold(point);
            }
            at += Character.charCount(point);
        }
        return !word.isEmpty();
    }

    String word() {
        return word.toString();
    }

    boolean is(String other) {
        return word.length() == other.length() && word.indexOf(other) == 0;
    }

    boolean begins(String beginning) {
        return word.length() >= beginning.length() && word.indexOf(beginning) == 0;
    }

    int start() {
        return start;
    }

    /** Offset after the word and its accents. */
    int end() {
        return at;
    }

    /** A whole one is a word as letters are. */
    private boolean isHalfAFlag() {
        return word.length() == HALF_A_FLAG && Emoji.isHalfOfAFlag(word.codePointAt(0));
    }

    private static boolean isLetter(int point) {
        return point < 0x80 ? Character.isLetterOrDigit(point) : SearchText.isLetter(point);
    }

    private void fold(int point) {
        if (point < 0x80) {
            word.append((char) (point >= 'A' && point <= 'Z' ? point + 'a' - 'A' : point));
            return;
        }
        int small = Character.toLowerCase(Character.toUpperCase(point));
        boolean composed = small >= 0xC0 && small < 0x2000;
        String apart = composed ? Normalizer.normalize(Character.toString(small), Normalizer.Form.NFD) : "";
        word.appendCodePoint(composed ? apart.codePointAt(0) : small);
    }
}
