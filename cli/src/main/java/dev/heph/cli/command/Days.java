package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import java.time.LocalDate;

/** Days as heph names them: {@code Sat 22 Nov}, with the year where it is not this one. Without a formatter: those take long to load. */
final class Days {
    private static final String[] WEEKDAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

    private Days() {}

    /** {@code Sat 22 Nov} or {@code Mon 22 Nov 2027} */
    static String of(LocalDate day, LocalDate today) {
        String name = WEEKDAYS[day.getDayOfWeek().ordinal()] + " " + day.getDayOfMonth() + " " + MONTHS[day.getMonthValue() - 1];
        return day.getYear() == today.getYear() ? name : name + " " + day.getYear();
    }

    /** A date of the RPC, with its hour if it has one: {@code Sat 22 Nov 9:00}; the empty string for none. */
    static String of(Json date, LocalDate today) {
        if (date.isNull()) {
            return "";
        }
        return of(date.at("local").text(), today);
    }

    /** The same of its ISO text. */
    static String of(String local, LocalDate today) {
        return local.isEmpty() ? "" : joined(of(LocalDate.parse(local.substring(0, "2026-11-22".length())), today), hour(local));
    }

    /** As short as it can be said of a day to come within a week: {@code today}, {@code Wed 12:00}. */
    static String soon(Json date, LocalDate today) {
        LocalDate day = day(date);
        return joined(day.equals(today) ? "today" : WEEKDAYS[day.getDayOfWeek().ordinal()], hour(date.at("local").text()));
    }

    private static String joined(String day, String hour) {
        return hour.isEmpty() ? day : day + " " + hour;
    }

    /** {@code 9:00}, or nothing. */
    private static String hour(String local) {
        int hour = local.indexOf('T');
        return hour < 0 ? "" : local.substring(local.charAt(hour + 1) == '0' ? hour + 2 : hour + 1);
    }

    /** The day of a date of the RPC. */
    static LocalDate day(Json date) {
        return LocalDate.parse(date.at("local").text().substring(0, "2026-11-22".length()));
    }
}
