package dev.heph.model.date;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * The time at which a person speaks.
 *
 * @param clock     what the clock on their wall says
 * @param dayStarts when their day begins; until then it is still the day before
 */
public record Now(LocalDateTime clock, LocalTime dayStarts) {
    /** The day that this person calls today. */
    public LocalDate today() {
        return clock.toLocalTime().isBefore(dayStarts) ? clock.toLocalDate().minusDays(1) : clock.toLocalDate();
    }
}
