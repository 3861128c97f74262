package dev.heph.model.recur;

/** The periods of a rule, numbered from the one in which it starts, INTERVAL units apart. */
sealed interface Periods permits CalendarPeriods, ClockPeriods {
    /** The last period that begins at or before {@code second}; below 0 if none does. */
    long numberAt(long second);

    Period at(long number);

    /** The next period to look at after one without a date; those between have none either. */
    long next(long number);

    /** The same, going back. */
    long previous(long number);

    /** After so many periods looked at without a date, there will be none. */
    int patience();
}
