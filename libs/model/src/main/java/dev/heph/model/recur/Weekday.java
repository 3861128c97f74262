package dev.heph.model.recur;

import java.time.DayOfWeek;
import java.util.Comparator;

/**
 * One entry of BYDAY.
 *
 * @param number 2 for the second in the month or year, -1 for the last, 0 for every one
 */
public record Weekday(int number, DayOfWeek day) implements Comparable<Weekday> {
    static final int MOST = 53;
    private static final Comparator<Weekday> ORDER = Comparator.comparing(Weekday::day).thenComparing(Weekday::number);

    @Override
    public int compareTo(Weekday other) {
        return ORDER.compare(this, other);
    }

    /** As in a rule: {@code MO}, {@code -1FR}. */
    @Override
    public String toString() {
        return (number == 0 ? "" : number) + day.name().substring(0, 2);
    }
}
