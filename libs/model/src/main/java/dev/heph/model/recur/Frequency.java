package dev.heph.model.recur;

/** The unit that a rule counts in, from the longest to the shortest. */
public enum Frequency {
    YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY;

    /** Whether a rule may have several dates in one day by its frequency alone. */
    public boolean isSubDaily() {
        return compareTo(DAILY) > 0;
    }
}
