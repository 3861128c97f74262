package dev.heph.model.capture;

import dev.heph.model.date.CalendarNames;
import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.recur.Rule;
import dev.heph.model.recur.RuleException;
import java.time.DayOfWeek;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the words after {@code every}: a period, days, or both; then perhaps {@code after done} and {@code until}. */
final class RepeatReader {
    /** No rule takes more: a period, seven weekdays with "and" between them, both endings. */
    private static final int MOST_WORDS = 32;

    private static final int MOST_PERIODS = 999;
    private static final int WEEKS_IN_A_MONTH = 5;
    private static final int DAYS_IN_A_MONTH = 31;
    private static final Map<String, String> UNITS = Map.of("day", "DAILY", "week", "WEEKLY", "month", "MONTHLY", "year", "YEARLY");
    private static final Map<String, Integer> ORDINALS =
            Map.of("first", 1, "second", 2, "third", 3, "fourth", 4, "fifth", 5, "last", -1);

    private static final Pattern LIST_ENDS = Pattern.compile("at|from|starting|until|after|\\d{1,2}(:\\d\\d)?([ap]m)?|[#@!+].*|do:.*|late:.*");

    /** What was understood of the first {@code words} words. */
    record Run(Repeat repeat, int words) {}

    /** A piece of a rule, and the place after its last word. */
    private record Part(String frequency, String rest, int end) {
        Part with(String more, int newEnd) {
            return new Part(frequency, rest + more, newEnd);
        }
    }

    private final List<String> words;
    private final Now now;

    private RepeatReader(List<String> words, Now now) {
        this.words = words;
        this.now = now;
    }

    /** The longest run at the start of {@code words} that is a repetition. */
    static Optional<Run> longest(List<String> words, Now now) {
        return new RepeatReader(words.stream().limit(MOST_WORDS).map(word -> word.toLowerCase(Locale.ROOT)).toList(), now).read();
    }

    private Optional<Run> read() {
        return word(0).matches("(freq=|(rrule|rdate|exdate|exrule|dtstart)[:;]).*") ? Optional.of(rule()) : inWords();
    }

    /** {@code FREQ=DAILY;COUNT=3}: what starts like that can only be meant as a rule, so a wrong one is refused. */
    private Run rule() {
        try {
            boolean afterDone = isAfterDone(1);
            return new Run(new Repeat(Rule.parse(word(0).toUpperCase(Locale.ROOT)).toString(), afterDone), afterDone ? 3 : 1);
        } catch (RuleException wrong) {
            throw new CaptureException(wrong.getMessage(), wrong);
        }
    }

    private Optional<Run> inWords() {
        return period().map(this::onDays).or(this::otherWeekdays).or(() -> days(0)).map(this::ended);
    }

    /** {@code other tuesday}, {@code other weekend}. */
    private Optional<Part> otherWeekdays() {
        boolean isOfWeeks = word(0).equals("other") && !word(1).equals("weekday");
        return isOfWeeks ? days(1).filter(days -> days.frequency().equals("WEEKLY")).map(days -> new Part("WEEKLY", ";INTERVAL=2" + days.rest(), days.end())) : Optional.empty();
    }

    /** {@code week}, {@code other week}, {@code 2 weeks}, {@code 2nd week}. */
    private Optional<Part> period() {
        if (UNITS.containsKey(word(0))) {
            return Optional.of(new Part(UNITS.get(word(0)), "", 1));
        }
        int count = word(0).equals("other") ? 2 : word(0).matches("\\d{1,3}") ? Integer.parseInt(word(0)) : Math.max(0, ordinal(0));
        String unit = word(1).endsWith("s") ? word(1).substring(0, word(1).length() - 1) : word(1);
        boolean dayOfMonth = ordinal(0) != 0 && unit.equals("day") && (count == 1 || isOfTheMonth(2));
        return count < 1 || count > MOST_PERIODS || !UNITS.containsKey(unit) || dayOfMonth
                ? Optional.empty()
                : Optional.of(new Part(UNITS.get(unit), count == 1 ? "" : ";INTERVAL=" + count, 2));
    }

