package dev.heph.model.date;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.MonthDay;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** English names of weekdays and months, long and short, in lower case. */
public final class CalendarNames {
    private static final Map<String, DayOfWeek> WEEKDAYS = named(DayOfWeek.values(), Map.of(
            "tues", DayOfWeek.TUESDAY, "thur", DayOfWeek.THURSDAY, "thurs", DayOfWeek.THURSDAY));
    private static final Map<String, Month> MONTHS = named(Month.values(), Map.of("sept", Month.SEPTEMBER));
    private static final String DAY = "(?<day>\\d{1,2})(st|nd|rd|th)?";
    private static final Pattern DAY_MONTH = Pattern.compile(DAY + " ?(?<month>[a-z]+)");
    private static final Pattern MONTH_DAY = Pattern.compile("(?<month>[a-z]+) ?" + DAY);

    private CalendarNames() {}

    /** {@code fri}, {@code friday}. */
    public static Optional<DayOfWeek> weekday(String word) {
        return Optional.ofNullable(WEEKDAYS.get(word));
    }

    /** {@code dec}, {@code december}. */
    public static Optional<Month> month(String word) {
        return Optional.ofNullable(MONTHS.get(word));
    }

    /** {@code 15 dec}, {@code 15dec}, {@code 15th december}, {@code dec 15}; empty for a day which that month never has. */
    public static Optional<MonthDay> monthDay(String words) {
        return Stream.of(DAY_MONTH.matcher(words), MONTH_DAY.matcher(words))
                .filter(Matcher::matches)
                .findFirst()
                .flatMap(match -> month(match.group("month"))
                        .filter(month -> isDayOf(month, Integer.parseInt(match.group("day"))))
                        .map(month -> MonthDay.of(month, Integer.parseInt(match.group("day")))));
    }

    /** {@code Fri}, {@code Dec}. */
    public static String brief(Enum<?> dayOrMonth) {
        return dayOrMonth.name().charAt(0) + shortName(dayOrMonth).substring(1);
    }

    private static boolean isDayOf(Month month, int day) {
        return 1 <= day && day <= month.maxLength();
    }

    private static <E extends Enum<E>> Map<String, E> named(E[] values, Map<String, E> aliases) {
        Map<String, E> names = new HashMap<>(aliases);
        for (E value : values) {
            names.put(longName(value), value);
            names.put(shortName(value), value);
        }
        return Map.copyOf(names);
    }

    private static String longName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String shortName(Enum<?> value) {
        return longName(value).substring(0, 3);
    }
}
