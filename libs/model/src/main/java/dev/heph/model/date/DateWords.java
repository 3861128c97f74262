package dev.heph.model.date;

import dev.heph.model.date.When.Day;
import dev.heph.model.date.When.Moment;
import dev.heph.model.date.When.None;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Dates in words, both ways ("dates" in docs/design/capture.md). Weeks begin on Monday. */
public final class DateWords {
    /** No date takes more words: {@code on saturday 15 december 2027 at 9 am}. */
    public static final int MOST_WORDS = 8;

    private static final LocalTime TONIGHT = LocalTime.of(20, 0);
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\x85]+");
    private static final Pattern ISO_MOMENT = Pattern.compile("(\\d{4}-\\d{1,2}-\\d{1,2})t(\\d{2}:\\d{2})");
    private static final Pattern DETACHED_HALF = Pattern.compile("(?<=\\d) (?=(am|pm)\\b)");
    private static final Pattern NUMERAL = Pattern.compile("[+-]?\\d.*");
    private static final Set<String> VOCABULARY = Set.of("none", "today", "tonight", "tomorrow", "yesterday", "after", "this", "next", "last", "ago", "in", "on", "at",
            "eow", "eom", "eoy", "d", "w", "m", "y", "day", "days", "week", "weeks", "month", "months", "year", "years", "am", "pm");

    private DateWords() {}

    /** The longest run of words that is a date. */
    public record Run(When when, int words) {}

    /** What {@code words} mean at {@code now}; throws {@link DateWordsException} when they are no date. */
    public static When parse(String words, Now now) {
        return find(words, now).orElseThrow(() -> new DateWordsException(plain(words)));
    }

    /** What {@code words} mean at {@code now}; empty when they are no date. */
    public static Optional<When> find(String words, Now now) {
        String plain = DETACHED_HALF.matcher(ISO_MOMENT.matcher(plain(words)).replaceFirst("$1 $2")).replaceFirst("");
        return plain.equals("none") ? Optional.of(new None()) : timed(plain, now).or(() -> day(plain, now));
    }

    /** The longest run at the start of {@code words} that is a date and {@code fits}. */
    public static Optional<Run> longest(List<String> words, Now now, Predicate<When> fits) {
        for (int count = Math.min(words.size(), MOST_WORDS); count > 0; count--) {
            Optional<When> when = find(String.join(" ", words.subList(0, count)), now).filter(fits);
            if (when.isPresent()) {
                return Optional.of(new Run(when.get(), count));
            }
        }
        return Optional.empty();
    }

    /** Whether a date may contain this word; every word of every date is one. */
    public static boolean isWord(String word) {
        String plain = plain(word);
        return VOCABULARY.contains(plain) || CalendarNames.weekday(plain).isPresent() || NUMERAL.matcher(plain).matches()
                || CalendarNames.month(plain.replaceFirst("\\d.*", "")).isPresent();
    }

    /** For people, as near as can be: {@code yesterday}, {@code today}, {@code tomorrow 9:00}, else as {@link #spell}. */
    public static String say(When when, Now now) {
        return switch (when) {
            case Day(LocalDate date) -> near(date, now);
            case Moment(LocalDateTime at) -> "%s %s".formatted(near(at.toLocalDate(), now), time(at));
            case None() -> "none";
        };
    }

    /** For people, as a date: {@code Sat 21 Nov}, {@code Sat 21 Nov 17:00}; in another year {@code Sun 21 Nov 2027}. */
    public static String spell(When when, Now now) {
        return switch (when) {
            case Day(LocalDate date) -> spelled(date, now);
            case Moment(LocalDateTime at) -> "%s %s".formatted(spelled(at.toLocalDate(), now), time(at));
            case None() -> "none";
        };
    }

    private static String plain(String words) {
        return SPACE.matcher(words.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static Optional<When> day(String words, Now now) {
        return DayWords.find(words, now.today())
                .map(date -> words.equals("tonight") ? new Moment(date.atTime(TONIGHT)) : new Day(date));
    }

    /** A time stands after the day or before it, perhaps with {@code at}; alone it is the next time the clock shows it. */
    private static Optional<When> timed(String words, Now now) {
        int last = words.lastIndexOf(' ') + 1;
        Optional<LocalTime> after = TimeWords.find(words.substring(last));
        if (after.isPresent()) {
            return moment(withoutAt(words.substring(0, last).strip()), after.get(), now);
        }
        String unled = words.startsWith("at ") ? words.substring("at ".length()) : words;
        int first = unled.indexOf(' ');
        return first < 0 ? Optional.empty() : TimeWords.find(unled.substring(0, first))
                .flatMap(time -> moment(unled.substring(first + 1), time, now));
    }

    private static String withoutAt(String words) {
        return words.equals("at") ? "" : words.endsWith(" at") ? words.substring(0, words.length() - " at".length()) : words;
    }

    private static Optional<When> moment(String day, LocalTime time, Now now) {
        if (!day.isEmpty()) {
            return DayWords.find(day, now.today()).map(date -> new Moment(date.atTime(time)));
        }
        return Optional.of(next(time, now));
    }

    /** The next time that the clock shows it. */
    public static When next(LocalTime time, Now now) {
        LocalDateTime at = now.clock().toLocalDate().atTime(time);
        return new Moment(at.isBefore(now.clock()) ? at.plusDays(1) : at);
    }

    /** {@code 9:00}, {@code 9am}. */
    public static Optional<LocalTime> time(String word) {
        return TimeWords.find(plain(word));
    }

    private static String near(LocalDate date, Now now) {
        long days = ChronoUnit.DAYS.between(now.today(), date);
        return days == -1 ? "yesterday" : days == 0 ? "today" : days == 1 ? "tomorrow" : spelled(date, now);
    }

    private static String spelled(LocalDate date, Now now) {
        String day = "%s %d %s".formatted(
                CalendarNames.brief(date.getDayOfWeek()), date.getDayOfMonth(), CalendarNames.brief(date.getMonth()));
        return date.getYear() == now.today().getYear() ? day : "%s %04d".formatted(day, date.getYear());
    }

    private static String time(LocalDateTime at) {
        return "%d:%02d".formatted(at.getHour(), at.getMinute());
    }
}
