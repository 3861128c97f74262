package dev.heph.model.capture;

import dev.heph.model.date.CalendarNames;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says an RRULE in the words that {@link RepeatReader} reads. */
final class RepeatSpeech {
    private static final Map<String, String> UNITS = Map.of("DAILY", "day", "WEEKLY", "week", "MONTHLY", "month", "YEARLY", "year");
    private static final Map<String, DayOfWeek> WEEKDAYS =
            Arrays.stream(DayOfWeek.values()).collect(Collectors.toMap(day -> day.name().substring(0, 2), Function.identity()));
    private static final Map<String, String> WEEKS = Map.of("MO,TU,WE,TH,FR", "weekday", "SA,SU", "weekend");
    private static final Pattern RULE = Pattern.compile("FREQ=(?<frequency>DAILY|WEEKLY|MONTHLY|YEARLY)"
            + "(;INTERVAL=(?<interval>[1-9]\\d{0,2}))?(?<days>;BY.+?)?(;UNTIL=(?<until>\\d{8}))?");
    private static final Pattern OF_A_WEEK = Pattern.compile("WEEKLY;BYDAY=(?<days>[A-Z]{2}(,[A-Z]{2})*)");
    private static final Pattern WEEKDAY_OF_A_MONTH = Pattern.compile("MONTHLY;BYDAY=(?<number>[1-5]|-1)(?<day>[A-Z]{2})");
    private static final Pattern DAY_OF_A_MONTH = Pattern.compile("MONTHLY;BYMONTHDAY=(?<day>[1-9]|[12]\\d|3[01]|-1)");
    private static final Pattern DAY_OF_A_YEAR =
            Pattern.compile("YEARLY;BYMONTH=(?<month>[1-9]|1[0-2]);BYMONTHDAY=(?<day>[1-9]|[12]\\d|3[01])");

    private RepeatSpeech() {}

    /** Empty for a rule that no words make. */
    static Optional<String> of(String rule) {
        Matcher match = RULE.matcher(rule);
        if (!match.matches()) {
            return Optional.empty();
        }
        String frequency = match.group("frequency");
        int interval = match.group("interval") == null ? 1 : Integer.parseInt(match.group("interval"));
        String period = interval == 1 ? "every " + UNITS.get(frequency) : "every %d %ss".formatted(interval, UNITS.get(frequency));
        Optional<String> said = match.group("days") == null
                ? Optional.of(period)
                : days(frequency + match.group("days"), interval).map(days -> interval == 1 ? "every " + days
                        : period + (frequency.equals("MONTHLY") ? " on the " : " on ") + days);
        return match.group("until") == null ? said : said.flatMap(words -> date(match.group("until")).map(day -> words + " until " + day));
    }

    private static Optional<String> days(String rule, int interval) {
        return ofAWeek(rule, interval).or(() -> weekdayOfAMonth(rule)).or(() -> dayOfAMonth(rule)).or(() -> dayOfAYear(rule));
    }

    private static Optional<String> ofAWeek(String rule, int interval) {
        Matcher match = OF_A_WEEK.matcher(rule);
        if (!match.matches()) {
            return Optional.empty();
        }
        Set<String> codes = Set.copyOf(Arrays.asList(match.group("days").split(",")));
        String list = Arrays.stream(match.group("days").split(",")).map(WEEKDAYS::get)
                .map(day -> day == null ? "" : CalendarNames.brief(day).toLowerCase(Locale.ROOT)).collect(Collectors.joining(","));
        return !WEEKDAYS.keySet().containsAll(codes) ? Optional.empty()
                : Optional.of(interval == 1 ? WEEKS.getOrDefault(match.group("days"), list) : list);
    }

    private static Optional<String> weekdayOfAMonth(String rule) {
        Matcher match = WEEKDAY_OF_A_MONTH.matcher(rule);
        return !match.matches() ? Optional.empty() : Optional.ofNullable(WEEKDAYS.get(match.group("day")))
                .map(day -> "%s %s".formatted(ordinal(match.group("number")), day.name().toLowerCase(Locale.ROOT)));
    }

    private static Optional<String> dayOfAMonth(String rule) {
        Matcher match = DAY_OF_A_MONTH.matcher(rule);
        return !match.matches() ? Optional.empty()
                : Optional.of(match.group("day").equals("-1") ? "last day" : ordinal(match.group("day")));
    }

    private static Optional<String> dayOfAYear(String rule) {
        Matcher match = DAY_OF_A_YEAR.matcher(rule);
        return !match.matches() ? Optional.empty() : Optional.of("%s %s".formatted(match.group("day"),
                CalendarNames.brief(Month.of(Integer.parseInt(match.group("month")))).toLowerCase(Locale.ROOT)));
    }

    private static String ordinal(String number) {
        return number.equals("-1") ? "last" : number + switch (number) {
            case "1", "21", "31" -> "st";
            case "2", "22" -> "nd";
            case "3", "23" -> "rd";
            default -> "th";
        };
    }

    private static Optional<LocalDate> date(String basic) {
        try {
            return Optional.of(LocalDate.parse(basic, DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeParseException noSuchDay) {
            return Optional.empty();
        }
    }
}
