package dev.heph.model.recur;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recurrence as its register holds it. These texts are on devices and hubs: they never change. */
class RecurrenceTextTest {
    @Test
    void whatSaysNothingIsNotWritten() {
        Recurrence recurrence = Recurrence.from(Rule.parse("FREQ=MONTHLY"), LocalDateTime.parse("2026-12-01T00:00"));
        assertThat(RecurrenceText.of(recurrence)).isEqualTo("DTSTART:20261201\nRRULE:FREQ=MONTHLY");
        assertThat(RecurrenceText.read(RecurrenceText.of(recurrence), Missed.LATEST)).contains(recurrence);
    }

    @Test
    void everythingThatCanBeSaid() {
        Recurrence recurrence = new Recurrence(Rule.parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"), Optional.of(ZoneId.of("Europe/Berlin")),
                LocalDateTime.parse("2026-12-01T09:00"), LocalDateTime.parse("2027-03-01T00:00"), true, Missed.KEEP);
        assertThat(RecurrenceText.of(recurrence)).isEqualTo("""
                DTSTART;TZID=Europe/Berlin:20261201T090000
                RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH
                X-HEPH-FROM:20270301
                X-HEPH-AFTER-DONE:TRUE""");
        assertThat(RecurrenceText.read(RecurrenceText.of(recurrence), Missed.KEEP)).contains(recurrence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RRULE:FREQ=DAILY", "DTSTART:20261201", "DTSTART:2026\nRRULE:FREQ=DAILY", "DTSTART:20261201\nRRULE:FREQ=NEVER",
        "DTSTART;TZID=Nowhere/Here:20261201\nRRULE:FREQ=DAILY", "DTSTART"})
    void whatIsNoneIsNone(String text) {
        assertThat(RecurrenceText.read(text, Missed.LATEST)).isEmpty();
    }

    @Test
    void linesOfALaterVersionArePassedOver() {
        assertThat(RecurrenceText.read("DTSTART:20261201\nX-LATER:1\nRRULE:FREQ=DAILY", Missed.LATEST)).isPresent();
    }
}
