package dev.heph.model.capture;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The grammar of a captured line ("a line" in docs/design/capture.md). */
public final class Capture {
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\x85]+");

    private Capture() {}

    /**
     * What {@code line} says when it is written at {@code now}. Every word of it ends up in the title or in a field.
     *
     * @throws CaptureException when it has no title, says a thing twice, or has an unknown {@code !mark} or date
     */
    public static Captured parse(String line, Now now) {
        return new LineReader(words(line), now).read();
    }

    /**
     * A line of which {@code title} is the title and nothing else, up to white space.
     *
     * @return the title with a backslash before each word that would be taken for something else
     */
    public static String escape(String title) {
        List<String> words = new ArrayList<>(words(title));
        words.replaceAll(word -> Escape.isNeeded(word) ? "\\" + word : word);
        if (!words.isEmpty() && DateWords.isWord(words.getLast())) {
            words.set(words.size() - 1, "\\" + words.getLast());
        }
        return String.join(" ", words);
    }

    static List<String> words(String text) {
        return Arrays.stream(SPACE.split(text)).filter(word -> !word.isEmpty()).toList();
    }
}
