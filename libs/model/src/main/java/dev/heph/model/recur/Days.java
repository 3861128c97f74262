package dev.heph.model.recur;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which days a rule picks. RFC 5545 has a table of which parts "expand" and which "limit"; what comes out is that a day is picked when
 * every part which the rule has agrees with it. What the rule leaves open is filled in from the start.
 */
final class Days {
    private static final int WEEK = DayOfWeek.values().length;
    private static final int YEAR = 12;
    private static final int LONGEST_MONTH = 31;
    private static final Ordinals[] EVERY_WEEKDAY = Collections.nCopies(WEEK + 1, Ordinals.ALL).toArray(Ordinals[]::new);
    /** Days after which the calendar repeats itself: 400 years, which are whole weeks. */
    static final int CYCLE = 146_097;
    /** Later than any day. */
    static final long NEVER = Integer.MAX_VALUE;
    private static final int SHORT_STRETCH = 4;
    private static final int LONG_STRETCH = 1_024;

    private final Ordinals months;
    private final Ordinals monthDays;
    private final Ordinals yearDays;
    private final Ordinals weeks;
    /** By the number of the weekday: which ones of a month, or of a year. */
    private final Ordinals[] weekdays;
    private final boolean countsWeekdaysInMonth;

    Days(Rule rule, LocalDate start) {
        Frequency frequency = rule.frequency();
        boolean ofWeeks = rule.has(Part.BYWEEKNO);
        boolean saysMonth = ofWeeks || rule.has(Part.BYYEARDAY) || !rule.weekdays().isEmpty() && !rule.has(Part.BYMONTHDAY);
        boolean saysDay = rule.has(Part.BYYEARDAY) || rule.has(Part.BYMONTHDAY) || !rule.weekdays().isEmpty();
        boolean sameMonth = frequency == Frequency.YEARLY && !saysMonth;
        boolean sameMonthDay = frequency.compareTo(Frequency.MONTHLY) <= 0 && !ofWeeks && !saysDay;
        boolean sameWeekday = (frequency == Frequency.WEEKLY || ofWeeks) && !saysDay;
        months = ordinals(rule.numbers(Part.BYMONTH), sameMonth, start.getMonthValue());
        monthDays = ordinals(rule.numbers(Part.BYMONTHDAY), sameMonthDay, start.getDayOfMonth());
        yearDays = ordinals(rule.numbers(Part.BYYEARDAY), false, 0);
        weeks = ordinals(rule.numbers(Part.BYWEEKNO), false, 0);
        weekdays = weekdays(sameWeekday ? List.of(new Weekday(0, start.getDayOfWeek())) : rule.weekdays());
        countsWeekdaysInMonth = frequency == Frequency.MONTHLY || rule.has(Part.BYMONTH);
    }

    private static Ordinals ordinals(List<Integer> said, boolean sameAsStart, int start) {
        return !said.isEmpty() ? Ordinals.of(said) : sameAsStart ? Ordinals.of(List.of(start)) : Ordinals.ALL;
    }

    private static Ordinals[] weekdays(List<Weekday> said) {
        return said.isEmpty() ? EVERY_WEEKDAY : IntStream.rangeClosed(0, WEEK).mapToObj(number -> {
            List<Integer> places = said.stream().filter(weekday -> weekday.day().getValue() == number).map(Weekday::number).toList();
            return places.contains(0) ? Ordinals.ALL : places.isEmpty() ? Ordinals.NONE : Ordinals.of(places);
        }).toArray(Ordinals[]::new);
    }

    boolean pickMonthOf(LocalDate day) {
        return months.pick(day.getMonthValue(), YEAR);
    }

    boolean pick(long day) {
        return among(day, day).length == 1;
    }

    /** Whether it picks days of this weekday, if nothing else is asked. */
    boolean pick(DayOfWeek weekday) {
        return weekdays[weekday.getValue()] != Ordinals.NONE;
    }

