package dev.heph.model.date;

import java.util.regex.Pattern;

/** Words that are no date. The message says in one line what was written, why it is none, and what would be one. */
public class DateWordsException extends IllegalArgumentException {
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern DAY_OF_A_MONTH =
            Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2} ?[a-z]+( \\d{4})?|[a-z]+ ?\\d{1,2}( \\d{4})?");
    private static final Pattern TIME = Pattern.compile("\\d{1,2}(:\\d{2})?(am|pm)?");

    /** For {@code words}, which are no date. */
    public DateWordsException(String words) {
        super("%s. Try: fri, tomorrow, 3d, 15 dec, 2026-06-01".formatted(reason(words)));
    }

    private static String reason(String words) {
        if (words.isEmpty()) {
            return "No date was given";
        }
        String quoted = "%s is no date".formatted(Quoted.of(words));
        if (NUMBER.matcher(words).matches()) {
            return quoted + ": a number needs a unit, as in 3d, or a month, as in 3 dec";
        }
        if (TIME.matcher(words).matches()) {
            return quoted + ": there is no such time of day";
        }
        return DAY_OF_A_MONTH.matcher(words).matches() && namesMonth(words) ? quoted + ": there is no such day" : quoted;
    }

    private static boolean namesMonth(String words) {
        String name = words.replaceAll("[^a-z]", "");
        return name.isEmpty() || CalendarNames.month(name).isPresent();
    }
}
