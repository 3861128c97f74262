package dev.heph.model.capture;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What other programs call a date: text here, and whoever is used to it is told what to write. */
final class Foreign {
    private static final Pattern KEY = Pattern.compile(
            "(?:(?<late>due|by|deadline|until)|scheduled|start|wait):(?<date>\\S+)", Pattern.CASE_INSENSITIVE);

    private Foreign() {}

    /** Of the first such word in a title: {@code due:fri is text (a deadline is late:fri)}. */
    static Optional<String> in(Captured captured, Now now) {
        for (String word : captured.title().split(" ")) {
            Matcher key = KEY.matcher(word);
            if (key.matches() && DateWords.find(key.group("date"), now).isPresent()) {
                boolean late = key.group("late") != null;
                if ((late ? captured.lateOn() : captured.doDate()).isEmpty()) {
                    return Optional.of("%s is text (%s%s)".formatted(word, late ? "a deadline is late:" : "a day to do it is do:", key.group("date")));
                }
            }
        }
        return Optional.empty();
    }
}