    /** {@code on mon,thu} after weeks, {@code on the 3rd} after months, {@code on 15 dec} after years. */
    private Part onDays(Part period) {
        if (!word(period.end()).equals("on")) {
            return period;
        }
        int from = period.end() + 1;
        return days(word(from).equals("the") ? from + 1 : from)
                .filter(days -> days.frequency().equals(period.frequency()))
                .map(days -> period.with(days.rest(), days.end()))
                .orElse(period);
    }

    private Optional<Part> days(int from) {
        return switch (word(from)) {
            case "weekday" -> Optional.of(onWeekdays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), from + 1));
            case "weekend" -> Optional.of(onWeekdays(EnumSet.range(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), from + 1));
            default -> weekdays(from).or(() -> dayOfYear(from)).or(() -> dayOfMonth(from));
        };
    }

    /** {@code mon}, {@code mon,thu}, {@code mon, thu}, {@code mon thu}, {@code mon and thu}. */
    private Optional<Part> weekdays(int from) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        int end = from;
        int next = from;
        while (addWeekdays(word(next), days)) {
            end = next + 1;
            next = Set.of("and", "&").contains(word(end)) ? end + 1 : word(end - 1).endsWith(",") || isLastOfAList(end) ? end : words.size();
        }
        return days.isEmpty() ? Optional.empty() : Optional.of(onWeekdays(days, end));
    }

    /** Whether nothing but weekdays stands from there to where a title cannot go on: {@code every friday sun cream} is about cream. */
    private boolean isLastOfAList(int at) {
        int end = at;
        while (addWeekdays(word(end), EnumSet.noneOf(DayOfWeek.class))) {
            end++;
        }
        return end > at && (word(end).isEmpty() || LIST_ENDS.matcher(word(end)).matches());
    }

    private static boolean addWeekdays(String list, Set<DayOfWeek> days) {
        String[] names = list.split(",");
        Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
        for (String name : names) {
            Optional<DayOfWeek> day = CalendarNames.weekday(name);
            if (day.isEmpty()) {
                return false;
            }
            named.add(day.get());
        }
        days.addAll(named);
        return !named.isEmpty();
    }

    private static Part onWeekdays(Set<DayOfWeek> days, int end) {
        return new Part("WEEKLY", ";BYDAY=" + days.stream().map(RepeatReader::code).collect(Collectors.joining(",")), end);
    }

    /** {@code 15 dec}, {@code dec 15}, {@code 15dec}. */
    private Optional<Part> dayOfYear(int from) {
        Optional<MonthDay> ofTwo = CalendarNames.monthDay(word(from) + " " + word(from + 1));
        return ofTwo.or(() -> CalendarNames.monthDay(word(from))).map(day -> new Part("YEARLY",
                ";BYMONTH=%d;BYMONTHDAY=%d".formatted(day.getMonthValue(), day.getDayOfMonth()), from + (ofTwo.isPresent() ? 2 : 1)));
    }

    /** {@code 3rd}, {@code last day}, {@code 1st monday}, all perhaps {@code of the month}. */
    private Optional<Part> dayOfMonth(int from) {
        int ordinal = ordinal(from);
        if (ordinal == 0) {
            return Optional.empty();
        }
        Optional<DayOfWeek> weekday = CalendarNames.weekday(word(from + 1));
        if (weekday.isPresent() && ordinal <= WEEKS_IN_A_MONTH) {
            return Optional.of(inMonth(";BYDAY=" + ordinal + code(weekday.get()), from + 2));
        }
        boolean ofDays = word(from + 1).equals("day");
        boolean alone = word(from).matches("\\d.*") && !UNITS.containsKey(word(from + 1));
        return ofDays || alone ? Optional.of(inMonth(";BYMONTHDAY=" + ordinal, from + (ofDays ? 2 : 1))) : Optional.empty();
    }

    private Part inMonth(String days, int end) {
        return new Part("MONTHLY", days, isOfTheMonth(end) ? end + 3 : end);
    }

    private boolean isOfTheMonth(int from) {
        return word(from).equals("of") && word(from + 1).equals("the") && word(from + 2).equals("month");
    }

    /** What is left over after a repetition and would belong to one: it is not understood, and not meant as text. */
    static boolean isLeftOver(List<String> words, Now now) {
        RepeatReader rest = new RepeatReader(words.stream().limit(MOST_WORDS).map(word -> word.toLowerCase(Locale.ROOT)).toList(), now);
        boolean isCounted = rest.word(1).matches("\\d{1,2}(st|nd|rd|th)") || rest.ordinal(1) != 0 && CalendarNames.weekday(rest.word(2)).isPresent();
        return Set.of("and", "&", "or", "except", "but").contains(rest.word(0)) && (isCounted || rest.weekdays(1).isPresent() || rest.dayOfYear(1).isPresent())
                || rest.word(0).equals("until") && CalendarNames.month(rest.word(1)).isPresent() && rest.word(2).isEmpty()
                || Set.of("weekday", "weekdays").contains(rest.word(0)) && rest.word(1).isEmpty();
    }

    /** An ending that stands apart from its rule, such as behind an hour. */
    static Optional<Run> ending(Repeat repeat, List<String> words, Now now) {
        RepeatReader rest = new RepeatReader(words.stream().limit(MOST_WORDS).map(word -> word.toLowerCase(Locale.ROOT)).toList(), now);
        if (!repeat.afterDone() && rest.isAfterDone(0)) {
            return Optional.of(new Run(new Repeat(repeat.rule(), true), 2));
        }
        return repeat.rule().matches(".*;(UNTIL|COUNT)=.*") ? Optional.empty()
                : rest.until(new Part("", "", 0), 0).map(until -> new Run(new Repeat(repeat.rule() + until.rest(), repeat.afterDone()), until.end()));
    }

    private Run ended(Part part) {
        boolean afterDone = false;
        Optional<Part> until = Optional.empty();
        int end = part.end();
        while (true) {
            Optional<Part> ending = until.isPresent() ? Optional.empty() : until(part, end);
            if (ending.isPresent()) {
                until = ending;
                end = ending.get().end();
            } else if (!afterDone && isAfterDone(end)) {
                afterDone = true;
                end += 2;
            } else {
                Part whole = until.orElse(part);
                return new Run(new Repeat("FREQ=" + whole.frequency() + whole.rest(), afterDone), end);
            }
        }
    }

    private boolean isAfterDone(int at) {
        return word(at).equals("after") && word(at + 1).equals("done");
    }

    /** {@code until 1 dec}: that day is the last one that counts. */
    private Optional<Part> until(Part part, int from) {
        return !word(from).equals("until") ? Optional.empty()
                : DateWords.longest(words.subList(from + 1, words.size()), now, When.Day.class::isInstance)
                        .map(run -> part.with(";UNTIL=" + DateTimeFormatter.BASIC_ISO_DATE.format(((When.Day) run.when()).date()),
                                from + 1 + run.words()));
    }

    /** 1 to 31, -1 for the last, 0 when the word is no ordinal. */
    private int ordinal(int at) {
        String word = word(at);
        if (!word.matches("\\d{1,2}(st|nd|rd|th)")) {
            return ORDINALS.getOrDefault(word, 0);
        }
        int number = Integer.parseInt(word.substring(0, word.length() - 2));
        return number <= DAYS_IN_A_MONTH ? number : 0;
    }

    private static String code(DayOfWeek day) {
        return day.name().substring(0, 2);
    }

    private String word(int at) {
        return at < words.size() ? words.get(at) : "";
    }
}
