package dev.heph.model.recur;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** The second implementation: org.dmfs lib-recur. */
final class LibRecur {
    private LibRecur() {}

    /** Up to {@code most} dates before {@code end}; empty when it gives up on a rule that seldom has a date. */
    static Optional<List<LocalDateTime>> dates(String rule, LocalDateTime start, int most, LocalDateTime end) {
        try {
            RecurrenceRuleIterator dates = new RecurrenceRule(rule, RfcMode.RFC5545_STRICT).iterator(new DateTime(start.getYear(),
                    start.getMonthValue() - 1, start.getDayOfMonth(), start.getHour(), start.getMinute(), start.getSecond()));
            List<LocalDateTime> all = new ArrayList<>();
            while (all.size() < most && dates.hasNext()) {
                LocalDateTime date = dateTime(dates.nextDateTime());
                if (!date.isBefore(end)) {
                    break;
                }
                all.add(date);
            }
            return Optional.of(all);
        } catch (IllegalArgumentException | IllegalStateException | ArrayIndexOutOfBoundsException givenUp) {
            return Optional.empty();
        } catch (InvalidRecurrenceRuleException invalid) {
            throw new AssertionError(rule, invalid);
        }
    }

    private static LocalDateTime dateTime(DateTime date) {
        return LocalDateTime.of(date.getYear(), date.getMonth() + 1, date.getDayOfMonth(), date.getHours(), date.getMinutes(),
                date.getSeconds());
    }
}
