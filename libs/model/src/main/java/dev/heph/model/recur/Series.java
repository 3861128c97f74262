package dev.heph.model.recur;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The dates of a rule from a start on, as the clock on the wall shows them: a daily 09:00 stays 09:00. They are computed as they are asked
 * for, up to the year 9999, and asking never hangs, also when there are none. Where to look for a date is computed, not walked to; only
 * a COUNT has to be counted.
 */
public final class Series implements Iterable<LocalDateTime> {
    /** No date is later. */
    static final LocalDateTime NEVER = LocalDateTime.of(9999, 12, 31, 23, 59, 59);
    private static final long NONE = Long.MIN_VALUE;

    private final Rule rule;
    private final Periods periods;
    private final long start;
    private final long last;
    /** Whether every period has one date, so that dates are counted by a division. */
    private final boolean isRegular;

    Series(Rule rule, LocalDateTime start, Optional<ZoneId> zone) {
        this.rule = rule;
        this.start = second(start);
        last = Math.min(second(NEVER), rule.end().map(end -> second(end.last(zone))).orElse(second(NEVER)));
        isRegular = rule.isPlain() && rule.frequency().compareTo(Frequency.WEEKLY) >= 0
                && (zone.isEmpty() || !rule.frequency().isSubDaily());
        periods = rule.frequency().isSubDaily() ? new ClockPeriods(rule, start, zone) : new CalendarPeriods(rule, start);
    }

    @Override
    public Iterator<LocalDateTime> iterator() {
        return new Walk(start, rule.count().orElse(Integer.MAX_VALUE));
    }

    /** Mostly endless: limit it. */
    public Stream<LocalDateTime> stream() {
        return stream(iterator());
    }

    /** The dates at or after {@code from}. */
    public Stream<LocalDateTime> from(LocalDateTime from) {
        long first = Math.max(start, ceiling(from));
        return stream(new Walk(first, rule.count().map(count -> count - before(first, count)).orElse(Integer.MAX_VALUE)));
    }

    /** The first date after {@code moment}. */
    public Optional<LocalDateTime> after(LocalDateTime moment) {
        return from(moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)).findFirst();
    }

    /** The last date at or before {@code moment}. */
    public Optional<LocalDateTime> lastAtOrBefore(LocalDateTime moment) {
        long limit = Math.min(last, second(moment));
        return rule.count().map(count -> lastCounted(limit, count)).orElseGet(() -> lastUncounted(limit));
    }

    private Optional<LocalDateTime> lastUncounted(long limit) {
        int looks = 0;
        long number = limit < start ? -1 : periods.numberAt(limit);
        while (number >= 0 && looks++ < periods.patience()) {
            Period period = periods.at(number);
            int size = period.before(limit + 1);
            if (size > 0) {
                return Optional.of(period.get(size - 1)).filter(date -> date >= start).map(Series::dateTime);
            }
            number = periods.previous(number);
        }
        return Optional.empty();
    }

    private Optional<LocalDateTime> lastCounted(long limit, int count) {
        if (isRegular) {
            int dates = before(limit + 1, count);
            return dates == 0 ? Optional.empty() : Optional.of(dateTime(periods.at(dates - 1L).get(0)));
        }
        long found = NONE;
        int left = count;
        Look look = new Look(start, limit);
        while (left > 0 && look.find()) {
            int here = Math.min(left, look.size());
            found = look.period.get(look.index + here - 1);
            left -= here;
            look.skip();
        }
        return found == NONE ? Optional.empty() : Optional.of(dateTime(found));
    }

    /** How many dates there are before {@code second}, up to {@code most}. */
    private int before(long second, int most) {
        if (isRegular) {
            long number = periods.numberAt(second - 1);
            return number < 0 ? 0 : (int) Math.min(most, number + periods.at(number).before(second));
        }
        int found = 0;
        Look look = new Look(start, second - 1);
        while (found < most && look.find()) {
            found = (int) Math.min(most, (long) found + look.size());
            look.skip();
        }
        return found;
    }

    /** How many dates there are from {@code from} to {@code to}, both included; stops counting at {@code most}. */
    public int count(LocalDateTime from, LocalDateTime to, int most) {
        return (int) from(from).limit(most).takeWhile(date -> !date.isAfter(to)).count();
    }

    private static Stream<LocalDateTime> stream(Iterator<LocalDateTime> dates) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(dates, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private static long second(LocalDateTime moment) {
        return moment.toEpochSecond(ZoneOffset.UTC);
    }

    private static long ceiling(LocalDateTime moment) {
        return second(moment) + (moment.getNano() > 0 ? 1 : 0);
    }

    private static LocalDateTime dateTime(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    }

    /** A look at one period after the other, from {@code first} to {@code limit}. */
    private final class Look {
        private final long first;
        private final long limit;
        private final long lastNumber;
        private long number;
        private int looks;
        private Period period = Period.EMPTY;
        private int index;
        private int end;

        Look(long first, long limit) {
            this.first = first;
            this.limit = Math.min(limit, last);
            lastNumber = this.limit < first ? -1 : periods.numberAt(this.limit);
            number = Math.max(0, periods.numberAt(first));
        }

        /** Goes on to the next date, if the one before was taken; false when there is none. */
        boolean find() {
            while (index >= end) {
                if (looks++ >= periods.patience() || number > lastNumber) {
                    return false;
                }
                period = periods.at(number);
                number = period.size() > 0 ? number + 1 : periods.next(number);
                index = period.before(first);
                end = period.before(limit + 1);
            }
            looks = 0;
            return true;
        }

        int size() {
            return end - index;
        }

        void skip() {
            index = end;
        }
    }

    private final class Walk implements Iterator<LocalDateTime> {
        private final Look look;
        private int left;

        Walk(long first, int left) {
            look = new Look(first, last);
            this.left = left;
        }

        @Override
        public boolean hasNext() {
            return left > 0 && look.find();
        }

        @Override
        public LocalDateTime next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the rule has no more dates");
            }
            left = left == Integer.MAX_VALUE ? left : left - 1;
            return dateTime(look.period.get(look.index++));
        }
    }
}
