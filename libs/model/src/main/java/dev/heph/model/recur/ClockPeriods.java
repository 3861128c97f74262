package dev.heph.model.recur;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Hours, minutes and seconds of the clock on the wall. Where a zone is given, what that clock leaves out in spring is no date: it would
 * be a second date at the same moment. What it shows twice in autumn is one date.
 */
final class ClockPeriods implements Periods {
    /** Days that are not picked, or an hour or a minute, are one look; only odd intervals need many. */
    private static final int PATIENCE = 1_000_000;
    private static final int WEEK = 7 * Times.DAY;
    /** That of 1970-01-01. */
    private static final DayOfWeek FIRST_DAY = DayOfWeek.THURSDAY;

    private final int unit;
    private final int interval;
    private final long firstUnit;
    private final Days days;
    private final boolean[] hours;
    private final boolean[] minutes;
    private final boolean[] seconds;
    private final int[] offsets;
    private final List<Integer> positions;
    private final Optional<ZoneRules> clocks;
    private final boolean runs;
    private long latestDay = Long.MIN_VALUE;
    private boolean picksLatestDay;

    ClockPeriods(Rule rule, LocalDateTime start, Optional<ZoneId> zone) {
        unit = switch (rule.frequency()) {
            case HOURLY -> Times.HOUR;
            case MINUTELY -> Times.MINUTE;
            default -> 1;
        };
        interval = rule.interval();
        firstUnit = Math.floorDiv(start.toEpochSecond(ZoneOffset.UTC), unit);
        days = new Days(rule, start.toLocalDate());
        hours = Times.allowed(rule, Part.BYHOUR, 24);
        minutes = Times.allowed(rule, Part.BYMINUTE, 60);
        seconds = Times.allowed(rule, Part.BYSECOND, 60);
        offsets = Times.within(rule, start.toLocalTime());
        positions = rule.numbers(Part.BYSETPOS);
        clocks = zone.map(ZoneId::getRules).filter(rules -> !rules.isFixedOffset());
        runs = Period.mayPick(positions, offsets.length) && meetsTime();
    }

    /** Whether steps of this size ever come upon a time of the week that the rule allows: every 24 hours from 9:00 never is at 10:00. */
    private boolean meetsTime() {
        long step = BigInteger.valueOf((long) interval * unit).gcd(BigInteger.valueOf(WEEK)).longValue();
        return LongStream.iterate(Math.floorMod(firstUnit * unit, step), time -> time < WEEK, time -> time + step)
                .anyMatch(time -> lengthRefused((int) (time % Times.DAY)) == 0 && days.pick(FIRST_DAY.plus(time / Times.DAY)));
    }

    @Override
    public long numberAt(long second) {
        return Math.floorDiv(Math.floorDiv(second, unit) - firstUnit, interval);
    }

    @Override
    public Period at(long number) {
        long second = second(number);
        return picks(Math.floorDiv(second, Times.DAY)) && lengthRefused(Math.floorMod(second, Times.DAY)) == 0
                ? new Period(new long[] {second}, shown(second)).picking(positions) : Period.EMPTY;
    }

    @Override
    public long next(long number) {
        long second = second(number);
        long day = Math.floorDiv(second, Times.DAY);
        int time = Math.floorMod(second, Times.DAY);
        int refused = Math.max(1, lengthRefused(time));
        return picks(day) ? Math.max(number, numberAt(second - time % refused + refused - 1)) + 1
                : Math.ceilDiv(days.next(day) * (Times.DAY / unit) - firstUnit, interval);
    }

    @Override
    public long previous(long number) {
        long second = second(number);
        long day = Math.floorDiv(second, Times.DAY);
        int time = Math.floorMod(second, Times.DAY);
        int refused = Math.max(1, lengthRefused(time));
        return picks(day) ? numberAt(second - time % refused - 1) : numberAt((days.previous(day) + 1) * Times.DAY - 1);
    }

    private long second(long number) {
        return (firstUnit + number * interval) * unit;
    }

    /** The hour, minute or second around a time of day that the rule leaves out, by its length; 0 if none is left out. */
    private int lengthRefused(int time) {
        if (!hours[time / Times.HOUR]) {
            return Times.HOUR;
        }
        if (unit < Times.HOUR && !minutes[time % Times.HOUR / Times.MINUTE]) {
            return Times.MINUTE;
        }
        return unit < Times.MINUTE && !seconds[time % Times.MINUTE] ? 1 : 0;
    }

    private boolean picks(long day) {
        if (day != latestDay) {
            picksLatestDay = days.pick(day);
            latestDay = day;
        }
        return picksLatestDay;
    }

    /** The offsets at which the clock on the wall does not skip. */
    private int[] shown(long second) {
        return clocks.isEmpty() ? offsets : Arrays.stream(offsets).filter(offset -> !isSkipped(second + offset)).toArray();
    }

    private boolean isSkipped(long second) {
        ZoneOffsetTransition change = clocks.orElseThrow().getTransition(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
        return change != null && change.isGap();
    }

    @Override
    public int patience() {
        return runs ? PATIENCE : 0;
    }
}
