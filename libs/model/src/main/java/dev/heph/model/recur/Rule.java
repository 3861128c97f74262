package dev.heph.model.recur;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A recurrence rule of RFC 5545 (3.3.10), checked. Two rules are equal when they were written alike but for the order of parts and
 * lists, and for what says nothing ({@code INTERVAL=1}, {@code WKST=MO}); {@link #toString} is the one text of all of them.
 *
 * @param interval  at least 1
 * @param numbers   the lists that the rule has, sorted, without doubles
 * @param weekdays  BYDAY, sorted, without doubles; empty without it
 * @param weekStart WKST
 */
public record Rule(Frequency frequency, int interval, Map<Part, List<Integer>> numbers, List<Weekday> weekdays, DayOfWeek weekStart,
        Optional<End> end) {
    public Rule {
        numbers = numbers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(numbers));
        weekdays = List.copyOf(weekdays);
    }

    /**
     * Reads {@code FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH}, also after {@code RRULE:}; throws {@link RuleException}. It takes some 20 µs: keep
     * the rule rather than reading it again.
     */
    public static Rule parse(String text) {
        return RuleReader.read(text);
    }

    /** The dates from {@code start} on, in no zone. {@code start} is one of them only if the rule says so. */
    public Series from(LocalDateTime start) {
        return from(start, Optional.empty());
    }

    /** The dates from {@code start} on, on the walls of a zone. */
    public Series from(LocalDateTime start, Optional<ZoneId> zone) {
        return new Series(this, start, zone);
    }

    /**
     * From when on it holds for what is said to be late on a date, and nothing else: from its date on that day, else from its last one before
     * that has not passed. Without one from that date on.
     *
     * @param late midnight: a bare day, late when it is over
     */
    public LocalDateTime beginning(LocalDate today, LocalDateTime late) {
        LocalDateTime end = late.toLocalTime().equals(LocalTime.MIDNIGHT) ? late.plusDays(1) : late.plusNanos(1);
        return from(late).stream().findFirst().filter(date -> date.isBefore(end))
                .or(() -> from(today.atStartOfDay()).stream().takeWhile(date -> date.isBefore(end)).reduce((one, next) -> next))
                .orElse(late);
    }

    /** A list of numbers, empty if the rule does not have it. */
    public List<Integer> numbers(Part part) {
        return numbers.getOrDefault(part, List.of());
    }

    /** The same without its end. */
    Rule endless() {
        return end.isEmpty() ? this : new Rule(frequency, interval, numbers, weekdays, weekStart, Optional.empty());
    }

    boolean has(Part part) {
        return numbers.containsKey(part);
    }

    /** Whether nothing but the unit and the interval says when: {@code every 3 days}. */
    public boolean isPlain() {
        return numbers.isEmpty() && weekdays.isEmpty();
    }

    /** How many dates there are at most, if that is what ends the rule. */
    Optional<Integer> count() {
        return end.map(last -> last instanceof End.Count(int dates) ? dates : null);
    }

    /** The rule as RFC 5545 writes it, without {@code RRULE:}. */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner(";").add("FREQ=" + frequency);
        if (interval > 1) {
            parts.add("INTERVAL=" + interval);
        }
        for (Part part : Part.values()) {
            if (part == Part.BYHOUR && !weekdays.isEmpty()) {
                parts.add("BYDAY=" + weekdays.stream().map(Weekday::toString).collect(Collectors.joining(",")));
            }
            if (has(part)) {
                parts.add(part + "=" + numbers.get(part).stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
        }
        if (weekStart != DayOfWeek.MONDAY) {
            parts.add("WKST=" + weekStart.name().substring(0, 2));
        }
        end.ifPresent(last -> parts.add(last.toString()));
        return parts.toString();
    }
}
