package dev.heph.model.date;

import java.time.LocalDate;
import java.time.LocalDateTime;

/** What date words mean: a civil day or moment, floating (in no zone), or that there shall be none. */
public sealed interface When {
    /** A whole day. */
    record Day(LocalDate date) implements When {}

    /** A minute of a day. */
    record Moment(LocalDateTime at) implements When {}

    /** The word {@code none}: whatever date there was is cleared. */
    record None() implements When {}
}
