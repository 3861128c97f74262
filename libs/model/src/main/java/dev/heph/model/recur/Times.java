package dev.heph.model.recur;

import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;

/** The times of day, or of the hour or minute for a rule that counts in those. */
final class Times {
    static final int MINUTE = 60;
    static final int HOUR = 60 * MINUTE;
    static final int DAY = 24 * HOUR;

    private Times() {}

    /** Seconds into each unit of the rule, sorted. What the rule leaves open is as at the start. */
    static int[] within(Rule rule, LocalTime start) {
        List<Integer> hours = below(Frequency.HOURLY, rule, Part.BYHOUR, start.getHour());
        List<Integer> minutes = below(Frequency.MINUTELY, rule, Part.BYMINUTE, start.getMinute());
        List<Integer> seconds = below(Frequency.SECONDLY, rule, Part.BYSECOND, start.getSecond());
        int[] times = new int[hours.size() * minutes.size() * seconds.size()];
        int size = 0;
        for (int hour : hours) {
            for (int minute : minutes) {
                for (int second : seconds) {
                    times[size++] = hour * HOUR + minute * MINUTE + second;
                }
            }
        }
        return times;
    }

    private static List<Integer> below(Frequency unit, Rule rule, Part part, int start) {
        return rule.frequency().compareTo(unit) >= 0 ? List.of(0) : rule.numbers().getOrDefault(part, List.of(start));
    }

    /** For each number of a part below {@code size}, whether a rule allows it. */
    static boolean[] allowed(Rule rule, Part part, int size) {
        List<Integer> numbers = rule.numbers(part);
        boolean[] allowed = new boolean[size];
        IntStream.range(0, size).filter(number -> numbers.isEmpty() || numbers.contains(number)).forEach(number -> allowed[number] = true);
        return allowed;
    }
}
