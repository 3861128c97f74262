package dev.heph.gateway.foreign;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Todoist's words say of a date that comes again: {@code every! 2 weeks at 9am starting 1 dec until 5 mar}.
 *
 * @param doDate ISO local date or date-time on which it begins, if it says so
 */
record TodoistRepeat(Repetition repetition, Optional<String> doDate) {
    private static final Pattern EVERY = Pattern.compile("ev(?:ery)?\\b(!?) ?(.+)");
    private static final Pattern TIME = Pattern.compile("(?:\\bat |@ ?|\\b)(\\d{1,2}:\\d{2}(?: ?[ap]m)?|\\d{1,2} ?[ap]m)(?!\\w)");
    private static final Pattern FROM = Pattern.compile(" (?:starting|beginning|from)(?: on)? (.+?)(?= (?:until|ending)\\b|$)");

    /** @param late whether it has a late-on, which is not when it begins */
    Repetition repetition(boolean late) {
        return late && doDate.isEmpty() && repetition.time().isEmpty() ? repetition.at(LocalTime.MIDNIGHT.toString()) : repetition;
    }

    /** Whether the words are meant so. */
    static boolean isMeant(String words) {
        return EVERY.matcher(plain(words)).matches();
    }

    /** Empty if they are not understood. */
    static Optional<TodoistRepeat> of(String words, Now now) {
        Matcher every = EVERY.matcher(plain(words));
        if (!every.matches()) {
            return Optional.empty();
        }
        Matcher time = TIME.matcher(every.group(2));
        Optional<LocalTime> at = time.find() ? time(time.group(1), now) : Optional.empty();
        String timeless = at.isEmpty() ? every.group(2) : plain(time.replaceFirst(""));
        Matcher from = FROM.matcher(timeless);
        boolean hasFrom = from.find();
        Optional<LocalDate> begins = hasFrom ? day(from.group(1), now) : Optional.empty();
        if (hasFrom && begins.isEmpty()) {
            return Optional.empty();
        }
        String rest = from.replaceFirst("").replace(" ending ", " until ").replaceFirst("\\bworkday\\b", "weekday");
        Optional<String> doDate = begins.map(day -> at.map(clock -> day.atTime(clock).toString()).orElse(day.toString()));
        return Repetition.inWords("every " + rest + (every.group(1).isEmpty() ? "" : " after done"), now)
                .map(said -> doDate.isEmpty() && at.isPresent() ? said.at(at.get().toString()) : said)
                .map(said -> new TodoistRepeat(said, doDate));
    }

    private static Optional<LocalDate> day(String words, Now now) {
        return DateWords.find(words, now).map(when -> when instanceof When.Day(LocalDate day) ? day : null);
    }

    private static Optional<LocalTime> time(String words, Now now) {
        return DateWords.find("at " + words, now).map(when -> when instanceof When.Moment(var at) ? at.toLocalTime() : null);
    }

    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }
}
