package dev.heph.model.capture;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What other programs call a date, a project or a priority: text here, and whoever is used to it is told what to write. */
final class Foreign {
    private static final Pattern KEY = Pattern.compile(
            "(?:(?<late>due|by|deadline|until)|(?<do>scheduled|start|wait)|(?<project>proj(?:ect)?)|pri(?:ority)?):(?<value>\\S+)", Pattern.CASE_INSENSITIVE);

    private Foreign() {}

    /** Of the first such word in a title: {@code due:fri is text (a deadline is late:fri)}. */
    static Optional<String> in(Captured captured, Now now) {
        return Arrays.stream(captured.title().split(" ")).flatMap(word -> instead(word, captured, now).map(here -> word + " is text (" + here + ")").stream())
                .findFirst();
    }

    /** What to write, unless the line says that too. */
    private static Optional<String> instead(String word, Captured captured, Now now) {
        Matcher key = KEY.matcher(word);
        if (!key.matches()) {
            return Optional.empty();
        }
        String value = key.group("value");
        if (key.group("project") != null) {
            return captured.project().isEmpty() && Mark.isName(value) ? Optional.of("a project is @" + value) : Optional.empty();
        } else if (key.group("late") == null && key.group("do") == null) {
            return captured.attention().isEmpty() ? attention(value).map("attention is "::concat) : Optional.empty();
        } else if (DateWords.find(value, now).isEmpty()) {
            return Optional.empty();
        } else if (key.group("late") != null) {
            return captured.lateOn().isEmpty() ? Optional.of("a deadline is late:" + value) : Optional.empty();
        }
        return captured.doDate().isEmpty() ? Optional.of("a day to do it is do:" + value) : Optional.empty();
    }

    private static Optional<String> attention(String priority) {
        return switch (priority.toLowerCase(Locale.ROOT)) {
            case "h", "high", "a", "1" -> Optional.of("!red");
            case "m", "medium", "b", "2" -> Optional.of("!orange");
            case "l", "low", "c", "3" -> Optional.of("!white");
            default -> Optional.empty();
        };
    }
}
