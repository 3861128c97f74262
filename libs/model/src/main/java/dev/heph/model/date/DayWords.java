package dev.heph.model.date;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that name a day. They come in lower case, with one space between them. */
final class DayWords {
    private static final int LAST_YEAR = 9999;
    /** A leap day without a year is at most this far away: 1896 to 1904. */
    private static final int YEARS_TO_A_LEAP_DAY = 8;

    private static final Pattern OFFSET =
            Pattern.compile("(?:in |(?<sign>[+-]))?(?<count>\\d{1,4}) ?(?<unit>[dwmy]|days?|weeks?|months?|years?)");
    private static final String AGO = " ago";
    private static final Pattern DAYS = Pattern.compile("[+-]\\d{1,4}");
    private static final Pattern ISO = Pattern.compile("(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})");
    private static final Pattern WITH_YEAR = Pattern.compile("(?<monthDay>.+) (?<year>\\d{4})");

    private DayWords() {}

    static Optional<LocalDate> find(String words, LocalDate today) {
        return named(words, today)
                .or(() -> offset(words, today))
                .or(() -> onWeekday(words, today))
                .filter(date -> 0 < date.getYear() && date.getYear() <= LAST_YEAR);
    }

    private static Optional<LocalDate> named(String words, LocalDate today) {
        return Optional.ofNullable(switch (words) {
            case "today", "tonight" -> today;
            case "tomorrow" -> today.plusDays(1);
            case "day after tomorrow", "the day after tomorrow" -> today.plusDays(2);
            case "yesterday" -> today.minusDays(1);
            case "last week" -> monday(today).minusWeeks(2);
            case "last month" -> today.with(TemporalAdjusters.firstDayOfMonth()).minusMonths(1);
            case "last year" -> today.with(TemporalAdjusters.firstDayOfYear()).minusYears(1);
            case "next week" -> monday(today);
            case "next month" -> today.with(TemporalAdjusters.firstDayOfNextMonth());
            case "next year" -> today.with(TemporalAdjusters.firstDayOfNextYear());
            case "eow" -> today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
            case "eom" -> today.with(TemporalAdjusters.lastDayOfMonth());
            case "eoy" -> today.with(TemporalAdjusters.lastDayOfYear());
            default -> null;
        });
    }

    private static LocalDate monday(LocalDate today) {
        return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }

    private static Optional<LocalDate> offset(String words, LocalDate today) {
        if (DAYS.matcher(words).matches()) {
            return Optional.of(today.plusDays(Integer.parseInt(words)));
        }
        boolean ago = words.endsWith(AGO);
        Matcher match = OFFSET.matcher(ago ? words.substring(0, words.length() - AGO.length()) : words);
        if (!match.matches() || ago && match.start("count") > 0) {
            return Optional.empty();
        }
        int count = Integer.parseInt(match.group("count")) * (ago || "-".equals(match.group("sign")) ? -1 : 1);
        return Optional.of(switch (match.group("unit").charAt(0)) {
            case 'd' -> today.plusDays(count);
            case 'w' -> today.plusWeeks(count);
            case 'm' -> today.plusMonths(count);
            default -> today.plusYears(count);
        });
    }

    /** {@code fri}, {@code this fri}, {@code next fri}, {@code last fri}, {@code 15 dec}, {@code fri 15 dec}, all perhaps after {@code on}. */
    private static Optional<LocalDate> onWeekday(String words, LocalDate today) {
        if (words.startsWith("on ")) {
            return onWeekday(words.substring("on ".length()), today);
        }
        if (words.startsWith("this ")) {
            return CalendarNames.weekday(words.substring("this ".length())).map(day -> today.with(TemporalAdjusters.next(day)));
        }
        int space = words.indexOf(' ');
        String first = space < 0 ? words : words.substring(0, space);
        String rest = words.substring(space + 1);
        Optional<DayOfWeek> weekday = CalendarNames.weekday(first);
        if (weekday.isPresent() && space < 0) {
            return weekday.map(day -> today.with(TemporalAdjusters.next(day)));
        }
        if (first.equals("next")) {
            return CalendarNames.weekday(rest).map(day -> monday(today).with(TemporalAdjusters.nextOrSame(day)));
        }
        if (first.equals("last")) {
            return CalendarNames.weekday(rest).map(day -> today.with(TemporalAdjusters.previous(day)));
        }
        return weekday.isPresent()
                ? calendar(rest, today).filter(date -> date.getDayOfWeek() == weekday.get())
                : calendar(words, today);
    }

    private static Optional<LocalDate> calendar(String words, LocalDate today) {
        Matcher iso = ISO.matcher(words);
        if (iso.matches()) {
            return date(number(iso, "year"), number(iso, "month"), number(iso, "day"));
        }
        Matcher withYear = WITH_YEAR.matcher(words);
        if (withYear.matches()) {
            return CalendarNames.monthDay(withYear.group("monthDay"))
                    .flatMap(day -> date(number(withYear, "year"), day.getMonthValue(), day.getDayOfMonth()));
        }
        return CalendarNames.monthDay(words).flatMap(day -> coming(day, today));
    }

    private static Optional<LocalDate> coming(MonthDay day, LocalDate today) {
        for (int year = today.getYear(); year <= today.getYear() + YEARS_TO_A_LEAP_DAY; year++) {
            if (day.isValidYear(year) && !day.atYear(year).isBefore(today)) {
                return Optional.of(day.atYear(year));
            }
        }
        return Optional.empty();
    }

    private static int number(Matcher match, String group) {
        return Integer.parseInt(match.group(group));
    }

    private static Optional<LocalDate> date(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
