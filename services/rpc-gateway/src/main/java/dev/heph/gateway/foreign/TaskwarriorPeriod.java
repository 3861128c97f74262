package dev.heph.gateway.foreign;

import dev.heph.model.recur.Rule;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the attribute {@code recur} says: {@code weekly}, {@code 2wks}, {@code P1M}. All that Taskwarrior 2.6.2 takes is read, but for
 * several units in one, fractions, and seconds.
 *
 * @param frequency as in an RRULE
 * @param days the days that count of it, as in an RRULE; empty: that of the start
 */
record TaskwarriorPeriod(String frequency, int interval, String days) {
    private static final Pattern WORD = Pattern.compile("(\\d{0,4})\\s*([a-z]+)");
    private static final Pattern ISO = Pattern.compile("P(?:(\\d{1,4})([YMWD])|T(\\d{1,4})([HM]))");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final Map<String, TaskwarriorPeriod> UNITS = units();

    /** The last day that every month has. */
    private static final int EVERY_MONTH_HAS = 28;

    private static Map<String, TaskwarriorPeriod> units() {
        Map<String, TaskwarriorPeriod> units = new HashMap<>();
        unit(units, "MINUTELY", 1, "min mins minute minutes");
        unit(units, "HOURLY", 1, "h hr hrs hour hours");
        unit(units, "DAILY", 1, "d day days daily");
        unit(units, "WEEKLY", 1, "w wk wks week weeks weekly");
        unit(units, "WEEKLY", 2, "fortnight biweekly sennight"); // in Taskwarrior even a sennight has 14 days
        unit(units, "MONTHLY", 1, "m mo mos mth mths mnths month months monthly");
        unit(units, "MONTHLY", 2, "bimonthly");
        unit(units, "MONTHLY", 3, "q qtr qtrs qrtr qrtrs quarter quarters quarterly");
        unit(units, "MONTHLY", 6, "semiannual");
        unit(units, "YEARLY", 1, "y yr yrs year years yearly annual");
        unit(units, "YEARLY", 2, "biannual biyearly");
        return units;
    }

    private static void unit(Map<String, TaskwarriorPeriod> units, String frequency, int interval, String names) {
        for (String name : names.split(" ")) {
            units.put(name, new TaskwarriorPeriod(frequency, interval, ""));
        }
    }

    /** Empty for what is not read. */
    static Optional<TaskwarriorPeriod> of(String recur) {
        if (recur.equals("weekdays")) {
            return Optional.of(new TaskwarriorPeriod("WEEKLY", 1, ";BYDAY=MO,TU,WE,TH,FR"));
        }
        Matcher iso = ISO.matcher(recur);
        if (iso.matches()) {
            return iso.group(1) == null
                    ? times(iso.group(3), iso.group(4).equals("H") ? "h" : "min")
                    : times(iso.group(1), iso.group(2).toLowerCase(Locale.ROOT));
        }
        Matcher word = WORD.matcher(recur);
        return word.matches() ? times(word.group(1), word.group(2)) : Optional.empty();
    }

    private static Optional<TaskwarriorPeriod> times(String count, String unit) {
        int times = count.isEmpty() ? 1 : Integer.parseInt(count);
        return times == 0 ? Optional.empty()
                : Optional.ofNullable(UNITS.get(unit)).map(one -> new TaskwarriorPeriod(one.frequency, one.interval * times, one.days));
    }

    /**
     * The rule of a task that is due at {@code start}. Taskwarrior leaves no month out: what is due on the 31st is due on the last day of a
     * shorter one.
     *
     * @param until the last moment at which it may be due
     */
    Rule from(LocalDateTime start, Optional<LocalDateTime> until) {
        return Rule.parse("FREQ=" + frequency + ";INTERVAL=" + interval + (days.isEmpty() ? lastDays(start.toLocalDate()) : days)
                + until.map(end -> ";UNTIL=" + last(start, end)).orElse(""));
    }

    private String lastDays(LocalDate start) {
        if (start.getDayOfMonth() <= EVERY_MONTH_HAS) {
            return "";
        }
        return switch (frequency) {
            case "YEARLY" -> start.getMonth() == Month.FEBRUARY ? ";BYMONTH=2;BYMONTHDAY=-1" : "";
            case "MONTHLY" -> switch (start.getDayOfMonth()) {
                case 29 -> ";BYMONTHDAY=28,29;BYSETPOS=-1";
                case 30 -> ";BYMONTHDAY=28,29,30;BYSETPOS=-1";
                default -> ";BYMONTHDAY=-1";
            };
            default -> "";
        };
    }

    /** The last day on which its time has come by then; a moment if it is due several times a day. */
    private String last(LocalDateTime start, LocalDateTime until) {
        if (frequency.equals("HOURLY") || frequency.equals("MINUTELY")) {
            return MOMENT.format(until);
        }
        LocalDate day = until.toLocalDate();
        return DateTimeFormatter.BASIC_ISO_DATE.format(until.toLocalTime().isBefore(start.toLocalTime()) ? day.minusDays(1) : day);
    }
}
