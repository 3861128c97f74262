package dev.heph.model.recur;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Month;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.WeekDay;

/**
 * Reads a rule with ical4j, and mends what that lets through or changes: parts given twice or left empty, an INTERVAL or COUNT below 1, an
 * UNTIL on 30 February, second 60, and every MUST NOT of RFC 5545 (3.3.10). The list is in docs/design/recurrence.md.
 */
final class RuleReader {
    /** What may stand beside a rule in a calendar. */
    private static final List<String> DATES = List.of("RDATE", "EXDATE", "EXRULE", "DTSTART");

    private static final int MOST_LETTERS = 4_000;
    private static final int LEAP_SECOND = 60;
    private static final Set<String> NAMES = Stream.concat(Stream.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"),
            Arrays.stream(Part.values()).map(Part::name)).collect(Collectors.toSet());
    private static final Map<String, DayOfWeek> WEEKDAYS =
            Arrays.stream(DayOfWeek.values()).collect(Collectors.toMap(day -> day.name().substring(0, 2), Function.identity()));
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MOMENT = End.MOMENT.withResolverStyle(ResolverStyle.STRICT);

    private final String text;
    private final Map<String, String> parts = new LinkedHashMap<>();

    private RuleReader(String text) {
        this.text = text;
    }

    static Rule read(String text) {
        return new RuleReader(text).read();
    }

    private Rule read() {
        split();
        int interval = atLeastOne("INTERVAL").orElse(1);
        Optional<End> end = end();
        Recur<Temporal> recur = recur();
        Frequency frequency = Frequency.valueOf(recur.getFrequency().name());
        Map<Part, List<Integer>> numbers = new EnumMap<>(Part.class);
        put(numbers, Part.BYMONTH, recur.getMonthList().stream().map(this::month).toList());
        put(numbers, Part.BYWEEKNO, recur.getWeekNoList());
        put(numbers, Part.BYYEARDAY, recur.getYearDayList());
        put(numbers, Part.BYMONTHDAY, recur.getMonthDayList());
        put(numbers, Part.BYHOUR, recur.getHourList());
        put(numbers, Part.BYMINUTE, recur.getMinuteList());
        put(numbers, Part.BYSECOND, recur.getSecondList());
        put(numbers, Part.BYSETPOS, recur.getSetPosList());
        List<Weekday> weekdays = recur.getDayList().stream().map(this::weekday).distinct().sorted().toList();
        Rule rule = new Rule(frequency, interval, numbers, weekdays,
                parts.containsKey("WKST") ? WEEKDAYS.get(parts.get("WKST")) : DayOfWeek.MONDAY, end);
        check(rule);
        return rule;
    }

    private void split() {
        String rule = text.strip().toUpperCase(Locale.ROOT);
        rule = rule.startsWith("RRULE:") ? rule.substring("RRULE:".length()) : rule;
        require(DATES.stream().noneMatch(rule::contains), "it is to be one rule alone, without " + String.join(", ", DATES)
                + ": single dates are put off or skipped, and where it starts is said for itself");
        require(rule.length() <= MOST_LETTERS, "a rule has at most " + MOST_LETTERS + " letters");
        for (String part : rule.split(";", -1)) {
            String[] sides = part.split("=", -1);
            require(sides.length == 2 && !sides[1].isEmpty(), "its parts are NAME=VALUE with a ';' between them, as in FREQ=DAILY;COUNT=3");
            require(NAMES.contains(sides[0]), sides[0] + " is no part of a rule");
            require(parts.put(sides[0], sides[1]) == null, sides[0] + " stands in it twice");
        }
        require(parts.containsKey("FREQ"), "it needs a FREQ, as in FREQ=DAILY");
        // "Implementations that do not support leap seconds SHOULD interpret the second 60 as equivalent to the second 59" (3.3.12)
        parts.computeIfPresent(Part.BYSECOND.name(), (name, list) -> Arrays.stream(list.split(",", -1))
                .map(second -> second.equals(String.valueOf(LEAP_SECOND)) ? "59" : second).collect(Collectors.joining(",")));
    }

