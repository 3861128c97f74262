package dev.heph.store.view;

import dev.heph.model.filter.Emoji;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Text as the word index wants it, in the index as in the query. Scripts that write no spaces between words (Chinese, Japanese,
 * Thai and their like) get one around every letter, so that any run of letters is found as a phrase. The index itself folds the
 * accents of Latin letters only; those of other scripts, and points that are vowels, are taken off here: who looks for a word
 * often leaves them out, and a text may spell one letter in two ways. An emoji is a word like a letter of those scripts; as the
 * index knows no signs, it stands in it as a letter for private use.
 */
public final class SearchText {
    /** Not the marks that make another letter of a kana: ハ is no パ. */
    private static final Pattern ACCENTS = Pattern.compile("[\\p{Mn}&&[^\u3099\u309A]]+");

    private static final int FIRST_UNSPACED = 0x0E00;
    private static final int FIRST_STRANGE = 0x2060;
    private static final int PRIVATE_PLANE = 0xF0000;

    private SearchText() {}

    public static String of(String text) {
        return isLatin(text) ? text : spaced(hasOtherScripts(text) ? plain(text) : text);
    }

    /** Most texts are, and need no second look. */
    private static boolean isLatin(String text) {
        for (char unit : text.toCharArray()) {
            if (unit >= 0x0300) {
                return false;
            }
        }
        return true;
    }

    private static String plain(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        return Normalizer.normalize(ACCENTS.matcher(apart).replaceAll(""), Normalizer.Form.NFC);
    }

    /** Whether there is a letter beyond Latin; dashes, quotes, arrows and emoji are none. */
    private static boolean hasOtherScripts(String text) {
        for (char unit : text.toCharArray()) {
            boolean sign = unit >= 0x2000 && unit < 0x2C00 || Character.isSurrogate(unit);
            if (unit >= 0x0300 && !sign) {
                return true;
            }
        }
        return false;
    }

    private static String spaced(String text) {
        int at = firstToChange(text);
        if (at == text.length()) {
            return text;
        }
        StringBuilder spaced = new StringBuilder(text.length() * 2).append(text, 0, at);
        boolean halfAFlag = false;
        for (int point; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            if (Emoji.isLook(point)) {
                continue;
            }
            boolean half = Emoji.isHalfOfAFlag(point);
            spaced.append(half == halfAFlag ? "" : " ");
            halfAFlag = half && !halfAFlag;
            if (half) {
                spaced.appendCodePoint(letterOf(point)).append(halfAFlag ? "" : " ");
            } else if (isUnspaced(point)) {
                spaced.append(' ').appendCodePoint(Emoji.isPicture(point) ? letterOf(point) : point).append(' ');
            } else {
                spaced.appendCodePoint(isStrange(point) ? ' ' : point);
            }
        }
        return spaced.toString();
    }

    private static int firstToChange(String text) {
        char[] units = text.toCharArray();
        for (int at = 0; at < units.length; at++) {
            if (units[at] >= FIRST_UNSPACED) {
                int point = Character.codePointAt(units, at);
                if (isUnspaced(point) || Emoji.isHalfOfAFlag(point) || isStrange(point)) {
                    return at;
                }
            }
        }
        return units.length;
    }

    /** Whether it stands for itself in the index, without the letters around it. */
    public static boolean isUnspaced(int point) {
        return point >= FIRST_UNSPACED && (Emoji.isPicture(point) || switch (UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            // The prolonged sound mark and its kin belong to the kana around them.
            case COMMON -> point == 0x30FC || point == 0xFF70;
            default -> false;
        });
    }

    /** Whether it is part of a word, or one; a mark on a letter is no letter. */
    public static boolean isLetter(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER
                || Emoji.isPicture(point) || Emoji.isHalfOfAFlag(point);
    }

    /** A sign of which the index, whose Unicode is an old one, may not know that it is none of its letters. */
    private static boolean isStrange(int point) {
        int type = Character.getType(point);
        return point >= FIRST_STRANGE && !isLetter(point) && type != Character.NON_SPACING_MARK && type != Character.COMBINING_SPACING_MARK;
    }

    /** Emoji are in two planes, and there in different places, so that no two have one letter. */
    private static int letterOf(int emoji) {
        return PRIVATE_PLANE | emoji & 0xFFFF;
    }
}
