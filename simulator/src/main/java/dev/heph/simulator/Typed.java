package dev.heph.simulator;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        return WORD.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
