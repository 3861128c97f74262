package dev.heph.model.recur;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A recurrence as the register of a task holds it: content lines of RFC 5545 (3.1), those that say something, in this order. What to do
 * about missed dates is a register of its own.
 * <pre>
 * DTSTART;TZID=Europe/Berlin:20261201T090000
 * RRULE:FREQ=MONTHLY
 * X-HEPH-FROM:20270301T000000
 * X-HEPH-AFTER-DONE:TRUE
 * </pre>
 */
public final class RecurrenceText {
    private static final String START = "DTSTART";
    private static final String START_IN = "DTSTART;TZID=";
    private static final String RULE = "RRULE";
    private static final String FROM = "X-HEPH-FROM";
    private static final String AFTER_DONE = "X-HEPH-AFTER-DONE";
    private static final String TRUE = "TRUE";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    private RecurrenceText() {}

    public static String of(Recurrence recurrence) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(recurrence.zone().map(zone -> START_IN + zone).orElse(START) + ":" + written(recurrence.start()));
        lines.add(RULE + ":" + recurrence.rule());
        if (!recurrence.effectiveFrom().equals(recurrence.start())) {
            lines.add(FROM + ":" + written(recurrence.effectiveFrom()));
        }
        if (recurrence.afterDone()) {
            lines.add(AFTER_DONE + ":" + TRUE);
        }
        return lines.toString();
    }

    /** Empty for what is none, or of a version that knows more: then the task is one that does not repeat here. */
    public static Optional<Recurrence> read(String text, Missed missed) {
        Map<String, String> values = new HashMap<>();
        Optional<ZoneId> zone = Optional.empty();
        try {
            for (String line : text.split("\n")) {
                int colon = line.indexOf(':');
                String name = line.substring(0, Math.max(0, colon));
                if (name.startsWith(START_IN)) {
                    zone = Optional.of(ZoneId.of(name.substring(START_IN.length())));
                    name = START;
                }
                values.put(name, line.substring(colon + 1));
            }
            if (!values.containsKey(START) || !values.containsKey(RULE)) {
                return Optional.empty();
            }
            LocalDateTime start = moment(values.get(START));
            LocalDateTime from = values.containsKey(FROM) ? moment(values.get(FROM)) : start;
            boolean afterDone = TRUE.equals(values.get(AFTER_DONE));
            return Optional.of(new Recurrence(Rule.parse(values.get(RULE)), zone, start, from, afterDone, missed));
        } catch (DateTimeException | RuleException unreadable) {
            return Optional.empty();
        }
    }

    private static String written(LocalDateTime moment) {
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT) ? DAY.format(moment.toLocalDate()) : MOMENT.format(moment);
    }

    private static LocalDateTime moment(String text) {
        return text.indexOf('T') < 0 ? LocalDate.parse(text, DAY).atStartOfDay() : LocalDateTime.parse(text, MOMENT);
    }
}