    private Recur<Temporal> recur() {
        try {
            return recur(parts);
        } catch (RuntimeException unreadable) {
            // what ical4j says of it names no part, and often not even the reason
            throw new RuleException(text, parts.entrySet().stream().filter(part -> !isReadable(part)).findFirst()
                    .map(part -> "%s=%s cannot be read".formatted(part.getKey(), part.getValue())).orElse("it cannot be read"));
        }
    }

    private static boolean isReadable(Map.Entry<String, String> part) {
        try {
            recur(part.getKey().equals("FREQ") ? Map.ofEntries(part) : Map.of("FREQ", "DAILY", part.getKey(), part.getValue()));
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private static Recur<Temporal> recur(Map<String, String> parts) {
        return new Recur<>(parts.entrySet().stream().map(part -> part.getKey() + "=" + part.getValue()).collect(Collectors.joining(";")));
    }

    private void put(Map<Part, List<Integer>> numbers, Part part, List<Integer> list) {
        for (int number : list) {
            require(part.takes(number), "%s takes %d to %d%s, not %d".formatted(part, part.least, part.most,
                    part.fromTheEnd ? ", and the same below zero from the end" : "", number));
        }
        if (!list.isEmpty()) {
            numbers.put(part, list.stream().distinct().sorted().toList());
        }
    }

    private int month(Month month) {
        require(!month.isLeapMonth(), "only other calendars have leap months");
        return month.getMonthOfYear();
    }

    private Weekday weekday(WeekDay day) {
        require(Math.abs(day.getOffset()) <= Weekday.MOST, "no year has %d of one weekday".formatted(Math.abs(day.getOffset())));
        return new Weekday(day.getOffset(), WEEKDAYS.get(day.getDay().name()));
    }

    private Optional<End> end() {
        require(!parts.containsKey("COUNT") || !parts.containsKey("UNTIL"), "it may have a COUNT or an UNTIL, not both");
        return atLeastOne("COUNT").<End>map(End.Count::new).or(() -> Optional.ofNullable(parts.get("UNTIL")).map(this::until));
    }

    private End until(String last) {
        try {
            if (!last.contains("T")) {
                return new End.Day(LocalDate.parse(last, DAY));
            }
            boolean utc = last.endsWith("Z");
            return new End.Moment(LocalDateTime.parse(utc ? last.substring(0, last.length() - 1) : last, MOMENT), utc);
        } catch (DateTimeException noSuchDay) {
            throw new RuleException(text, "UNTIL=" + last + " is no date; write 20261231, 20261231T090000 or 20261231T080000Z");
        }
    }

    private Optional<Integer> atLeastOne(String name) {
        Optional<String> number = Optional.ofNullable(parts.get(name));
        number.ifPresent(digits -> require(digits.matches("0*[1-9]\\d{0,8}"), name + " takes 1 to 999999999, not " + digits));
        return number.map(Integer::valueOf);
    }

    /** What RFC 5545 says in words, not in its grammar. */
    private void check(Rule rule) {
        for (Part part : rule.numbers().keySet()) {
            require(!part.forbidden.contains(rule.frequency()), "%s does not go with FREQ=%s".formatted(part, rule.frequency()));
        }
        boolean numbered = rule.weekdays().stream().anyMatch(day -> day.number() != 0);
        require(!numbered || rule.frequency().compareTo(Frequency.MONTHLY) <= 0, "only months and years have a first or last weekday");
        require(!numbered || !rule.has(Part.BYWEEKNO), "a week has no first or last weekday, so BYDAY here takes no numbers");
        require(!rule.has(Part.BYSETPOS) || rule.numbers().size() > 1 || !rule.weekdays().isEmpty(),
                "BYSETPOS picks from another BY part, and there is none");
        require(!parts.getOrDefault("BYDAY", "").matches("(.*,)?[+-]?0+[A-Z].*"), "there is no weekday number 0");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new RuleException(text, otherwise);
        }
    }
}
