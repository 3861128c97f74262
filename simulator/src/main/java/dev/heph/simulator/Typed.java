package dev.heph.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words that people type in a simulation: each is typed once, so that it can be told what became of it. */
final class Typed {
    private static final Pattern WORD = Pattern.compile("q[0-9a-z]{2}[g-z][0-9a-z]");
    private static final int LETTERS = 36;

    private final int step;
    private int words;

    Typed(int step) {
        this.step = step;
    }

    /** One that nobody typed before. */
    String word() {
        int word = words++;
        return "q" + letter(step / LETTERS) + letter(step % LETTERS) + letter(16 + word / LETTERS % 20) + letter(word % LETTERS);
    }

    String words(int count) {
        StringBuilder words = new StringBuilder(word());
        for (int more = 1; more < count; more++) {
            words.append(' ').append(word());
        }
        return words.toString();
    }

    private static char letter(int value) {
        return Character.forDigit(value, LETTERS);
    }

    static Set<String> in(String text) {
        return counted(text).keySet();
    }

    /** Those that stand less often in a text than in what it was made of. */
    static Set<String> fewer(String base, String saved) {
        Map<String, Integer> now = counted(saved);
        Map<String, Integer> fewer = counted(base);
        fewer.entrySet().removeIf(word -> word.getValue() <= now.getOrDefault(word.getKey(), 0));
        return fewer.keySet();
    }

    private static Map<String, Integer> counted(String text) {
        Map<String, Integer> counted = new LinkedHashMap<>();
        WORD.matcher(text).results().forEach(found -> counted.merge(found.group(), 1, Integer::sum));
        return counted;
    }
}
