package dev.heph.model.date;

import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that name a time of day: {@code 17:00}, {@code 9:00}, {@code 9am}, {@code 9:30pm}, in lower case. */
final class TimeWords {
    private static final Pattern OF_24_HOURS = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final Pattern OF_12_HOURS = Pattern.compile("(\\d{1,2})(?::(\\d{2}))?(am|pm)");
    private static final int NOON = 12;

    private TimeWords() {}

    static Optional<LocalTime> find(String word) {
        Matcher long24 = OF_24_HOURS.matcher(word);
        if (long24.matches()) {
            return time(Integer.parseInt(long24.group(1)), Integer.parseInt(long24.group(2)));
        }
        Matcher short12 = OF_12_HOURS.matcher(word);
        if (!short12.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(short12.group(1));
        int minute = short12.group(2) == null ? 0 : Integer.parseInt(short12.group(2));
        return 1 <= hour && hour <= NOON ? time(hour % NOON + (short12.group(3).equals("pm") ? NOON : 0), minute) : Optional.empty();
    }

    private static Optional<LocalTime> time(int hour, int minute) {
        return hour < 24 && minute < 60 ? Optional.of(LocalTime.of(hour, minute)) : Optional.empty();
    }
}
