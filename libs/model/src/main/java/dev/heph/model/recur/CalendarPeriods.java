package dev.heph.model.recur;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** Days, weeks, months and years. A year of a rule with BYWEEKNO is one of whole weeks: its first day may be a 29 December. */
final class CalendarPeriods implements Periods {
    private static final int WEEK = 7;
    /** The first week of a year is the one with at least four days in it. */
    private static final int DAY_OF_FIRST_WEEK = 4;
    /** 1970-01-05, the first Monday that is counted. */
    private static final int MONDAY = 4;

    private final Frequency frequency;
    private final int interval;
    private final DayOfWeek weekStart;
    private final boolean ofWeeks;
    private final List<Integer> positions;
    private final Days days;
    private final int[] times;
    private final int mostDays;
    private final long firstUnit;

    CalendarPeriods(Rule rule, LocalDateTime start) {
        frequency = rule.frequency();
        interval = rule.interval();
        weekStart = rule.weekStart();
        ofWeeks = rule.has(Part.BYWEEKNO);
        positions = rule.numbers(Part.BYSETPOS);
        days = new Days(rule, start.toLocalDate());
        times = Times.within(rule, start.toLocalTime());
        mostDays = switch (frequency) {
            case YEARLY -> 371;
            case MONTHLY -> 31;
            case WEEKLY -> Math.max(1, rule.weekdays().size());
            default -> 1;
        };
        firstUnit = unitOf(start.toLocalDate());
    }

    @Override
    public long numberAt(long second) {
        return Math.floorDiv(unitOf(LocalDate.ofEpochDay(Math.floorDiv(second, Times.DAY))) - firstUnit, interval);
    }

    @Override
    public Period at(long number) {
        long unit = firstUnit + number * interval;
        LocalDate first = startOf(unit);
        long[] bases = days.among(first, first.toEpochDay(), startOf(unit + 1).toEpochDay() - 1);
        for (int i = 0; i < bases.length; i++) {
            bases[i] *= Times.DAY;
        }
        return new Period(bases, times).picking(positions);
    }

    @Override
    public long next(long number) {
        return frequency != Frequency.DAILY ? number + 1
                : Math.ceilDiv(days.next(firstUnit + number * interval) - firstUnit, interval);
    }

    @Override
    public long previous(long number) {
        return frequency != Frequency.DAILY ? number - 1
                : Math.floorDiv(days.previous(firstUnit + number * interval) - firstUnit, interval);
    }

    /** As many periods as there are before the calendar repeats itself. */
    @Override
    public int patience() {
        return Period.mayPick(positions, mostDays * times.length) ? Days.CYCLE / leastLength() : 0;
    }

    private int leastLength() {
        return switch (frequency) {
            case YEARLY -> 365;
            case MONTHLY -> 30;
            case WEEKLY -> WEEK;
            default -> 1;
        };
    }

    private long unitOf(LocalDate day) {
        return switch (frequency) {
            case YEARLY -> ofWeeks ? weekYear(day) : day.getYear();
            case MONTHLY -> day.getLong(ChronoField.PROLEPTIC_MONTH);
            case WEEKLY -> Math.floorDiv(day.toEpochDay() - MONDAY - weekStart.ordinal(), WEEK);
            default -> day.toEpochDay();
        };
    }

    private LocalDate startOf(long unit) {
        return switch (frequency) {
            case YEARLY -> ofWeeks ? startOfWeekYear((int) unit) : LocalDate.of((int) unit, 1, 1);
            case MONTHLY -> LocalDate.of((int) Math.floorDiv(unit, 12), (int) Math.floorMod(unit, 12) + 1, 1);
            case WEEKLY -> LocalDate.ofEpochDay(unit * WEEK + MONDAY + weekStart.ordinal());
            default -> LocalDate.ofEpochDay(unit);
        };
    }

    private int weekYear(LocalDate day) {
        int year = day.getYear();
        return day.isBefore(startOfWeekYear(year)) ? year - 1 : day.isBefore(startOfWeekYear(year + 1)) ? year : year + 1;
    }

    private LocalDate startOfWeekYear(int year) {
        return LocalDate.of(year, 1, DAY_OF_FIRST_WEEK).with(TemporalAdjusters.previousOrSame(weekStart));
    }
}