    /** The next day picked after {@code day}; {@link #NEVER} if there is none before the calendar repeats itself. */
    long next(long day) {
        int stretch = SHORT_STRETCH;
        for (long from = day + 1; from <= day + CYCLE; from += stretch) {
            stretch = Math.min(2 * stretch, LONG_STRETCH);
            long[] picked = among(from, from + stretch - 1);
            if (picked.length > 0) {
                return picked[0];
            }
        }
        return NEVER;
    }

    /** The last day picked before {@code day}; {@code -NEVER} if there is none since the calendar began to repeat itself. */
    long previous(long day) {
        int stretch = SHORT_STRETCH;
        for (long to = day - 1; to >= day - CYCLE; to -= stretch) {
            stretch = Math.min(2 * stretch, LONG_STRETCH);
            long[] picked = among(to - stretch + 1, to);
            if (picked.length > 0) {
                return picked[picked.length - 1];
            }
        }
        return -NEVER;
    }

    /** The days picked of those from {@code first} to {@code last}, all counted from 1970-01-01. Weeks are counted from {@code first}. */
    long[] among(long first, long last) {
        return among(LocalDate.ofEpochDay(first), first, last);
    }

    /** @param date is {@code first} */
    long[] among(LocalDate date, long first, long last) {
        int days = (int) (last - first + 1);
        long[] picked = new long[Math.min(days, LONGEST_MONTH)];
        int size = 0;
        for (long day = first; day <= last; ) {
            int left = date.lengthOfMonth() - date.getDayOfMonth() + 1;
            if (pickMonthOf(date)) {
                picked = picked.length - size < Math.min(left, days) ? Arrays.copyOf(picked, days) : picked;
                size = ofMonth(date, day, first, Math.min(last + 1, day + left), days, picked, size);
            }
            int month = months.next(date.getMonthValue() + 1, YEAR);
            if (month == date.getMonthValue() + 1) {
                day += left;
                date = date.plusDays(left); // cheaper than to count from 1970 again
            } else if (month > YEAR && date.lengthOfYear() - date.getDayOfYear() >= last - day) {
                break; // nothing more this year, and it is the last
            } else {
                LocalDate next = month > YEAR ? LocalDate.of(date.getYear() + 1, 1, 1) : LocalDate.of(date.getYear(), month, 1);
                day += next.getDayOfYear() - date.getDayOfYear() + (month > YEAR ? date.lengthOfYear() : 0);
                date = next;
            }
        }
        return Arrays.copyOf(picked, size);
    }

    /** Adds those from {@code date}, which is {@code from}, to before {@code end}, which is not beyond its month; answers how many there are then. */
    private int ofMonth(LocalDate date, long from, long first, long end, int days, long[] picked, int size) {
        int monthLength = date.lengthOfMonth();
        int yearLength = date.lengthOfYear();
        int monthDay = date.getDayOfMonth();
        int yearDay = date.getDayOfYear();
        int weekday = date.getDayOfWeek().getValue();
        int found = size;
        for (long day = from; day < end; day++) {
            int skipped = monthDays.next(monthDay, monthLength) - monthDay;
            if (skipped >= end - day) {
                break;
            }
            day += skipped;
            monthDay += skipped;
            yearDay += skipped;
            weekday = (weekday - 1 + skipped) % WEEK + 1;
            if (yearDays.pick(yearDay, yearLength)
                    && (weeks == Ordinals.ALL || weeks.pick((int) (day - first) / WEEK + 1, days / WEEK))
                    && (countsWeekdaysInMonth ? isOneOf(weekday, monthDay, monthLength) : isOneOf(weekday, yearDay, yearLength))) {
                picked[found++] = day;
            }
            monthDay++;
            yearDay++;
            weekday = weekday % WEEK + 1;
        }
        return found;
    }

    /** Whether this weekday is one of those asked for, when it is at {@code place} of {@code size} days. */
    private boolean isOneOf(int weekday, int place, int size) {
        Ordinals which = weekdays[weekday];
        if (which == Ordinals.ALL || which == Ordinals.NONE) {
            return which == Ordinals.ALL;
        }
        int before = (place - 1) / WEEK;
        int after = (size - place) / WEEK;
        return which.pick(before + 1, before + 1 + after);
    }
}
