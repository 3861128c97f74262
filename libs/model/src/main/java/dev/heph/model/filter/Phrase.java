package dev.heph.model.filter;

import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Words as the search finds them: runs of letters and digits; case and accents make no difference; scripts that write no
 * spaces are taken letter by letter, and {@link Emoji} one by one.
 */
final class Phrase {
    private static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}ー";
    private static final String EMOJI = "\\p{IsEmoji_Presentation}[\\x{1F000}-\\x{1FFFF}&&\\p{IsExtended_Pictographic}][\\x{2600}-\\x{FFFF}&&\\p{IsEmoji}]";
    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{1,2}";
    private static final Pattern WORD = Pattern.compile("%3$s|[%1$s%2$s]|[\\p{L}\\p{N}&&[^%1$s]]+".formatted(UNSPACED, EMOJI, FLAG));
    private static final Pattern ACCENT = Pattern.compile("[\\p{M}\\x{1F3FB}-\\x{1F3FF}\\x{E0020}-\\x{E007F}]+");

    private Phrase() {}

    /** Whether {@code text} has the words of {@code phrase} one after another. A phrase without a word is nowhere. */
    static boolean isIn(String text, String phrase) {
        List<String> words = words(phrase);
        return !words.isEmpty() && Collections.indexOfSubList(words(text), words) >= 0;
    }

    private static List<String> words(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().forEach(point -> folded.appendCodePoint(fold(point)));
        return WORD.matcher(ACCENT.matcher(folded).replaceAll("")).results().map(MatchResult::group).toList();
    }

    /** One letter for one, as the word index does it: the final sigma is a sigma, ß stays ß. Names fold further. */
    private static int fold(int point) {
        return Character.toLowerCase(Character.toUpperCase(point));
    }
}
