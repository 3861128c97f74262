package dev.heph.model.recur;

import static dev.heph.model.recur.Frequency.DAILY;
import static dev.heph.model.recur.Frequency.MONTHLY;
import static dev.heph.model.recur.Frequency.WEEKLY;

import java.util.EnumSet;
import java.util.Set;

/** The parts of a rule that are lists of numbers, in the order in which RFC 5545 applies them. BYDAY is none: see {@link Weekday}. */
public enum Part {
    BYMONTH(1, 12, false, Set.of()),
    BYWEEKNO(1, 53, true, EnumSet.complementOf(EnumSet.of(Frequency.YEARLY))),
    BYYEARDAY(1, 366, true, Set.of(DAILY, WEEKLY, MONTHLY)),
    BYMONTHDAY(1, 31, true, Set.of(WEEKLY)),
    BYHOUR(0, 23, false, Set.of()),
    BYMINUTE(0, 59, false, Set.of()),
    BYSECOND(0, 59, false, Set.of()),
    BYSETPOS(1, 366, true, Set.of());

    final int least;
    final int most;
    /** Whether -1 is the last one. */
    final boolean fromTheEnd;
    /** The frequencies that RFC 5545 (3.3.10) forbids it with. */
    final Set<Frequency> forbidden;

    Part(int least, int most, boolean fromTheEnd, Set<Frequency> forbidden) {
        this.least = least;
        this.most = most;
        this.fromTheEnd = fromTheEnd;
        this.forbidden = forbidden;
    }

    boolean takes(int number) {
        int size = fromTheEnd ? Math.abs(number) : number;
        return least <= size && size <= most;
    }
}
