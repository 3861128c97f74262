package dev.heph.store.view;

import java.lang.Character.UnicodeScript;

/**
 * Text as the word index wants it. Scripts that write no spaces between words (Chinese, Japanese, Thai and their like) get one
 * around every letter, in the index as in the query, so that any run of letters is found as a phrase.
 */
public final class SearchText {
    private SearchText() {}

    public static String of(String text) {
        int at = firstUnspaced(text);
        if (at == text.length()) {
            return text;
        }
        StringBuilder spaced = new StringBuilder(text.length() * 2).append(text, 0, at);
        text.codePoints().skip(text.codePointCount(0, at)).forEach(point -> {
            if (isUnspaced(point)) {
                spaced.append(' ').appendCodePoint(point).append(' ');
            } else {
                spaced.appendCodePoint(point);
            }
        });
        return spaced.toString();
    }

    private static int firstUnspaced(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit >= 0x0E00 && isUnspaced(Character.isHighSurrogate(unit) ? text.codePointAt(at) : unit)) {
                return at;
            }
        }
        return text.length();
    }

    private static boolean isUnspaced(int point) {
        return point >= 0x0E00 && switch (UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            // The prolonged sound mark and its kin belong to the kana around them.
            case COMMON -> point == 0x30FC || point == 0xFF70;
            default -> false;
        };
    }
}
