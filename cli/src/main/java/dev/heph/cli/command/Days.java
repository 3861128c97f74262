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
        String local = date.at("local").text();
        int hour = local.indexOf('T');
        String day = of(day(date), today);
        return hour < 0 ? day : day + " " + local.substring(local.charAt(hour + 1) == '0' ? hour + 2 : hour + 1);
    }

    /** The day of a date of the RPC. */
    static LocalDate day(Json date) {
        return LocalDate.parse(date.at("local").text().substring(0, "2026-11-22".length()));
    }
}
