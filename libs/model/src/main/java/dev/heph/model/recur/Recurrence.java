package dev.heph.model.recur;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a recurring task says of its dates.
 *
 * @param zone          empty: the dates float, and are those of whoever looks
 * @param start         the rule is counted from here
 * @param effectiveFrom the rule gives no dates before; what was closed then stays as it is. An edit sets it, and so keeps the past
 * @param afterDone     the next date is counted from the day on which the one before was closed
 */
public record Recurrence(Rule rule, Optional<ZoneId> zone, LocalDateTime start, LocalDateTime effectiveFrom, boolean afterDone,
        Missed missed) {
    public Recurrence {
        start = start.truncatedTo(ChronoUnit.SECONDS);
    }

    /** One that floats, from its start on, with the latest missed date alone. */
    public static Recurrence from(Rule rule, LocalDateTime start) {
        return new Recurrence(rule, Optional.empty(), start, start, false, Missed.LATEST);
    }

    /** The moment of a date. A time that the clock skips is as much later as it skips; the first of two counts (RFC 5545, 3.3.5). */
    public Instant moment(LocalDateTime date, ZoneId here) {
        return date.atZone(zone.orElse(here)).toInstant();
    }

    /** The furthest that the clock on the wall has come: when it was set back, further than it shows. */
    LocalDateTime wall(ZonedDateTime now) {
        ZonedDateTime there = now.withZoneSameInstant(zone.orElse(now.getZone()));
        ZoneOffsetTransition change = there.getZone().getRules().getTransition(there.toLocalDateTime());
        return change != null && change.isOverlap() && there.getOffset().equals(change.getOffsetAfter())
                ? change.getDateTimeBefore() : there.toLocalDateTime();
    }

    boolean isDue(LocalDateTime date, ZonedDateTime now) {
        return !moment(date, now.getZone()).isAfter(now.toInstant());
    }

    /** The dates on the rule. */
    Series dates() {
        return rule.from(start, zone);
    }

    /** Its dates; those counted from completion as they are if each is done on its day. */
    public Stream<LocalDateTime> inTime() {
        return afterDone ? AfterDonePlan.inTime(this) : dates().stream();
    }
}
